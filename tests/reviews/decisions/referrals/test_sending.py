"""A case is sent in by a board member, or by somebody outside through a link."""

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.models import ReceivedReferral
from scr_portal.audit.models import AuditEvent
from scr_portal.guests import letters
from scr_portal.guests.models import GuestLetter
from scr_portal.guests.tokens import path_of
from scr_portal.notifications.models import Notification
from tests.reviews.decisions.referrals.conftest import ANSWERS, SENT
from tests.together import at_once

FORM = "/reviews/send/northmere/"
CHECK = "/reviews/send/northmere/check"


def click_of(page) -> str:
    return page.context["click"]


# --- a board member


def test_a_member_sends_a_case_from_the_first_page(cast, sign_in):
    client = sign_in(cast.member)
    assert reverse("reviews:refer") in client.get("/").content.decode()
    assert client.get(reverse("reviews:refer")).url == FORM
    assert client.post(FORM, SENT).url == CHECK
    page = client.get(CHECK)
    assert "Child K" in page.content.decode() and "13 January 2026" in page.content.decode()
    assert "The criteria are met" in page.content.decode()
    answer = client.post(CHECK, {"click": click_of(page)})
    row = ReceivedReferral.objects.get()
    assert answer.url == reverse("reviews:sent_referral", args=[row.pk])
    assert "Referral sent" in client.get(answer.url).content.decode()
    assert row.by == cast.member and row.state == "new"
    told = Notification.objects.filter(kind="referral_received")
    assert [each.user for each in told] == [cast.unit]
    assert "Child K" not in str(told[0].sentence)
    assert "Three agencies" not in client.get(FORM).content.decode(), "the draft is gone"


def test_two_clicks_send_one(cast, sign_in):
    client = sign_in(cast.member)
    client.post(FORM, SENT)
    click = {"click": click_of(client.get(CHECK))}
    first, second = client.post(CHECK, click), client.post(CHECK, click)
    assert first.url == second.url
    assert ReceivedReferral.objects.count() == 1


def test_two_clicks_at_once_send_one(transactional_db, cast):
    rows = at_once(
        *[
            lambda: operations.send(
                board=cast.board, answers=ANSWERS, token="one-click", by=cast.member
            )
        ]
        * 2
    )
    assert rows[0].pk == rows[1].pk
    assert ReceivedReferral.objects.count() == 1


def test_what_a_member_typed_is_back_the_next_day(cast, sign_in):
    client = sign_in(cast.member)
    half = SENT | {"rationale": ""}
    assert "Enter why the case is referred" in client.post(FORM, half).content.decode()
    assert client.get(CHECK).url == FORM
    page = sign_in(cast.member).get(FORM).content.decode()
    assert "Northmere Hospital" in page and "is back in the boxes" in page


def test_a_slow_one_wants_its_reason(cast, sign_in):
    page = sign_in(cast.member).post(FORM, SENT | {"delay_reason": ""}).content.decode()
    assert "Say why it took this long." in page


def test_days_in_the_wrong_order_and_a_long_tag_are_said(cast, sign_in):
    wrong = SENT | {"aware_on_year": "2025", "adults": "x" * 90}
    page = sign_in(cast.member).post(FORM, wrong).content.decode()
    assert "lie before the incident" in page
    assert "Each line must be 80 characters or fewer" in page


def test_what_one_sent_is_ones_own(cast, sign_in, sent):
    row = sent()
    url = reverse("reviews:sent_referral", args=[row.pk])
    assert sign_in(cast.member).get(url).status_code == 200
    missing = sign_in(cast.chair).get(reverse("reviews:sent_referral", args=[row.pk + 99]))
    for who in (cast.chair, cast.outsider, cast.unit):
        answer = sign_in(who).get(url)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_nobody_but_a_member_sends_as_one(cast, sign_in):
    for who in (cast.unit, cast.chair, cast.outsider, cast.stranger):
        assert sign_in(who).get(FORM).status_code == 404
    with pytest.raises(Exception, match=r"reviews\.refer"):
        operations.send(board=cast.board, answers=ANSWERS, token="x", by=cast.chair)


# --- somebody outside


def open_link(client, link):
    return client.get(path_of(link)).url


def test_somebody_outside_sends_a_case_through_the_link(cast, asked, visitor):
    client = visitor()
    form = open_link(client, asked)
    page = client.get(form).content.decode()
    assert "Northmere LSCB asks you" in page and "Inbox" not in page
    check = client.post(form, SENT | {"version": "0"}).url
    page = client.get(check).content.decode()
    assert "Child K" in page and "A younger sister" in page
    done = client.post(check, {"click": "any"})
    page = client.get(done.url).content.decode()
    assert "Referral sent" in page and "What happens next" in page
    row = ReceivedReferral.objects.get()
    assert (row.link, row.by) == (asked, None)
    assert client.get(form).status_code == 410 and client.post(check).status_code == 410
    kinds = list(GuestLetter.objects.order_by("pk").values_list("letter", flat=True))
    assert kinds == ["invite", "arrived"]


