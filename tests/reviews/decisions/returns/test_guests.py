"""Somebody without an account answers for an agency, once, and sees what they typed and no more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from reviews.decisions.returns.models import AgencyReturn
from reviews.decisions.returns.operations import answering, asking
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.guests.models import GuestLetter, GuestLink, Letter
from scr_portal.notifications.models import Notification
from tests.reviews.decisions.returns.asked import a_notice, a_return, another, whole
from tests.reviews.decisions.returns.test_answering import typed


@pytest.fixture
def row(cast, review):
    return a_return(cast, review)


def url(row, name="guest_return"):
    return reverse(f"reviews:{name}", args=[row.link.token])


def fresh(row):
    return type(row).objects.select_related("link").get(pk=row.pk)


def with_version(row, **more):
    return typed(row, version=fresh(row).link.draft_version, **more)


def send(client, row):
    assert client.post(url(row), with_version(row)).url == url(row, "guest_return_check")
    page = client.get(url(row, "guest_return_check"))
    return client.post(url(row, "guest_return_check"), {"digest": page.context["digest"]})


def test_the_letters_link_leads_to_the_form(row, visitor):
    client = visitor()
    assert client.get(reverse("guests:start", args=[row.link.token])).url == url(row)
    page = client.get(url(row)).content.decode()
    assert "Northmere Health Trust" in page and "SCR-2026-001" in page
    assert "Child R" not in page and "Sign out" not in page


def test_fill_in_check_send_and_keep_a_copy(cast, row, visitor):
    client = visitor()
    answer = send(client, row)
    page = client.get(answer.url)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Your answer has been sent" in text and "Seen twice at the clinic" in text
    assert "What happens next" in text
    row = fresh(row)
    assert (row.state, row.answered_name) == ("answered", "Ada Author, named nurse")
    assert row.link.state == "used" and row.link.draft == ""
    assert Notification.objects.get(kind="agency_answered").user == cast.unit
    assert GuestLetter.objects.filter(letter=Letter.ARRIVED).count() == 1
    for kind, begins in (("pdf", b"%P"), ("docx", b"PK")):
        copy = client.get(f"{answer.url}{kind}/")
        assert copy.status_code == 200 and copy.content[:2] == begins
    assert client.get(f"{answer.url}exe/").status_code == 404
    assert AuditEvent.objects.filter(kind="downloaded").count() == 2


def test_after_that_the_link_opens_nothing(row, visitor):
    client = visitor()
    send(client, row)
    for name in ("guest_return", "guest_return_check"):
        for ask in (client.get, client.post):
            assert ask(url(row, name)).status_code == 410
    assert client.get(url(row, "guest_return_sent")).status_code == 410


def test_nothing_known_is_one_click_with_a_name(row, visitor):
    client = visitor()
    assert 'value="Outside Person"' in client.get(url(row)).content.decode()
    answer = client.post(url(row), {"nothing-name": "Dr Bell"})
    assert "knows nothing of the family" in client.get(answer.url).content.decode()
    row = fresh(row)
    assert (row.state, row.answered_name, row.link.state) == ("nothing_known", "Dr Bell", "used")
    assert client.post(url(row), {"nothing-name": "Dr Bell"}).status_code == 410


def test_what_was_typed_is_kept_with_the_link(row, visitor):
    answer = visitor().post(url(row), with_version(row, answered_name=""))
    assert "Enter your name and role" in answer.content.decode()
    page = visitor().get(url(row)).content.decode()
    assert "Seen twice at the clinic" in page and 'value="11"' in page
    assert visitor().get(url(row, "guest_return_check")).url == url(row)


def test_after_a_gap_was_filled_the_next_click_goes_on(row, visitor):
    client = visitor()
    page = client.post(url(row), with_version(row, answered_name=""))
    assert page.status_code == 200 and "Enter your name and role" in page.content.decode()
    version = page.context["link"].draft_version
    assert f'name="version" value="{version}"' in page.content.decode()
    answer = client.post(url(row), typed(row, version=version))
    assert answer.url == url(row, "guest_return_check")


def test_who_got_the_link_stands_in_the_form(row, visitor):
    page = visitor().get(url(row))
    assert page.context["form"]["answered_name"].value() == "Outside Person"


def test_what_was_left_out_is_said_so(row, visitor):
    free = next(each for each in row.questions if not each["required"] and each["kind"] == "text")
    client = visitor()
    client.post(url(row), with_version(row, **{f"q_{free['id']}": ""}))
    check = client.get(url(row, "guest_return_check"))
    answer = client.post(url(row, "guest_return_check"), {"digest": check.context["digest"]})
    page = client.get(answer.url).content.decode()
    assert "Not answered" in page and "Not given yet" not in page


def test_a_second_window_is_told_and_sees_what_the_first_kept(row, visitor):
    first, second = with_version(row, note="The first"), with_version(row, note="The second")
    visitor().post(url(row), first)
    client = visitor()
    page = client.post(url(row), second)
    text = page.content.decode()
    assert "changed in another window" in text
    assert "The first" in text and "The second" in text
    version = page.context["link"].draft_version
    assert client.post(url(row), second | {"version": version}).status_code == 302
    assert "The second" in client.get(url(row, "guest_return_check")).content.decode()


@pytest.mark.parametrize("version", ["", "x", "9" * 5000, "²"])
def test_a_version_that_is_no_number_is_the_first(row, visitor, version):
    data = typed(row, version=version)
    assert visitor().post(url(row), data).status_code == 302


def test_what_another_window_changed_is_shown_before_it_goes(row, visitor):
    client = visitor()
    client.post(url(row), with_version(row))
    check = url(row, "guest_return_check")
    digest = client.get(check).context["digest"]
    client.post(url(row), with_version(row, note="One thing more"))
    page = client.post(check, {"digest": digest})
    assert page.status_code == 200 and "One thing more" in page.content.decode()
    assert fresh(row).state == "asked"


def test_a_link_that_is_not_good_is_refused_alike(cast, review, row, visitor):
    with time_machine.travel(clock.now() - timedelta(days=90), tick=False):
        old = a_return(cast, review, agency=another(cast, "Old"), days=1)
    withdrawn = a_return(cast, review, agency=another(cast, "Withdrawn"))
    asking.withdraw(asked=withdrawn, by=cast.unit, reason="x")
    phoned = a_return(cast, review, agency=another(cast, "Phoned"))
    answering.write_down(asked=phoned, said=whole(phoned), by=cast.unit)
    notice = a_notice(cast, review)
    answers = [visitor().get(url(each)) for each in (old, withdrawn, phoned, notice)]
    answers.append(visitor().get(reverse("reviews:guest_return", args=["x" * 43])))
    answers.append(visitor().get(url(row, "guest_notice")))
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1


def test_a_link_for_one_agency_shows_no_others(cast, review, row, visitor):
    other = a_return(cast, review, agency=another(cast))
    client = visitor()
    client.post(url(row), with_version(row, note="Of the trust"))
    assert "Of the trust" not in visitor().get(url(other)).content.decode()
    receipt = send(client, row).url
    assert fresh(other).state == "asked"
    assert receipt != url(other, "guest_return_sent")


def test_a_notice_is_confirmed_once(cast, review, visitor):
    notice = a_notice(cast, review)
    client = visitor()
    assert client.get(reverse("guests:start", args=[notice.link.token])).url == url(
        notice, "guest_notice"
    )
    page = client.get(url(notice, "guest_notice")).content.decode()
    assert "Keep everything." in page
    assert (
        "Enter your name" in client.post(url(notice, "guest_notice"), {"name": ""}).content.decode()
    )
    answer = client.post(url(notice, "guest_notice"), {"name": "Dr Bell", "note": "Done today"})
    assert "You have confirmed it" in client.get(answer.url).content.decode()
    notice = fresh(notice)
    assert (notice.acknowledged_name, notice.note) == ("Dr Bell", "Done today")
    again = client.post(url(notice, "guest_notice"), {"name": "Somebody else"})
    assert again.status_code == 410


def test_a_guests_answer_is_by_nobody_and_names_nobody_in_the_history(row, visitor):
    send(visitor(), row)
    event = AuditEvent.objects.get(kind="return_answered")
    assert (event.actor_id, event.target_label) == (None, "Northmere Health Trust")
    assert "Outside" not in str(event.__dict__) and "Ada" not in str(event.__dict__)


def test_a_lost_row_closes_the_link(row, visitor):
    AgencyReturn.objects.all().delete()
    assert visitor().get(url(row)).status_code == 410
    assert GuestLink.objects.get().is_open
