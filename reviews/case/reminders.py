"""The sweep that brings each step of the reminder ladder to each person once.

One statement locks what is due, tells the people, and moves each date on to its next step, so a
worker that is killed has done all of a batch or nothing of it. Rows that another sweep holds are
passed over; those that it has moved on are no longer due.
"""

from datetime import date
from typing import Any

from django.db import connection, transaction

from reviews.case import ladder, timetable
from reviews.case.ladder import Audience
from reviews.case.models import Deadline, Pause, Review
from reviews.case.operations.deadlines import recalculate, worked_out
from reviews.case.statutory import Meets
from reviews.permissions import Permission, Role, roles_with
from scr_portal.core import clock
from scr_portal.notifications import operations as notifications
from scr_portal.notifications.kinds import Kind

A_BATCH = 5000

# ``rung`` is the ladder, worked out in Python for each due date at hand. The key names the review
# and its clock, not the row: a date that goes and comes back tells nobody twice.
SWEEP = """
WITH rung AS (
    SELECT * FROM unnest(%(due_on)s::date[], %(step)s::text[], %(kind)s::text[],
                         %(to_chair)s::boolean[], %(next_on)s::date[])
        AS rung (due_on, step, kind, to_chair, next_on)
),
chairs_own AS (
    SELECT * FROM unnest(%(profiles)s::text[], %(clocks)s::text[]) AS own (profile, key)
),
ready AS (
    SELECT id, review_id, board_id, key, due_on
      FROM reviews_deadline
     WHERE met_on IS NULL AND remind_on IS NOT NULL AND remind_on <= %(today)s
     LIMIT %(batch)s
       FOR UPDATE SKIP LOCKED
),
due AS (
    SELECT ready.id, ready.review_id, ready.board_id, review.reference,
           rung.kind, rung.step, rung.next_on,
           concat_ws(':', 'reminder', ready.review_id, ready.key, ready.due_on, rung.step) AS key,
           rung.to_chair OR (review.profile, ready.key) IN (SELECT profile, key FROM chairs_own)
               AS to_chair
      FROM ready
      JOIN rung ON rung.due_on = ready.due_on
      JOIN reviews_review review ON review.id = ready.review_id
),
moved AS (
    UPDATE reviews_deadline deadline SET remind_on = due.next_on
      FROM due WHERE deadline.id = due.id RETURNING deadline.id
),
person AS (
    SELECT role.user_id, due.*
      FROM due JOIN accounts_boardrole role ON role.board_id = due.board_id
     WHERE role.starts <= %(today)s AND (role.ends IS NULL OR role.ends >= %(today)s)
       AND (role.role = ANY(%(owners)s) OR due.to_chair AND role.role = ANY(%(chairs)s))
    UNION
    SELECT leave.user_id, due.*
      FROM due
      JOIN reviews_reviewuserobjectpermission leave ON leave.content_object_id = due.review_id
      JOIN auth_permission permission ON permission.id = leave.permission_id
      LEFT JOIN reviews_appointment appointment ON appointment.id = leave.appointment_id
     WHERE leave.starts <= %(today)s AND (leave.ends IS NULL OR leave.ends >= %(today)s)
       AND (permission.codename = %(edit)s
            OR permission.codename = %(view)s AND appointment.role = %(lead)s)
),
told AS (
    SELECT person.user_id, person.kind, person.key, person.board_id, person.review_id,
           person.reference, '/reviews/' || person.review_id || '/dates' AS link
      FROM person
     WHERE person.step IS NOT NULL AND NOT EXISTS (
           SELECT FROM reviews_recusal recusal
            WHERE recusal.review_id = person.review_id AND recusal.user_id = person.user_id
              AND recusal.ended_at IS NULL)
),
written AS ({insert} RETURNING id)
SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM written)
"""


def remind() -> int:
    """Tell everybody what is due of the ladder today; returns how many notifications it made.

    What was missed while nothing ran goes out late and once, as the latest step alone.
    """
    made = 0
    while True:
        moved, written = _sweep(clock.today())
        made += written
        if moved < A_BATCH:
            break
    if made:
        notifications.nudge()
    return made


def _sweep(today: date) -> tuple[int, int]:
    days = Deadline.objects.filter(met_on__isnull=True, remind_on__lte=today)
    due_on = sorted(set(days.order_by().values_list("due_on", flat=True).distinct()))
    if not due_on:
        return 0, 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            SWEEP.format(insert=notifications.INSERT_TOLD),
            {**_rungs(due_on, today), **_people(today), "batch": A_BATCH},
        )
        return cursor.fetchone()


def _rungs(due_on: list[date], today: date) -> dict[str, Any]:
    steps = [ladder.latest_step(day, today) for day in due_on]
    return {
        "due_on": due_on,
        "step": [step and step.key for step in steps],
        "kind": [step and _kind(step) for step in steps],
        "to_chair": [bool(step and step.audience == Audience.OWNERS_AND_CHAIR) for step in steps],
        "next_on": [ladder.next_step_on(day, today) for day in due_on],
    }


def _kind(step: ladder.Step) -> str:
    if step.offset < 0:
        return str(Kind.DEADLINE_NEAR)
    return str(Kind.DEADLINE_OVER if step.offset else Kind.DEADLINE_TODAY)


def _people(today: date) -> dict[str, Any]:
    """Who keeps the dates, the lead reviewer, and where step or clock say so the chair."""
    own = [
        (profile.key, each.key)
        for profile in timetable.profiles()
        for each in profile.clocks
        if each.who_meets == Meets.CHAIR
    ]
    return {
        "today": today,
        "owners": sorted(map(str, roles_with(Permission.EDIT))),
        "chairs": sorted(map(str, roles_with(Permission.SIGN))),
        "profiles": [profile for profile, _ in own],
        "clocks": [key for _, key in own],
        "edit": Permission.EDIT.codename,
        "view": Permission.VIEW.codename,
        "lead": str(Role.LEAD),
        **notifications.told_parameters(),
    }


def carry() -> int:
    """Move the dates that an open pause carries along, a day later every day.

    Most runs find nothing to do and only read. Returns how many reviews had to be brought up.
    """
    paused = Pause.objects.filter(ended_on__isnull=True).values("review")
    reviews = Review.objects.filter(pk__in=paused).select_related("board")
    return sum(_carry(review) for review in reviews)


def _carry(review: Review) -> bool:
    stored = dict(review.deadlines.values_list("key", "due_on"))
    if stored == {due.key: due.due_on for due in worked_out(review, clock.today())}:
        return False
    with transaction.atomic():
        recalculate(review=Review.objects.locked(review.pk))
    return True
