"""An agency answers once, by account; what it sent stays, and nobody else's is seen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering, asking
from reviews.decisions.returns.rules import Said
from reviews.permissions import Permission
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.drafts.models import Draft
from scr_portal.notifications.models import Notification
from tests.reviews.decisions.returns.asked import a_notice, a_return, another, author, whole


def typed(row, **more):
    """What stands in the boxes of a form that was filled in."""
    data = {"answered_name": "Ada Author, named nurse", "note": ""}
    for question in row.questions:
        name = f"q_{question['id']}"
        if question["kind"] == "date":
            data |= {f"{name}_day": "3", f"{name}_month": "11", f"{name}_year": "2025"}
        else:
            data[name] = "yes" if question["kind"] == "yes_no" else "Seen twice at the clinic"
    return data | more


@pytest.fixture
def user(cast, review):
    return author(cast, review)


@pytest.fixture
def row(cast, review, user):
    return a_return(cast, review, user)


def check_url(row):
    return reverse("reviews:return_check", args=[row.review_id, row.pk])


def send(client, row, **more):
    """Fill in, look, send."""
    assert client.post(row.get_absolute_url(), typed(row, **more)).url == check_url(row)
    page = client.get(check_url(row))
    return client.post(check_url(row), {"digest": page.context["digest"]})


def test_fill_in_check_and_send(cast, user, row, sign_in):
    client = sign_in(user)
    answer = send(client, row, note="The health visitor is on leave")
    assert answer.url == row.get_absolute_url()
    row.refresh_from_db()
    assert (row.state, row.answered_name) == ("answered", "Ada Author, named nurse")
    assert row.chase_on is None and row.answered_at and row.written_down_by is None
    page = client.get(row.get_absolute_url()).content.decode()
    assert "3 November 2025" in page and "Seen twice at the clinic" in page
    assert "What happens next" in page
    assert not Draft.objects.exists()
    told = Notification.objects.get(kind="agency_answered")
    assert told.user == cast.unit
    assert told.link == reverse("reviews:return", args=[row.review_id, row.pk])
    assert AuditEvent.objects.filter(kind="return_answered", actor_id=user.pk).count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(user, row, sign_in):
    client = sign_in(user)
    first = row.questions[0]["id"]
    data = typed(row, answered_name="", **{f"q_{first}_month": "13"})
    page = client.post(row.get_absolute_url(), data).content.decode()
    assert "Enter your name and role" in page and "must be a real date" in page
    page = client.get(row.get_absolute_url()).content.decode()
    assert "is back in the boxes" in page and "Seen twice at the clinic" in page
    assert client.get(check_url(row)).url == row.get_absolute_url()


def test_a_required_answer_is_asked_for_in_the_operation_too(user, row):
    with pytest.raises(Refused, match="Answer"):
        answering.answer(asked=row, said=Said("Ada", {}), by=user)
    with pytest.raises(Refused, match="who answers"):
        answering.answer(asked=row, said=Said(" ", nothing_known=True), by=user)
    said = whole(row)
    strange = Said(said.name, {**said.answers, "999999": "Of no question"})
    answering.answer(asked=row, said=strange, by=user)
    row.refresh_from_db()
    assert "999999" not in row.answers


def test_nothing_known_is_one_click_with_a_name(user, row, sign_in):
    client = sign_in(user)
    page = client.get(row.get_absolute_url()).content.decode()
    assert page.count(f'value="{user.name}"') == 2
    assert (
        "Enter your name"
        in client.post(row.get_absolute_url(), {"nothing-name": ""}).content.decode()
    )
    answer = client.post(row.get_absolute_url(), {"nothing-name": "Ada Author"})
    assert answer.url == row.get_absolute_url()
    row.refresh_from_db()
    assert (row.state, row.answered_name, row.answers) == ("nothing_known", "Ada Author", {})


def test_a_second_click_is_led_to_what_was_sent(user, row, sign_in):
    client = sign_in(user)
    client.post(row.get_absolute_url(), typed(row))
    digest = client.get(check_url(row)).context["digest"]
    for _click in range(2):
        answer = client.post(check_url(row), {"digest": digest})
        assert answer.url == row.get_absolute_url()
    assert Notification.objects.filter(kind="agency_answered").count() == 1
    assert client.post(row.get_absolute_url(), {"nothing-name": "B"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "answered"


def test_what_another_window_changed_is_shown_before_it_goes(user, row, sign_in):
    client = sign_in(user)
    client.post(row.get_absolute_url(), typed(row))
    digest = client.get(check_url(row)).context["digest"]
    client.post(row.get_absolute_url(), typed(row, note="One thing more"))
    page = client.post(check_url(row), {"digest": digest})
    assert "changed in another window" in page.content.decode()
    assert "One thing more" in page.content.decode()
    row.refresh_from_db()
    assert row.state == "asked"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_copy_of_what_was_sent(user, row, sign_in, kind):
    client = sign_in(user)
    url = reverse("reviews:return_copy", args=[row.review_id, row.pk, kind])
    assert client.get(url).status_code == 404
    answering.answer(asked=row, said=whole(row), by=user)
    copy = client.get(url)
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert copy.content[:2] == (b"%P" if kind == "pdf" else b"PK")
    assert AuditEvent.objects.filter(kind="downloaded").count() == 1
    assert client.get(url.replace(kind, "exe")).status_code == 404


def test_nobody_elses_return_is_there(cast, review, user, row, sign_in):
    other = author(cast, review, another(cast), "Other Author")
    colleague = author(cast, review, cast.agency, "Colleague Author")
    notice = a_notice(cast, review, user)
    for person in (other, colleague, cast.unit, cast.chair, cast.member, cast.stranger):
        client = sign_in(person)
        for url in (row.get_absolute_url(), check_url(row), notice.get_absolute_url()):
            assert client.get(url).status_code == 404, (person, url)
            assert client.post(url, {"nothing-name": "x", "name": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        answering.answer(asked=row, said=whole(row), by=colleague)


def test_an_author_sees_neither_the_review_nor_its_information(user, row, sign_in):
    client = sign_in(user)
    for name in ("detail", "information", "return_answers"):
        assert client.get(reverse(f"reviews:{name}", args=[row.review_id])).status_code == 404
    url = reverse("reviews:return", args=[row.review_id, row.pk])
    assert client.get(url).status_code == 404
    page = client.get(row.get_absolute_url()).content.decode()
    assert "SCR-2026-001" in page and "Child R" not in page


def test_what_was_withdrawn_is_gone(cast, user, row, sign_in):
    asking.withdraw(asked=row, by=cast.unit, reason="Not needed")
    assert sign_in(user).get(row.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        answering.answer(asked=row, said=whole(row), by=user)


def test_the_unit_writes_down_what_was_said_by_telephone(cast, review, sign_in):
    row = a_return(cast, review)
    client = sign_in(cast.unit)
    url = reverse("reviews:return_write_down", args=[review.pk, row.pk])
    page = client.get(url).content.decode()
    assert "Who said it, and when" in page
    answer = client.post(url, typed(row, answered_name="Dr Bell, 3 March by telephone"))
    assert answer.url == reverse("reviews:return", args=[review.pk, row.pk])
    row.refresh_from_db()
    assert (row.written_down_by, row.link.state) == (cast.unit, "withdrawn")
    assert not Notification.objects.filter(kind="agency_answered").exists()
    assert AuditEvent.objects.filter(kind="return_written_down").count() == 1
    page = client.get(answer.url).content.decode()
    assert "Dr Bell, 3 March by telephone" in page and "Written down by" in page
    assert client.post(url, typed(row)).url == answer.url


def test_an_agency_that_has_answered_may_be_asked_again(cast, user, row):
    answering.answer(asked=row, said=whole(row), by=user)
    with pytest.raises(Refused, match="Nobody waits"):
        asking.withdraw(asked=row, by=cast.unit, reason="Wrong")
    again = a_return(cast, row.review, user)
    assert again.state == "asked"
    row.refresh_from_db()
    assert row.state == "answered"
    assert AgencyReturn.objects.of(user).count() == 2


def test_a_notice_is_read_and_confirmed_once(cast, review, user, sign_in):
    notice = a_notice(cast, review, user)
    client = sign_in(user)
    assert "Keep everything." in client.get(notice.get_absolute_url()).content.decode()
    data = {"name": "Ada Author", "note": "One file was destroyed in 2019"}
    for _click in range(2):
        client.post(notice.get_absolute_url(), data)
    notice.refresh_from_db()
    assert (notice.acknowledged_name, notice.note) == ("Ada Author", data["note"])
    assert notice.chase_on is None
    assert Notification.objects.filter(kind="agency_answered", user=cast.unit).count() == 1
    assert AuditEvent.objects.filter(kind="preservation_confirmed").count() == 1
    assert "Confirmed" in client.get(notice.get_absolute_url()).content.decode()


def test_the_unit_writes_down_that_a_notice_was_confirmed(cast, review, sign_in):
    notice = a_notice(cast, review)
    url = reverse("reviews:preservation_write_down", args=[review.pk, notice.pk])
    answer = sign_in(cast.unit).post(url, {"name": "Dr Bell, by telephone", "note": ""})
    assert answer.url == reverse("reviews:preservation", args=[review.pk, notice.pk])
    notice = PreservationNotice.objects.get()
    assert notice.acknowledged_name == "Dr Bell, by telephone"
    assert notice.link.state == "withdrawn"


def test_who_speaks_for_another_agency_by_now_finds_nothing(cast, review, user, row, sign_in):
    client = sign_in(user)
    assert client.get(row.get_absolute_url()).status_code == 200
    people.end_appointment(appointment=review.appointments.get(user=user), by=cast.unit)
    BoardRole.objects.create(user=user, board=cast.board, role="member", agency=another(cast))
    assert user.has_perm(Permission.ANSWER_REQUESTS, Review.objects.get())
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.post(row.get_absolute_url(), typed(row)).status_code == 404