def test_the_link_is_used_once_by_two_at_once(transactional_db, cast, asked, visitor):
    client = visitor()
    check = client.post(open_link(client, asked), SENT | {"version": "0"}).url
    clients = [visitor(), visitor()]
    answers = at_once(*(lambda each=each: each.post(check) for each in clients))
    assert sorted(answer.status_code for answer in answers) == [302, 410]
    assert ReceivedReferral.objects.count() == 1


def test_what_was_typed_through_a_link_comes_back_elsewhere(asked, visitor):
    client = visitor()
    form = open_link(client, asked)
    client.post(reverse("guests:save", args=[asked.token]), {"version": "0", "rationale": "Half a"})
    page = visitor().get(form).content.decode()
    assert "Half a" in page and "Saved" in page and 'name="version" value="1"' in page


def test_a_second_window_of_a_guest_loses_nothing(asked, visitor):
    client = visitor()
    form = open_link(client, asked)
    client.post(form, SENT | {"version": "0", "rationale": "Their words"})
    page = client.post(form, SENT | {"version": "0", "rationale": "My words"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "changed in another window" in text
    assert "Their words" in text and "My words" in text
    assert client.post(form, SENT | {"version": "1", "rationale": "Both"}).status_code == 302


def test_the_copy_holds_what_was_sent(cast, asked, visitor):
    client = visitor()
    check = client.post(open_link(client, asked), SENT | {"version": "0"}).url
    page = client.get(client.post(check).url)
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        copy = client.get(page.context["copies"][kind])
        assert copy.content.startswith(begins)
        assert "attachment" in copy["Content-Disposition"]
        assert "Child" not in copy["Content-Disposition"]
        if kind == "pdf":
            read = pypdf.PdfReader(io.BytesIO(copy.content))
            words = " ".join(each.extract_text() for each in read.pages)
            assert "Three agencies knew of the bruises." in " ".join(words.split())
    assert AuditEvent.objects.filter(kind="downloaded").count() == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=70)):
        assert client.get(page.context["copies"]["pdf"]).status_code == 410


def test_what_was_sent_is_unreadable_in_the_database(asked, sent):
    sent(rationale="Seen by three agencies")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%by three agencies%"]
            )
            assert cursor.fetchone()[0] == 0, table


# --- the links, as the unit keeps them


def links_page(cast):
    return reverse("reviews:referral_links", args=[cast.board.slug])


def test_the_unit_sends_a_link_sees_what_became_of_it_and_takes_it_back(cast, sign_in, visitor):
    client = sign_in(cast.unit)
    url = links_page(cast)
    client.post(url, {"name": "Nora Outside", "email": "nora@example.org", "days": "14"})
    page = client.get(url).content.decode()
    assert "nora@example.org" in page and "Not opened yet" in page
    link = cast.board.guest_links.get()
    form = open_link(visitor(), link)
    visitor().get(form)
    assert "Opened" in client.get(url).content.decode()
    more = reverse("reviews:referral_link_more", args=[cast.board.slug, link.pk])
    client.post(more)
    client.post(more)
    assert GuestLetter.objects.filter(letter="reminder").count() == 1
    letters.deliver()
    withdraw = reverse("reviews:referral_link_withdraw", args=[cast.board.slug, link.pk])
    client.post(withdraw)
    client.post(withdraw)
    assert GuestLetter.objects.filter(letter="withdrawn").count() == 1
    assert visitor().get(form).status_code == 410
    assert "Withdrawn" in client.get(url).content.decode()
    assert "Send a new one" in client.post(more, follow=True).content.decode()


def test_the_list_of_links_costs_the_same_for_many(cast, sign_in):
    from django.test.utils import CaptureQueriesContext

    client, costs = sign_in(cast.unit), []
    for more in (1, 9, 15):
        for number in range(more):
            operations.ask_outside(
                board=cast.board, name="N", email=f"n{number}@example.org", days=3, by=cast.unit
            )
        client.get(links_page(cast))
        with CaptureQueriesContext(connection) as asked:
            client.get(links_page(cast))
        costs.append(len(asked))
    assert len(set(costs)) == 1, costs


def test_a_click_may_be_anything(cast, sign_in):
    client = sign_in(cast.member)
    for number, click in enumerate(["\x00", "y" * 200, "y" * 199], start=1):
        client.post(FORM, SENT)
        assert client.post(CHECK, {"click": click}).status_code == 302
        assert ReceivedReferral.objects.count() == number
