"""P8: one sweep of a million dates, in turn with one INSERT from a SELECT of the rows it writes."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from bench.claims import Found
from bench.people import as_portal

TURNS = 5
# To the business unit and the lead reviewers. A few dates are the chair's own, who is told besides.
BY_HAND = """
INSERT INTO notifications_notification (user_id, kind, key, board_id, review_id, reference, link,
    created_at, not_before, attempts, last_error)
SELECT person.id, 'deadline_today', concat_ws(':', 'by-hand', date.id), date.board_id,
       date.review_id, review.reference, '/reviews/' || date.review_id || '/dates',
       now(), now(), 0, ''
  FROM reviews_deadline date
  JOIN reviews_review review ON review.id = date.review_id
  JOIN LATERAL (
       SELECT role.user_id AS id FROM accounts_boardrole role
        WHERE role.board_id = date.board_id AND role.role = 'unit'
          AND role.starts <= %s AND (role.ends IS NULL OR role.ends >= %s)
       UNION ALL
       SELECT lead.user_id FROM reviews_appointment lead
        WHERE lead.review_id = date.review_id AND lead.role = 'lead'
       ) person ON true
 WHERE date.met_on IS NULL AND date.remind_on IS NOT NULL AND date.remind_on <= %s
ON CONFLICT (user_id, key) DO NOTHING
"""


def measure(bench: Any, found: Found) -> None:
    command = [sys.executable, "-m", "bench.sweeping"]
    done = subprocess.run(command, env=bench.env(), text=True, stdout=subprocess.PIPE, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    ratio = said["ours"] / said["by_hand"]
    words = f"{bench.dates:,} dates, {said['due']:,} due: {ratio:.2f} times"
    words += f" ({said['ours']:.1f} to {said['by_hand']:.1f} s), {said['told']:,} told to"
    words += f" {said['rows']:,} by hand; a second run {said['again']}"
    found.say("P8", words, ratio <= 3 and said["told"] > 0 and said["again"] == 0)


def swept() -> dict[str, Any]:
    from reviews.case import timetable
    from reviews.case.models import Deadline
    from reviews.case.reminders import remind
    from scr_portal.core import clock

    timetable.profiles()  # a worker has read them long ago
    today = clock.today()
    due = Deadline.objects.filter(met_on=None, remind_on__lte=today).count()
    turns = [(_taken_back(lambda: _by_hand(today)), _taken_back(remind)) for _turn in range(TURNS)]
    [rows] = {rows for (_took, rows), _told in turns}
    by_hand, ours = (statistics.median(turn[which][0] for turn in turns) for which in (0, 1))
    told, again = remind(), remind()
    return {
        "due": due,
        "by_hand": by_hand,
        "rows": rows,
        "ours": ours,
        "told": told,
        "again": again,
    }


def _by_hand(today: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [today] * 3)
        return cursor.rowcount


def _taken_back(act: Callable[[], int]) -> tuple[float, int]:
    """Its seconds and how many it told; the next turn finds the same again."""
    with transaction.atomic():
        began = time.perf_counter()
        told = act()
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took, told


if __name__ == "__main__":
    with as_portal():
        print(json.dumps(swept()))
