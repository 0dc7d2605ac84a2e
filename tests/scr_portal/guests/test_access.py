"""Links that are good, once; and every link that is not, refused alike, recorded and counted."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.guests import operations, tokens
from scr_portal.guests.access import LIMIT
from scr_portal.guests.models import GuestLink, Purpose
from scr_portal.requests import LineFormatter
from tests.scr_portal.guests.conftest import EMAIL
from tests.together import at_once

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def refer(token):
    return reverse("refer", args=[token])


def refusals() -> list[str]:
    rows = AuditEvent.objects.filter(kind=Event.GUEST_LINK_REFUSED).order_by("pk")
    return [row.changes["reason"] for row in rows]


def test_a_link_opens_its_form_and_is_used_once(make, visitor):
    link, client = make(), visitor()
    assert client.get(tokens.path_of(link)).url == refer(link.token)
    page = client.get(refer(link.token))
    assert page.status_code == 200
    assert b"Northmere LSCB asks you" in page.content
    assert b"Sign out" not in page.content
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    sent = client.post(refer(link.token))
    assert client.get(sent.url).content == b"It has arrived"
    assert client.get(refer(link.token)).status_code == 410
    assert client.post(refer(link.token)).status_code == 410
    link.refresh_from_db()
    assert link.opened_at and link.used_at and not link.draft
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-5:] == [
        Event.GUEST_LINK_MADE,
        Event.GUEST_LINK_OPENED,
        Event.GUEST_LINK_USED,
        Event.GUEST_LINK_REFUSED,
        Event.GUEST_LINK_REFUSED,
    ]


def test_every_link_that_is_not_good_gets_the_same_page(cast, make, visitor):
    with time_machine.travel(NOON, tick=False) as clock:
        expired = make(lasts=timedelta(days=1))
        clock.shift(timedelta(days=1))
        used, withdrawn, others = make(), make(), make(Purpose.RETURN)
        operations.use(link=used)
        operations.withdraw(link=withdrawn, by=cast.unit)
        links = [refer(link.token) for link in (used, withdrawn, expired, others)]
        links.append(refer("x" * 43))
        client = visitor()
        answers = [client.get(link) for link in links] + [client.post(link) for link in links]
        good = client.get(reverse("answer", args=[others.token]))
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.items())) for answer in answers}) == 1
    reasons = [
        "it was used before",
        "it was withdrawn",
        "it had run out",
        "it was made for another form",
        "there is no such link",
    ]
    assert refusals() == reasons * 2
    assert good.status_code == 200


def test_of_two_who_use_it_at_once_one_wins(transactional_db, make, visitor):
    link, clients = make(), [visitor(), visitor()]
    answers = at_once(*(lambda client=client: client.post(refer(link.token)) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [302, 410]
    assert AuditEvent.objects.filter(kind=Event.GUEST_LINK_USED).count() == 1
    assert refusals() == ["it was used before"]


def test_more_time_leaves_the_link_as_it_was(cast, make, visitor):
    with time_machine.travel(NOON, tick=False) as clock:
        link = make(lasts=timedelta(days=1))
        clock.shift(timedelta(days=2))
        assert visitor().get(refer(link.token)).status_code == 410
        operations.extend(link=link, expires_at=NOON + timedelta(days=9), by=cast.unit)
        assert visitor().get(refer(link.token)).status_code == 200
        clock.shift(timedelta(days=7))
        assert visitor().get(refer(link.token)).status_code == 410


@pytest.mark.parametrize("act", ["used", "withdrawn"])
def test_nothing_more_is_done_to_a_link_that_is_closed(cast, make, act):
    link = make()
    if act == "used":
        operations.use(link=link)
        with pytest.raises(operations.Refused, match="used already"):
            operations.withdraw(link=link, by=cast.unit)
    else:
        operations.withdraw(link=link, by=cast.unit)
        operations.withdraw(link=link, by=cast.unit)
    with pytest.raises(operations.Refused, match="Send a new one"):
        operations.extend(link=link, expires_at=NOON + timedelta(days=9000), by=cast.unit)
    with pytest.raises(operations.LinkClosed):
        operations.use(link=link)


def test_more_time_must_lie_in_the_future(cast, make):
    with pytest.raises(operations.Refused, match="in the future"):
        operations.extend(link=make(), expires_at=NOON - timedelta(days=900), by=cast.unit)


def test_guessing_is_throttled(make, visitor):
    client, link = visitor(), make()
    for number in range(LIMIT):
        assert client.get(refer(f"guess-{number}")).status_code == 410
    assert client.get(refer(link.token)).status_code == 429
    assert len(refusals()) == LIMIT
    assert visitor().get(refer(link.token)).status_code == 200


def test_the_receipt_opens_no_form_and_ends_after_an_hour(make, visitor):
    with time_machine.travel(NOON, tick=False) as clock:
        link = make()
        unused = tokens.receipt_of(link)
        assert visitor().get(reverse("sent", args=[unused])).status_code == 410
        operations.use(link=link)
        receipt = tokens.receipt_of(link)
        assert visitor().get(refer(receipt)).status_code == 410
        assert visitor().get(reverse("sent", args=[link.token])).status_code == 410
        clock.shift(timedelta(minutes=59))
        assert visitor().get(reverse("sent", args=[receipt])).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert visitor().get(reverse("sent", args=[receipt])).status_code == 410


def test_a_form_of_a_guest_is_protected_against_forgery(make, db):
    client, link = Client(enforce_csrf_checks=True), make()
    assert client.post(refer(link.token)).status_code == 403
    client.get(refer(link.token))
    token = client.get(reverse("account_login")).context["csrf_token"]
    answer = client.post(refer(link.token), {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 302


def test_a_link_leaves_no_trace_in_the_log(make, visitor, caplog):
    link = make()
    operations.use(link=link)
    with caplog.at_level(logging.DEBUG):
        visitor().get(refer(link.token))
        client = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.99.99.99")
        client.post(refer(link.token))
        visitor().get(f"{refer(link.token)}nowhere/")
    written = [LineFormatter().format(record) for record in caplog.records]
    assert any("/guest/…/refer/" in line for line in written)
    assert not [line for line in written if link.token in line]


def test_no_link_and_no_address_is_in_the_database(cast, make):
    link = make()
    operations.save_draft(link=link, version=0, fields={"text": "She was seen by nobody"})
    operations.withdraw(link=link, by=cast.unit)
    link = make()
    operations.save_draft(link=link, version=0, fields={"text": "She was seen by nobody"})
    for secret in (link.token, EMAIL, "Outside Person", "seen by nobody"):
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"]
                )
                assert cursor.fetchone()[0] == 0, (table, secret)


def test_a_changed_key_leaves_no_link_that_fails(make, settings):
    link = make()
    settings.SECRET_KEY = "another" * 8
    assert tokens.path_of(GuestLink.objects.get(pk=link.pk)) is None


def test_a_signed_in_person_sees_what_everybody_sees(cast, make, sign_in, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    link = make()
    page = sign_in(cast.unit).get(refer(link.token))
    assert page.status_code == 200
    assert b"Inbox" not in page.content and b"Sign out" not in page.content
