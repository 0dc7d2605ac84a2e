"""P8: one sweep of a million dates, against one INSERT from a SELECT of the rows it writes."""

import json
import subprocess
import sys
import time
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from bench.claims import Found
from bench.people import as_portal

BY_HAND = """
INSERT INTO notifications_notification (user_id, kind, key, board_id, review_id, reference, link,
    created_at, not_before, attempts, last_error)
SELECT role.user_id, 'deadline_today', concat_ws(':', 'by-hand', date.id), date.board_id,
       date.review_id, review.reference, '/reviews/' || date.review_id || '/dates',
       now(), now(), 0, ''
  FROM reviews_deadline date
  JOIN reviews_review review ON review.id = date.review_id
  JOIN accounts_boardrole role ON role.board_id = date.board_id AND role.role IN ('unit', 'chair')
   AND role.starts <= %s AND (role.ends IS NULL OR role.ends >= %s)
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
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(BY_HAND, [today] * 3)
        by_hand, rows = time.perf_counter() - began, cursor.rowcount
        transaction.set_rollback(True)
    began = time.perf_counter()
    told = remind()
    ours = time.perf_counter() - began
    again = remind()
    return {
        "due": due,
        "by_hand": by_hand,
        "rows": rows,
        "ours": ours,
        "told": told,
        "again": again,
    }


if __name__ == "__main__":
    with as_portal():
        print(json.dumps(swept()))
