"""Context, sufficiency and other boards: two may write, and no text is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case.operations.record import Stale
from reviews.decisions.returns.models import Gathering, NeighbourCheck
from reviews.decisions.returns.operations import gathering as operations
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts.models import Draft
from tests import builders

FIELDS = {
    "lived_elsewhere": "yes",
    "context": "Two earlier reviews spoke of the same clinic.",
    "sufficient": "Enough: three agencies knew the family.",
}


def save(cast, review, version=0, **fields):
    return operations.save_gathering(
        review=review, version=version, by=cast.unit, **FIELDS | fields
    )


def url(review, name="gathering_edit", *args):
    return reverse(f"reviews:{name}", args=[review.pk, *args])


def test_it_is_written_once_and_changed_under_its_version(cast, review):
    row = save(cast, review)
    assert save(cast, review, version=1).version == 1
    row = save(cast, review, version=1, context="Another context")
    assert (row.version, row.context) == (2, "Another context")
    with pytest.raises(Stale):
        save(cast, review, version=1)
    with pytest.raises(Stale):
        save(cast, review, version=0)
    fields = [
        event.changes["fields"]
        for event in AuditEvent.objects.filter(kind="gathering_changed").order_by("pk")
    ]
    assert len(fields) == 2 and fields[1] == "the local context"
    assert "Another" not in fields[1]


def test_two_editors_see_both_texts(cast, review, sign_in):
    client = sign_in(cast.unit)
    client.post(url(review), FIELDS | {"version": 0})
    page = client.post(url(review), FIELDS | {"version": 0, "context": "Mine"})
    text = page.content.decode()
    assert "Somebody else has changed this" in text
    assert "Two earlier reviews" in text and "Mine" in text
    assert client.post(url(review), FIELDS | {"version": 1, "context": "Both"}).status_code == 302
    assert Gathering.objects.get().context == "Both"


def test_a_version_of_what_is_not_there_is_stale_too(cast, review, sign_in):
    page = sign_in(cast.unit).post(url(review), FIELDS | {"version": 3})
    assert "Somebody else has changed this" in page.content.decode()


def test_what_is_typed_and_not_sent_comes_back_and_goes_when_sent(cast, review, sign_in):
    client = sign_in(cast.unit)
    key = f"gathering:{review.pk}"
    client.post(reverse("drafts:save", args=[key]), {"version": 0, "context": "Not sent yet"})
    assert "Not sent yet" in client.get(url(review)).content.decode()
    client.post(url(review), FIELDS | {"version": 0})
    assert not Draft.objects.exists()


def test_a_check_is_recorded_once_for_two_clicks(cast, review, sign_in):
    client = sign_in(cast.unit)
    data = {"board_name": "Eastmere LSCB", "period": "2014", "version": 0}
    assert client.post(url(review, "neighbour_new"), data).status_code == 302
    again = client.post(url(review, "neighbour_new"), data | {"board_name": "eastmere lscb"})
    assert "on record for that time already" in again.content.decode()
    check = NeighbourCheck.objects.get()
    today = clock.today()
    days = {
        f"{name}_{part}": getattr(today, part)
        for name in ("asked_on", "answered_on")
        for part in ("day", "month", "year")
    }
    edit = url(review, "neighbour_edit", check.pk)
    answer = client.post(edit, data | days | {"answer": "Not known there", "version": 1})
    assert answer.status_code == 302
    check.refresh_from_db()
    assert (check.answered_on, check.answer, check.version) == (today, "Not known there", 2)
    stale = client.post(edit, data | days | {"answer": "Mine", "version": 1}).content.decode()
    assert "Not known there" in stale and "Mine" in stale
    assert AuditEvent.objects.filter(kind="neighbour_changed").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"answered_on": clock.today()}, "was asked"),
        (
            {"asked_on": clock.today(), "answered_on": clock.today() - timedelta(days=1)},
            "before it was asked",
        ),
        ({"asked_on": clock.today(), "not_asked_reason": "Too far"}, "leave out why"),
    ],
)
def test_days_that_can_not_be(cast, review, fields, words):
    with pytest.raises(Refused, match=words):
        operations.add_neighbour(review=review, by=cast.unit, board_name="Eastmere", **fields)


def test_the_form_says_where_it_is_wrong(cast, review, sign_in):
    today = clock.today()
    asked = {f"asked_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    before = today - timedelta(days=3)
    answered = {f"answered_on_{part}": getattr(before, part) for part in ("day", "month", "year")}
    client = sign_in(cast.unit)
    data = {"board_name": "Eastmere", "version": 0}

    def said(**more):
        return client.post(url(review, "neighbour_new"), data | more).content.decode()

    assert "come before the question" in said(**asked, **answered)
    assert "Enter the day on which it was asked" in said(**answered)
    assert "Enter the day on which it answered" in said(answer="Nothing")
    assert "leave this box empty" in said(**asked, not_asked_reason="Too far")
    assert not NeighbourCheck.objects.exists()


def test_a_check_of_another_review_is_not_there(cast, review, sign_in):
    other = builders.a_review(cast)
    check = operations.add_neighbour(review=other, by=cast.unit, board_name="Eastmere")
    client = sign_in(cast.unit)
    assert client.get(url(review, "neighbour_edit", check.pk)).status_code == 404


@pytest.mark.parametrize("who", ["chair", "auditor", "lead", "panel", "member", "stranger"])
def test_only_the_unit_writes(cast, review, who):
    cast.on(review)
    by = cast.people[who]
    check = operations.add_neighbour(review=review, by=cast.unit, board_name="Eastmere")
    for act in (
        lambda: operations.save_gathering(review=review, version=0, by=by, **FIELDS),
        lambda: operations.add_neighbour(review=review, by=by, board_name="B"),
        lambda: operations.change_neighbour(check=check, version=1, by=by, board_name="B"),
    ):
        with pytest.raises(PermissionDenied):
            act()
