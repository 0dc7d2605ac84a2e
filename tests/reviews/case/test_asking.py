"""What was asked of a person is chased by the ladder, whoever runs the sweep and however often."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection, transaction

from reviews.case.models import Appointment
from reviews.case.operations import asking
from reviews.case.operations.lifecycle import pause
from reviews.case.operations.people import end_appointment, recuse
from reviews.case.tasks import chase
from reviews.decisions.returns.models import AgencyReturn
from reviews.permissions import Role
from scr_portal.accounts.models import Agency
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests.models import GuestLetter, GuestLink, Letter
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Notification
from scr_portal.notifications.operations import notify
from tests import builders
from tests.cast import gather
from tests.processes import until
from tests.reviews.decisions.returns.asked import a_return, another, author
from tests.together import at_once

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


def told(user, kind=Kind.ASKED_AGAIN):
    return Notification.objects.filter(user=user, kind=kind).count()


def letters(row, letter=Letter.REMINDER):
    return GuestLetter.objects.filter(link=row.link, letter=letter).count()


def on_day(row, days):
    """A sweep at so many days from the day the answer is wanted."""
    with time_machine.travel(NOON + timedelta(days=14 + days), tick=False):
        number = asking.chase()
    row.refresh_from_db()
    return number


@pytest.fixture
def asked(cast, review):
    """Of an agency author, on 2 March 2026, for the 16th."""
    with time_machine.travel(NOON, tick=False):
        return a_return(cast, review, author(cast, review))


@pytest.fixture
def by_link(cast, review):
    with time_machine.travel(NOON, tick=False):
        return a_return(cast, review, agency=another(cast))


def test_whoever_is_asked_is_told_at_once_and_the_ladder_begins(asked, by_link):
    assert told(asked.user, Kind.ASKED) == 1
    assert letters(by_link, Letter.INVITE) == 1
    # The 14th day before is the day of asking itself.
    assert asked.chase_on == by_link.chase_on == asked.due_on - timedelta(days=7)


def test_each_step_reaches_them_once_however_often_the_sweep_runs(asked):
    for day, reminders in [(-14, 0), (-10, 0), (-7, 1), (-1, 2), (0, 3), (6, 3), (7, 4), (14, 5)]:
        for _again in range(3):
            on_day(asked, day)
        assert told(asked.user) == asked.chased == reminders, day


def test_a_guest_gets_the_steps_as_letters(by_link):
    for day, reminders in [(-7, 1), (-1, 2), (0, 3), (7, 4)]:
        on_day(by_link, day)
        assert letters(by_link) == by_link.chased == reminders
    assert Notification.objects.filter(kind=Kind.ASKED_AGAIN).count() == 0


def test_days_that_were_missed_give_one_reminder(asked):
    assert on_day(asked, 20) == 1
    assert told(asked.user) == asked.chased == 1
    assert asked.chase_on == asked.due_on + timedelta(days=21)


def test_it_goes_on_while_the_review_is_paused(cast, review, asked):
    pause(review=review, kind="inquest", reason="", by=cast.unit)
    on_day(asked, -7)
    on_day(asked, 7)
    assert told(asked.user) == 2


def test_the_unit_hears_of_lateness_once_a_day_for_a_review(cast, review, asked):
    with time_machine.travel(NOON, tick=False):
        for number in range(3):
            agency = Agency.objects.create(board=cast.board, name=f"Agency {number}")
            a_return(cast, review, agency=agency)
    on_day(asked, -1)
    assert told(cast.unit, Kind.NOT_ANSWERED) == 0
    assert on_day(asked, 0) == 4
    assert told(cast.unit, Kind.NOT_ANSWERED) == 1
    on_day(asked, 7)
    assert told(cast.unit, Kind.NOT_ANSWERED) == 2
    row = Notification.objects.filter(user=cast.unit, kind=Kind.NOT_ANSWERED).first()
    assert row.link == f"/reviews/{review.pk}/information"


def test_a_link_that_has_run_out_brings_no_letter_and_the_unit_is_told(cast, by_link):
    GuestLink.objects.update(expires_at=NOON + timedelta(days=1))
    assert on_day(by_link, -7) == 0
    assert letters(by_link) == by_link.chased == 0
    assert told(cast.unit, Kind.NOT_ANSWERED) == 1
    assert by_link.chase_on == by_link.due_on - timedelta(days=1)


def test_who_may_no_longer_answer_hears_nothing_and_the_unit_is_told(cast, review, asked):
    end_appointment(appointment=Appointment.objects.get(user=asked.user), by=cast.unit)
    assert on_day(asked, -7) == 0
    assert told(asked.user) == asked.chased == 0
    assert told(cast.unit, Kind.NOT_ANSWERED) == 1


def test_who_is_recused_hears_nothing(cast, review, asked):
    recuse(review=review, user=asked.user, reason="Is related", by=cast.unit)
    for day in (-7, 0, 7):
        on_day(asked, day)
    assert told(asked.user) == 0
    assert not AgencyReturn.objects.of(asked.user).exists()


def test_who_was_answered_for_or_given_up_is_chased_no_more(cast, by_link):
    asking.give_up(asked=by_link, by=cast.unit, reason="Not needed", state="withdrawn")
    assert on_day(by_link, 0) == 0
    assert letters(by_link) == 0
    assert letters(by_link, Letter.WITHDRAWN) == 1
    with pytest.raises(Refused, match="Nobody waits"):
        asking.give_up(asked=by_link, by=cast.unit, reason="Again", state="withdrawn")


def test_another_day_begins_the_ladder_afresh_and_lengthens_the_link(cast, by_link):
    on_day(by_link, 0)
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        later = clock.today() + timedelta(days=60)
        asking.move_due(asked=by_link, by=cast.unit, due_on=later)
        with pytest.raises(Refused, match="lie in the past"):
            asking.move_due(asked=by_link, by=cast.unit, due_on=clock.today() - timedelta(days=1))
    by_link.refresh_from_db()
    assert by_link.chase_on == later - timedelta(days=14)
    assert by_link.link.expires_at.date() == later + asking.LINK_OUTLASTS
    on_day(by_link, 7)
    assert letters(by_link) == 1
    on_day(by_link, 54)
    assert letters(by_link) == 2


def test_the_link_goes_again_once_for_two_clicks_and_opens_again(cast, by_link):
    GuestLink.objects.update(expires_at=NOON)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        for _click in range(2):
            asking.send_again(asked=by_link, by=cast.unit, after=1)
        assert GuestLink.objects.get().is_open
    assert letters(by_link, Letter.INVITE) == 2


def test_what_was_asked_of_an_account_has_no_link_to_send(cast, asked):
    with pytest.raises(Refused, match="with an account"):
        asking.send_again(asked=asked, by=cast.unit, after=1)


# --- several at once ------------------------------------------------------------------------------


def many(number):
    """So many returns on one review, all of them a week over."""
    cast = gather()
    review = builders.a_review(cast)
    with time_machine.travel(clock.now() - timedelta(days=8), tick=False):
        user = author(cast, review)
        Appointment.objects.filter(user=user).update(starts=clock.today())
        for one in range(number):
            agency = Agency.objects.create(board=cast.board, name=f"Agency {one}")
            a_return(cast, review, agency=agency, days=1)
        a_return(cast, review, user, days=1)
    Notification.objects.all().delete()
    GuestLetter.objects.all().delete()
    return cast, user


def assert_once_each(cast, user, number):
    assert GuestLetter.objects.filter(letter=Letter.REMINDER).count() == number
    assert GuestLetter.objects.values("link").distinct().count() == number
    assert (told(user), told(cast.unit, Kind.NOT_ANSWERED)) == (1, 1)
    assert set(AgencyReturn.objects.values_list("chased", flat=True)) == {1}


def test_two_sweeps_at_once_remind_each_once(transactional_db):
    cast, user = many(30)
    numbers = at_once(asking.chase, asking.chase, asking.chase)
    assert sum(numbers) == 31
    assert_once_each(cast, user, 30)


def test_a_sweep_and_a_withdrawal_wait_for_each_other(transactional_db):
    cast, _user = many(3)
    rows = list(AgencyReturn.objects.exclude(link=None))

    def withdraw():
        for row in rows:
            asking.give_up(asked=row, by=cast.unit, reason="Enough", state="withdrawn")

    results = at_once(asking.chase, withdraw, asking.chase)
    assert not [result for result in results if isinstance(result, Exception)]
    assert not AgencyReturn.objects.filter(link__isnull=False, chase_on__isnull=False).exists()


def waiting_backends():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot();"
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def test_a_worker_killed_in_the_middle_of_a_sweep_leaves_nobody_out_and_tells_nobody_twice(
    processes,
):
    cast, user = many(20)
    worker = processes.worker()
    last = AgencyReturn.objects.order_by("pk").last()
    with transaction.atomic():
        # The sweep must wait for this row, which holds the key of one of its own.
        key = f"agencyreturn:{last.pk}:{last.due_on}:over-1"
        Notification.objects.create(user=user, kind="x", key=key)
        chase.delay()
        until(waiting_backends, "the sweep to be in the middle")
        processes.kill(worker)
        transaction.set_rollback(True)
    until(lambda: not waiting_backends(), "the dead worker's statement to end")
    assert not GuestLetter.objects.filter(letter=Letter.REMINDER).exists()
    processes.worker()
    chase.delay()
    chase.delay()
    until(lambda: told(user) == 1, "every reminder")
    until(lambda: not AgencyReturn.objects.filter(chase_on__lte=clock.today()).exists())
    assert_once_each(cast, user, 20)


def test_a_sweep_passes_over_what_another_holds_and_waits_for_nothing(transactional_db):
    _cast, user = many(1)
    with transaction.atomic():
        AgencyReturn.objects.select_for_update().get(user=user)
        found = []
        sweep = Thread(target=lambda: (found.append(asking.chase()), connection.close()))
        sweep.start()
        sweep.join(timeout=10)
    assert found == [1]
    assert asking.chase() == 1


def test_who_is_but_a_member_now_is_told_what_is_asked_and_nothing_of_before(cast):
    review = builders.a_review(cast)
    for kind in (Kind.NOT_ANSWERED, Kind.RECOMMENDED, Kind.ASKED):
        notify(to=[cast.unit], kind=kind, key=f"{kind}", link="/", review=review)
    cast.unit.board_roles.update(role=Role.MEMBER)
    told = Notification.objects.for_person(cast.unit)
    assert set(told.values_list("kind", flat=True)) == {"asked"}


def test_a_row_that_cannot_be_told_holds_up_nobody_else(cast, review, monkeypatch):
    with time_machine.travel(NOON, tick=False):
        bad = a_return(cast, review, author(cast, review))
        police = another(cast)
        good = a_return(cast, review, author(cast, review, police, "Second Invented"), police)
    climb = asking._climb

    def fails_for_one(row, today):
        if row.pk == bad.pk:
            raise ValueError("A word of the case")
        return climb(row, today)

    monkeypatch.setattr(asking, "_climb", fails_for_one)
    assert on_day(good, 0) == 1
    bad.refresh_from_db()
    assert (bad.chased, good.chased) == (0, 1)
    assert bad.chase_on == (NOON + timedelta(days=15)).date(), "tried again tomorrow"
