import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.case.operations.people import end_appointment, recuse
from reviews.permissions import Role
from scr_portal.accounts.operations import inviting
from scr_portal.notifications import delivery, operations
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Notification
from tests.builders import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast):
    review = a_review(cast)
    cast.on(review, Role.LEAD)
    Notification.objects.all().delete()
    return review


def tell(review, *people, kind=Kind.STAGE_CHANGED, key="stage:1"):
    operations.notify(to=people, kind=kind, key=key, link=review.get_absolute_url(), review=review)
    return Notification.objects.filter(key=key)


def due_now():
    Notification.objects.update(not_before=timezone.now(), lease_until=None)


def text(message) -> str:
    return message.get_payload(decode=True).decode()


def test_each_person_gets_one_message_with_reference_and_link(review, cast, post, settings):
    tell(review, cast.unit, cast.chair)
    delivery.deliver()
    delivery.deliver()
    assert len(post.taken) == 2
    (message,) = post.to(cast.unit)
    assert message["Subject"] == f"SCR Portal: {review.reference} has moved to another stage"
    assert settings.PORTAL_URL + review.get_absolute_url() in text(message)
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_message_holds_no_name_and_nothing_of_the_case(review, cast, post):
    tell(review, cast.unit)
    delivery.deliver()
    whole = post.taken[0].as_string() + text(post.taken[0])
    for word in [review.pseudonym, "Invented", "bruises", cast.board.name]:
        assert word not in whole


def test_the_message_id_is_the_same_when_it_is_sent_again(review, cast, post):
    (row,) = tell(review, cast.unit)
    delivery.deliver()
    Notification.objects.filter(pk=row.pk).update(done_at=None)
    delivery.deliver()
    first, second = post.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_away_costs_one_attempt_and_is_asked_again(review, cast, post):
    rows = tell(review, cast.unit, cast.chair)
    post.stop()
    assert delivery.deliver() is False
    tried, untried = rows.order_by("-attempts")
    assert (tried.attempts, tried.last_error) == (1, "ConnectionRefusedError")
    assert tried.not_before > timezone.now() + timedelta(seconds=20)
    assert (untried.attempts, untried.last_error) == (0, "")
    post.start()
    delivery.deliver()
    assert len(post.taken) == 1, "the one in its back-off waits"
    due_now()
    delivery.deliver()
    assert len(post.taken) == 2
    assert not rows.filter(done_at__isnull=True).exists()


def test_a_server_that_refuses_is_tried_with_longer_and_longer_waits(review, cast, post):
    (row,) = tell(review, cast.unit)
    post.answer = "451 Try again later"
    waits = []
    for _ in range(4):
        due_now()
        delivery.deliver()
        row.refresh_from_db()
        waits.append(round((row.not_before - timezone.now()).total_seconds(), -1))
    assert waits == [30, 60, 120, 240]
    assert row.last_error == "SMTPDataError 451"
    post.answer = "250 OK"
    due_now()
    delivery.deliver()
    row.refresh_from_db()
    assert (len(post.taken), row.done_at is not None, row.last_error) == (1, True, "")


def test_one_bad_address_does_not_stop_the_others(review, cast, post):
    rows = tell(review, cast.unit, cast.chair, cast.auditor)
    post.refused = {cast.unit.email}
    delivery.deliver()
    assert len(post.taken) == 2
    failed = rows.get(done_at__isnull=True)
    assert failed.last_error == "SMTPRecipientsRefused 550"
    assert cast.unit.email not in failed.last_error


def test_what_a_person_may_no_longer_see_is_not_mailed(review, cast, post):
    rows = tell(review, cast.lead, cast.chair, cast.unit)
    end_appointment(appointment=review.appointments.get(user=cast.lead), by=cast.unit)
    recuse(review=review, user=cast.chair, reason="Sat on the panel", by=cast.unit)
    cast.unit.is_active = False
    cast.unit.save()
    delivery.deliver()
    assert post.taken == []
    assert all(row.done_at and row.last_error for row in rows)


def test_a_lease_keeps_a_second_worker_from_sending_what_a_first_has_in_hand(review, cast, post):
    tell(review, cast.unit)
    Notification.objects.claim(limit=1)
    delivery.deliver()
    assert post.taken == []
    Notification.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    delivery.deliver()
    assert len(post.taken) == 1


def test_a_run_ends_after_so_many_and_says_that_there_is_more(review, cast, post, monkeypatch):
    monkeypatch.setattr(delivery, "A_RUN", 2)
    tell(review, cast.unit, cast.chair, cast.auditor)
    assert delivery.deliver() is True
    assert delivery.deliver() is False
    assert len(post.taken) == 3


def test_an_invitation_carries_its_link_to_somebody_who_cannot_sign_in_yet(cast, post, settings):
    inviting.invite(
        board=cast.board, email="new@example.org", name="New Invented", role=None, by=cast.unit
    )
    row = Notification.objects.get(kind=Kind.INVITATION)
    assert not row.user.is_active
    delivery.deliver()
    (message,) = post.taken
    assert settings.PORTAL_URL + "/people/" in text(message)
    token = text(message).split("/people/")[1].split()[0].strip("/").rpartition("/")[2]
    assert len(token) > 20
    assert token not in str(Notification.objects.values_list())
    assert not Notification.objects.for_person(row.user).exists()


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (smtplib.SMTPServerDisconnected("gone"), True),
        (smtplib.SMTPAuthenticationError(535, b"who?"), True),
        (TimeoutError(), True),
        (smtplib.SMTPDataError(554, b"spam"), False),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no")}), False),
        (ValueError("a header with a line break"), False),
    ],
)
def test_which_errors_mean_that_the_server_is_away(error, away):
    assert delivery.is_server_away(error) is away
    assert "example.org" not in delivery.in_short(error)
