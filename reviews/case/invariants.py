"""What holds between a review and everything that is written down of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from reviews.case import ladder
from reviews.case.lifecycle import Stage
from reviews.case.models import (
    Appointment,
    Deadline,
    Extension,
    Pause,
    Review,
    ReviewUserObjectPermission,
)
from reviews.case.models.review import CaseModel
from reviews.case.operations.deadlines import follows_from
from reviews.case.queries import closures_of
from reviews.case.timetable import DueDate
from reviews.permissions import MATRIX, ON_BOARDS, Role
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.invariants import Invariant, found, named, tables, union

A_BATCH = 500
LOOSE = ["notifications_notification", "documents_storedfile", "guests_guestlink"]
"""Tables that name a review by its number alone, and its board beside it."""


def invariants() -> list[Invariant]:
    return [
        Invariant("boards", "What is written of a review is its board's", _boards),
        Invariant("reviews", "Rows that belong together are of one review", _apart),
        Invariant("loose ends", "What names a review names one that is there", _loose),
        Invariant("stages", "A review stands where its last move has brought it", _stages),
        Invariant("deadlines", "Every date is as the timetable works it out today", _dates),
        Invariant("reminders", "Every date that runs waits for its next reminder", _reminders),
        Invariant("chasing", "Whoever has not answered will be asked again", _chasing),
        Invariant("wall", "Row-level security stands before every table of a case", _open),
        Invariant("rights", "An appointment has the rights of its role, and no others", _rights),
    ]


def _boards() -> list[str]:
    return union(
        [
            f"SELECT '{table} ' || own.{key} || ' is not under the board of its review'"  # noqa: S608
            f" FROM {table} own JOIN reviews_review review ON review.id = own.review_id"
            " WHERE own.board_id <> review.board_id"
            for table, key in map(named, tables(CaseModel))
        ]
    )


def _apart() -> list[str]:
    return union(
        [
            f"SELECT '{table} ' || own.{key} || ' and its {field.name} are of two reviews'"  # noqa: S608
            f" FROM {table} own JOIN {field.related_model._meta.db_table} other"
            f" ON other.{field.target_field.column} = own.{field.column}"
            " WHERE other.review_id <> own.review_id"
            for model in tables(CaseModel)
            for table, key in [named(model)]
            for field in _to_the_case(model)
        ]
    )


def _to_the_case(model: Any) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, CaseModel):
            yield field


def _loose() -> list[str]:
    return union(
        [
            f"SELECT '{table} ' || own.id || CASE WHEN review.id IS NULL"  # noqa: S608
            " THEN ' names a review that is not there' ELSE ' names another board' END"
            f" FROM {table} own LEFT JOIN reviews_review review ON review.id = own.review_id"
            " WHERE own.review_id IS NOT NULL"
            " AND (review.id IS NULL OR own.board_id <> review.board_id)"
            for table in LOOSE
        ]
    )


def _stages() -> list[str]:
    return found(
        "SELECT 'review ' || review.id || ' is at ' || review.stage || ' and was moved to '"
        " || coalesce(last.target, 'nothing')"
        " FROM reviews_review review LEFT JOIN ("
        "   SELECT DISTINCT ON (review_id) review_id, target FROM reviews_stagechange"
        "   ORDER BY review_id, at DESC, id DESC"
        " ) last ON last.review_id = review.id"
        " WHERE review.stage IS DISTINCT FROM coalesce(last.target, %s)",
        Stage.REFERRED,
    )


def _open() -> list[str]:
    return found(
        "SELECT 'table ' || relname || ' is open' FROM pg_class"
        " WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace AND NOT ("
        "   relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))",
        [Review._meta.db_table, *(table for table, _key in map(named, tables(CaseModel)))],
    )


# --- dates ---------------------------------------------------------------------------------------

Pair = tuple[Review, str, Deadline | None, DueDate | None]


def _dates() -> list[str]:
    return [
        f"review {review.pk}, {key}: {why}"
        for review, key, row, due in _pairs()
        if (why := _misdated(row, due))
    ]


def _misdated(row: Deadline | None, due: DueDate | None) -> str:
    if due is None:
        return "" if row is None or row.met_by_id else "it applies no longer"
    if row is None:
        return f"there is no date, and it is due on {due.due_on}"
    if (row.limit_on, row.statutory) != (due.limit_on, due.clock.statutory):
        return f"its limit is {due.limit_on}, and {row.limit_on} is written down"
    # An open pause carries it along, a day later every day that somebody looks.
    if row.due_on > due.due_on if due.moving else row.due_on != due.due_on:
        return f"it is due on {due.due_on}, and {row.due_on} is written down"
    if row.met_by_id is None and row.met_on != due.met_on:
        return f"it was met on {due.met_on}, and {row.met_on} is written down"
    return ""


def _reminders() -> list[str]:
    today = clock.today()
    return [
        f"review {review.pk}, {key}: {why}"
        for review, key, row, due in _pairs()
        if row and (why := _unreminded(row, due, today))
    ]


def _unreminded(row: Deadline, due: DueDate | None, today: date) -> str:
    runs = due and not row.met_on and due.next_reminder_on(today)
    if not runs:
        return f"nobody waits for it, and {row.remind_on} is its reminder" if row.remind_on else ""
    if row.remind_on is None:
        return "it has no reminder to come"
    return _skipped(row.remind_on, row.due_on, today)


def _skipped(on: date, due_on: date, today: date) -> str:
    step = ladder.next_step_on(due_on, today)
    return f"its next reminder would be on {step}, and waits until {on}" if on > step else ""


def _pairs() -> Iterator[Pair]:
    """Stored and worked out, of every review that is not closed: those stand as they were."""
    keys = list(
        Review.objects.exclude(stage=Stage.CLOSED).order_by("pk").values_list("pk", flat=True)
    )
    closures = closures_of(set(Review.objects.order_by().values_list("board", flat=True)))
    for start in range(0, len(keys), A_BATCH):
        yield from _some(keys[start : start + A_BATCH], closures, clock.today())


def _some(keys: list[Any], closures: dict[int, frozenset[date]], today: date) -> Iterator[Pair]:
    pauses: dict[Any, list[Any]] = defaultdict(list)
    agreed: dict[Any, dict[str, date]] = defaultdict(dict)
    stored: dict[Any, dict[str, Deadline]] = defaultdict(dict)
    for pause in Pause.objects.filter(review__in=keys).order_by("started_on", "pk"):
        pauses[pause.review_id].append((pause.started_on, pause.ended_on))
    extensions = Extension.objects.filter(review__in=keys, state=Extension.State.AGREED)
    for extension in extensions.order_by("settled_at", "pk"):
        agreed[extension.review_id][extension.key] = extension.due_on
    for row in Deadline.objects.filter(review__in=keys).order_by("pk"):
        stored[row.review_id][row.key] = row
    for review in Review.objects.filter(pk__in=keys).order_by("pk"):
        due = follows_from(
            review,
            today,
            pauses=pauses[review.pk],
            agreed=agreed[review.pk],
            closures=closures.get(review.board_id, frozenset()),
        )
        found, there = {each.key: each for each in due}, stored[review.pk]
        for key in sorted(found.keys() | there.keys()):
            yield review, key, there.get(key), found.get(key)


def _chasing() -> list[str]:
    today = clock.today()
    waiting = (
        asked
        for rows in collect("chased")
        for asked in rows.select_related(None).waiting().order_by("pk")
    )
    return [
        f"{row._meta.label} {row.pk}: {why}" for row in waiting if (why := _unasked(row, today))
    ]


def _unasked(row: Any, today: date) -> str:
    if row.chase_on is None:
        return "it has no reminder to come"
    return _skipped(row.chase_on, row.due_on, today)


# --- rights --------------------------------------------------------------------------------------


def _rights() -> list[str]:
    wanted = {role: sorted(p.codename for p in MATRIX[role] - ON_BOARDS) for role in Role}
    rows = Appointment.objects.order_by("pk").annotate(
        held=ArrayAgg(
            "grants__permission__codename",
            filter=Q(grants__isnull=False),
            default=[],
        ),
    )
    against = [
        f"appointment {row.pk}: {why}"
        for row in rows.only("role", "starts", "ends")
        if (why := _amiss(row, sorted(row.held), wanted[Role(row.role)]))
    ]
    return against + _of_others() + _by_name()


def _amiss(row: Any, held: list[str], wanted: list[str]) -> str:
    """One that was ended has lost its rows; a day that has not come yet ends none."""
    if not held and row.ends and row.ends <= max(clock.today(), row.starts):
        return ""
    if more := sorted(set(held) - set(wanted)):
        return f"a {row.role} may not {', '.join(more)}"
    if less := sorted(set(wanted) - set(held)):
        return f"it lacks {', '.join(less)}"
    return "" if held == wanted else "it has a right twice"


def _of_others() -> list[str]:
    """A right of an appointment is of its person, its review and its days."""
    return found(
        "SELECT 'right ' || leave.id || ' is not of its appointment ' || appointment.id"
        " FROM reviews_reviewuserobjectpermission leave"
        " JOIN reviews_appointment appointment ON appointment.id = leave.appointment_id"
        " WHERE (leave.user_id, leave.content_object_id, leave.starts, leave.ends)"
        " IS DISTINCT FROM (appointment.user_id, appointment.review_id,"
        " appointment.starts, appointment.ends)"
    )


def _by_name() -> list[str]:
    """Given by name: something that is given on a review, and for a reason."""
    given = ReviewUserObjectPermission.objects.by_name()
    possible = {p.codename for role in Role for p in MATRIX[role] - ON_BOARDS}
    odd = given.exclude(permission__codename__in=possible) | given.filter(reason="")
    return [f"right {pk} by name is none that is given" for pk in odd.values_list("pk", flat=True)]
