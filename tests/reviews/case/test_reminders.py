from datetime import datetime, time, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.urls import reverse

from reviews.case import ladder, reminders
from reviews.case.models import Deadline, Review
from reviews.case.operations.deadlines import meet, recalculate
from reviews.case.operations.lifecycle import pause, resume
from reviews.case.operations.people import end_appointment, recuse
from reviews.case.tasks import remind
from reviews.permissions import Role
from scr_portal.accounts.models import BoardRole
from scr_portal.core import clock
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Heartbeat, Notification
from tests.builders import a_review
from tests.owner import as_owner
from tests.processes import until

pytestmark = pytest.mark.django_db

NOON = time(12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def review(cast):
    """With a lead reviewer, and no reminder due."""
    review = a_review(cast)
    cast.on(review, Role.LEAD)
    review.deadlines.update(remind_on=None)
    Notification.objects.all().delete()
    return review


def due_in(review, days, *, key="complete", remind_on=None):
    """A date so many days from today whose reminder is due (as if the sweep had stood still)."""
    today = clock.today()
    row, _ = Deadline.objects.update_or_create(
        review=review,
        key=key,
        defaults={
            "label": "Complete the review",
            "limit_on": today,
            "due_on": today + timedelta(days=days),
            "remind_on": remind_on or today,
        },
    )
    return row


def told() -> dict[str, list[str]]:
    """Kinds that each person was told, by name."""
    found: dict[str, list[str]] = {}
    for row in Notification.objects.select_related("user").order_by("pk"):
        found.setdefault(row.user.name, []).append(row.kind)
    return found


UNIT, CHAIR, LEAD = "Business unit Invented", "Board chair Invented", "Lead reviewer Invented"


@pytest.mark.parametrize(
    ("days", "kind", "people"),
    [
        (14, Kind.DEADLINE_NEAR, {UNIT, LEAD}),
        (7, Kind.DEADLINE_NEAR, {UNIT, LEAD}),
        (1, Kind.DEADLINE_NEAR, {UNIT, LEAD}),
        (0, Kind.DEADLINE_TODAY, {UNIT, LEAD}),
        (-7, Kind.DEADLINE_OVER, {UNIT, LEAD}),
        (-14, Kind.DEADLINE_OVER, {UNIT, LEAD, CHAIR}),
        (-21, Kind.DEADLINE_OVER, {UNIT, LEAD, CHAIR}),
    ],
)
def test_who_is_told_of_what(review, days, kind, people):
    due_in(review, days)
    reminders.remind()
    assert told() == {person: [kind] for person in people}


def test_the_chair_is_told_from_the_first_of_what_is_the_chairs_to_meet(review):
    Review.objects.filter(pk=review.pk).update(profile="wt2015")
    due_in(review, 14, key="decide")
    reminders.remind()
    assert set(told()) == {UNIT, LEAD, CHAIR}


def test_the_sweep_climbs_the_ladder_as_the_ladder_says(review):
    for days in range(-40, 20):
        due_in(review, days, key=f"clock{days}")
    reminders.remind()
    today = clock.today()
    for row in review.deadlines.filter(key__startswith="clock"):
        step = ladder.latest_step(row.due_on, today)
        keys = Notification.objects.filter(key__startswith=f"reminder:{review.pk}:{row.key}:")
        expected = {f"reminder:{review.pk}:{row.key}:{row.due_on}:{step.key}"} if step else set()
        assert set(keys.values_list("key", flat=True)) == expected
        assert row.remind_on == ladder.next_step_on(row.due_on, today)


def test_each_step_goes_out_once_however_often_the_sweep_runs(review):
    row = due_in(review, 7)
    for _ in range(3):
        reminders.remind()
    assert told() == {UNIT: [Kind.DEADLINE_NEAR], LEAD: [Kind.DEADLINE_NEAR]}
    Deadline.objects.filter(pk=row.pk).update(remind_on=clock.today())
    reminders.remind()
    assert told() == {UNIT: [Kind.DEADLINE_NEAR], LEAD: [Kind.DEADLINE_NEAR]}


def test_what_was_missed_goes_out_late_and_once(review):
    due_in(review, -30, remind_on=clock.today() - timedelta(days=44))
    reminders.remind()
    assert told()[UNIT] == [Kind.DEADLINE_OVER]
    assert Notification.objects.filter(key__endswith=":over-4").count() == 3


def test_every_step_in_turn_over_ten_weeks(review):
    row = due_in(review, 20)
    begin = datetime.combine(clock.today(), NOON)
    Deadline.objects.filter(pk=row.pk).update(remind_on=row.due_on - timedelta(days=14))
    for days in range(70):
        with time_machine.travel(begin + timedelta(days=days), tick=False):
            reminders.remind()
    steps = [key.rpartition(":")[2] for key in keys_of(UNIT)]
    over = [f"over-{week}" for week in range(1, 8)]
    assert steps == ["before-14", "before-7", "before-1", "day", *over]
    assert [key.rpartition(":")[2] for key in keys_of(CHAIR)] == over[1:]


def keys_of(name):
    rows = Notification.objects.filter(user__name=name).order_by("created_at")
    return rows.values_list("key", flat=True)


def test_an_extension_starts_the_ladder_afresh(review):
    row = due_in(review, 7)
    reminders.remind()
    later = clock.today() + timedelta(days=14)
    Deadline.objects.filter(pk=row.pk).update(due_on=later, remind_on=clock.today())
    reminders.remind()
    assert told()[UNIT] == [Kind.DEADLINE_NEAR] * 2


def test_nobody_is_told_of_what_is_met_or_carried_by_a_pause(review, cast):
    meet(deadline=due_in(review, 0), on=clock.today(), by=cast.unit)
    Deadline.objects.filter(pk=due_in(review, 0, key="other").pk).update(remind_on=None)
    reminders.remind()
    assert told() == {}


def test_whose_role_has_ended_is_told_nothing(review, cast):
    BoardRole.objects.filter(user=cast.unit).update(ends=clock.today() - timedelta(days=1))
    cast.chair.is_active = False
    cast.chair.save()
    due_in(review, -21)
    reminders.remind()
    assert set(told()) == {LEAD}


def test_an_appointment_that_ended_today_is_over(review, cast):
    end_appointment(appointment=review.appointments.get(user=cast.lead), by=cast.unit)
    due_in(review, 1)
    reminders.remind()
    assert set(told()) == {UNIT}


def test_who_is_recused_is_told_nothing(review, cast):
    for person, by in [(cast.unit, cast.chair), (cast.lead, cast.chair)]:
        recuse(review=review, user=person, reason="A relative", by=by)
    Notification.objects.all().delete()
    due_in(review, -14)
    reminders.remind()
    assert set(told()) == {CHAIR}


def test_another_boards_people_are_told_nothing(review, cast):
    due_in(review, -21)
    reminders.remind()
    assert cast.outsider.name not in told()
    assert cast.other_chair.name not in told()


def test_the_mail_goes_at_once_or_waits_as_the_person_chose(review, cast):
    cast.unit.mail = "daily"
    cast.unit.save()
    due_in(review, 7)
    due_in(review, 0, key="other")
    reminders.remind()
    waits = Notification.objects.filter(done_at__isnull=True).values_list("user__name", "kind")
    assert set(waits) == {
        (LEAD, Kind.DEADLINE_NEAR),
        (LEAD, Kind.DEADLINE_TODAY),
        (UNIT, Kind.DEADLINE_TODAY),
    }


def test_the_link_is_the_dates_page(review):
    due_in(review, 0)
    reminders.remind()
    links = set(Notification.objects.values_list("link", flat=True))
    assert links == {reverse("reviews:dates", args=[review.pk])}


def test_a_batch_that_is_too_small_is_done_in_several(review, monkeypatch):
    monkeypatch.setattr(reminders, "A_BATCH", 2)
    for number in range(5):
        due_in(review, 0, key=f"clock{number}")
    assert reminders.remind() == 10
    assert reminders.remind() == 0


def test_a_date_that_goes_and_comes_back_tells_nobody_twice(review):
    due_in(review, 7).delete()
    due_in(review, 7)
    reminders.remind()
    review.deadlines.filter(key="complete").delete()
    due_in(review, 7)
    reminders.remind()
    assert told()[UNIT] == [Kind.DEADLINE_NEAR]


def test_the_sweep_reads_the_index_of_what_is_due(review):
    many(review, 5000, first=clock.today() + timedelta(days=1))
    due_in(review, 7)
    asked = reminders.SWEEP.format(insert=reminders.notifications.INSERT_TOLD)
    today = clock.today()
    values = {**reminders._rungs([today], today), **reminders._people(today), "batch": 10}
    # Whoever does not own a table is warned, and nothing is analysed.
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE reviews_deadline")
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked, values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "deadline_to_remind" in plan, plan


def test_only_what_is_paused_now_is_looked_at(review, cast):
    due_in(review, 7, key="of no timetable")
    pause(review=review, kind="criminal", reason="", by=cast.unit)
    resume(review=review, by=cast.unit)
    due_in(review, 7, key="of no timetable")
    assert reminders.carry() == 0


def test_a_pause_carries_its_dates_a_day_later_every_day(review, cast):
    today = clock.today()
    Review.objects.filter(pk=review.pk).update(profile="wt2015", outcome="review", decided_on=today)
    review = Review.objects.get(pk=review.pk)
    recalculate(review=review)
    before = review.deadlines.get(key="complete").due_on
    pause(review=review, kind="criminal", reason="", by=cast.unit)
    assert reminders.carry() == 0
    with time_machine.travel(datetime.combine(today, NOON) + timedelta(days=3), tick=False):
        assert reminders.carry() == 1
        assert reminders.carry() == 0
    assert review.deadlines.get(key="complete").due_on == before + timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_waits_for_the_next_sweep(review):
    due_in(review, 7)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM reviews_deadline FOR UPDATE")
            assert cursor.rowcount > 0
            assert reminders.remind() == 0
            cursor.execute("ROLLBACK")
        assert reminders.remind() == 2
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_moment_do_not_double(review):
    many(review, 400)
    made: list[int] = []

    def sweep():
        try:
            made.append(reminders.remind())
        finally:
            connection.close()

    threads = [Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reminders.remind()
    assert sum(made) == 800
    assert_once_each(800)


def many(review, number, first=None):
    today = clock.today()
    Deadline.objects.bulk_create(
        Deadline(
            review=review,
            board=review.board,
            key=f"clock{each}",
            label="A date",
            limit_on=today,
            due_on=today + timedelta(days=7),
            remind_on=first or today - timedelta(days=each % 9),
        )
        for each in range(number)
    )


def assert_once_each(number):
    rows = Notification.objects.values_list("user", "key")
    assert (len(rows), len(set(rows))) == (number, number)


def backends_in_a_lock() -> int:
    with connection.cursor() as cursor:
        # PostgreSQL shows one picture of its backends for a whole transaction, unless told.
        cursor.execute(
            "SELECT pg_stat_clear_snapshot();"
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def test_a_worker_killed_in_the_middle_of_a_sweep_leaves_nothing_out_and_nothing_twice(
    processes, cast
):
    review = a_review(cast)
    cast.on(review, Role.LEAD)
    review.deadlines.update(remind_on=None)
    Notification.objects.all().delete()
    many(review, 300)
    worker = processes.worker()
    with transaction.atomic():
        # The sweep must wait for this row, which holds the key of one of its own.
        day = clock.today() + timedelta(days=7)
        Notification.objects.create(
            user=cast.lead, kind="x", key=f"reminder:{review.pk}:clock299:{day}:before-7"
        )
        remind.delay()
        until(backends_in_a_lock, "the sweep to be in the middle")
        processes.kill(worker)
        transaction.set_rollback(True)
    until(lambda: not backends_in_a_lock(), "the dead worker's statement to end")
    processes.worker()
    remind.delay()
    remind.delay()
    until(lambda: Notification.objects.count() >= 600, "every reminder")
    until(lambda: not Deadline.objects.filter(remind_on__lte=clock.today()).exists())
    assert_once_each(600)


def test_two_beats_and_two_workers_tell_each_person_once_and_show_that_they_live(processes, cast):
    review = a_review(cast)
    review.deadlines.update(remind_on=None)
    Notification.objects.all().delete()
    many(review, 50)
    for _ in range(2):
        processes.beat()
    for _ in range(2):
        processes.worker()
    until(lambda: Notification.objects.count() >= 50, "the reminders")
    until(lambda: Heartbeat.objects.count() == 2, "both hearts")
    until(lambda: processes.log("worker").count("tasks.remind") >= 2, "the second beat's message")
    assert_once_each(50)
