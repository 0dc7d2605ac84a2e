"""The record and the children, through their pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from reviews.case.models import Child, Review
from reviews.case.operations.people import appoint
from reviews.case.operations.record import Stale, create_review, edit_review
from reviews.permissions import Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def ago(days):
    return clock.today() - timedelta(days=days)


def boxes(name, day):
    parts = {"day": "", "month": "", "year": ""}
    if day:
        parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


@pytest.fixture
def review(cast):
    return create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child A",
        incident_on=ago(40),
        aware_on=ago(30),
        notified_on=ago(20),
        referred_on=ago(10),
    )


def sent(review, **changes):
    told = {
        "pseudonym": review.pseudonym,
        "marking": review.marking,
        "version": review.version,
        **boxes("incident_on", review.incident_on),
        **boxes("aware_on", review.aware_on),
        **boxes("notified_on", review.notified_on),
        **boxes("publication_planned_on", None),
    }
    for name, value in changes.items():
        told |= boxes(name, value) if name.endswith("_on") else {name: value}
    return told


def test_the_record_is_saved_with_its_dates_worked_out_anew(cast, review, sign_in):
    due = review.deadlines.get(key="notify").due_on
    client = sign_in(cast.unit)
    address = reverse("reviews:edit", args=[review.pk])
    told = sent(review, pseudonym="Child Q", aware_on=ago(25))
    assert client.post(address, told).status_code == 302
    review.refresh_from_db()
    assert (review.pseudonym, review.version) == ("Child Q", 2)
    assert review.deadlines.get(key="notify").due_on > due
    changed = AuditEvent.objects.get(review_id=review.pk, kind="review_changed")
    assert changed.changes["version"] == 2
    assert "pseudonym" in changed.changes["fields"]
    assert "Child Q" not in str(changed.changes)
    client.post(address, sent(review, pseudonym="Child Q"))
    assert AuditEvent.objects.filter(review_id=review.pk, kind="review_changed").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pseudonym": "x" * 300}, "60 characters or fewer"),
        ({"pseudonym": ""}, "Enter pseudonym"),
        ({"incident_on": None}, "Enter the date of the incident"),
        ({"incident_on": clock.today() + timedelta(days=1)}, "today or in the past"),
        ({"aware_on": ago(41)}, "on or after the date of the incident"),
        ({"notified_on": ago(31)}, "on or after the date the board learned of it"),
        ({"notified_on": ago(9)}, "on or before the referral"),
        ({"marking": "mauve"}, "Choose one of the answers"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(changes, words, cast, review, sign_in):
    told = sent(review, **changes)
    answer = sign_in(cast.unit).post(reverse("reviews:edit", args=[review.pk]), told)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "There is a problem" in page
    assert f'value="{told["pseudonym"]}"' in page or not told["pseudonym"]
    review.refresh_from_db()
    assert review.version == 1


def test_a_stale_form_shows_what_changed_and_keeps_what_was_typed(cast, review, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:edit", args=[review.pk])
    old = sent(review, pseudonym="Mine <b>")
    edit_review(review=review, version=1, by=cast.unit, pseudonym="Theirs", aware_on=ago(29))
    answer = client.post(address, old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved while you were typing" in page
    assert "Theirs" in page
    assert "Mine &lt;b&gt;" in page
    assert "Mine <b>" not in page
    assert 'name="version" value="2"' in page
    review.refresh_from_db()
    assert review.pseudonym == "Theirs"
    assert client.post(address, old | {"version": 2}).status_code == 302
    review.refresh_from_db()
    assert (review.pseudonym, review.version) == ("Mine <b>", 3)


def test_the_operation_itself_refuses_what_is_stale_or_out_of_order(cast, review):
    with pytest.raises(Stale):
        edit_review(review=review, version=7, by=cast.unit, pseudonym="x")
    with pytest.raises(Refused, match="on or after"):
        edit_review(review=review, version=1, by=cast.unit, aware_on=ago(60))
    with pytest.raises(TypeError):
        edit_review(review=review, version=1, by=cast.unit, stage="closed")


def child_sent(**changes):
    told = {"pseudonym": "Child B", "harm": "harmed", "sex": "unknown"}
    return told | {"legal_status": "unknown", **boxes("date_of_birth", None)} | changes


@pytest.fixture
def child(review):
    return Child.objects.create(
        review=review,
        pseudonym="Child A",
        harm="died",
        real_name="Realname",
        date_of_birth="2020-01-02",
    )


def test_a_child_is_added_with_names_that_the_database_cannot_read(cast, review, sign_in):
    client = sign_in(cast.unit)
    told = child_sent(real_name="Zoë Realname", **boxes("date_of_birth", ago(400)))
    assert client.post(reverse("reviews:child_new", args=[review.pk]), told).status_code == 302
    added = review.children.get()
    assert added.real_name == "Zoë Realname"
    assert added.date_of_birth == ago(400).isoformat()
    with connection.cursor() as cursor:
        cursor.execute("SELECT real_name, date_of_birth FROM reviews_child")
        assert "Realname" not in str(cursor.fetchall())
    assert "Realname" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pseudonym": "x" * 300}, "60 characters or fewer"),
        ({"harm": ""}, "Select what happened to the child"),
        (boxes("date_of_birth", ago(3)), "on or before the date of the incident"),
        (boxes("date_of_birth", clock.today() + timedelta(days=1)), "today or in the past"),
        ({"pseudonym": "Child A"}, "Another child of this review has that pseudonym"),
    ],
)
def test_a_child_that_cannot_be_so_is_told(changes, words, cast, review, child, sign_in):
    client = sign_in(cast.unit)
    answer = client.post(reverse("reviews:child_new", args=[review.pk]), child_sent(**changes))
    assert words in answer.content.decode()
    assert review.children.count() == 1


def test_a_real_name_shows_when_asked_for_and_the_history_says_so(cast, review, child, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:child", args=[review.pk, child.pk])
    assert "Realname" not in client.get(address).content.decode()
    page = client.post(address).content.decode()
    assert "Realname" in page
    assert "2 January 2020" in page
    event = AuditEvent.objects.get(kind="names_shown")
    assert (event.actor_id, event.target_label) == (cast.unit.pk, "Child A")
    edit = client.get(reverse("reviews:child_edit", args=[review.pk, child.pk]))
    assert "Realname" not in edit.content.decode()


def test_who_may_not_see_names_is_refused(cast, review, child, sign_in):
    cast.on(review)
    address = reverse("reviews:child", args=[review.pk, child.pk])
    assert "Show real name" not in sign_in(cast.auditor).get(address).content.decode()
    for who in (cast.auditor, cast.panel, cast.observer):
        answer = sign_in(who).post(address)
        assert answer.status_code == 403
        assert "Realname" not in answer.content.decode()


def test_names_are_kept_replaced_and_removed(cast, review, child, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:child_edit", args=[review.pk, child.pk])
    client.post(address, child_sent(version=1, real_name=""))
    child.refresh_from_db()
    assert (child.pseudonym, child.real_name) == ("Child B", "Realname")
    client.post(address, child_sent(version=2, real_name="Another"))
    child.refresh_from_db()
    assert child.real_name == "Another"
    client.post(address, child_sent(version=3, forget="on"))
    child.refresh_from_db()
    assert (child.real_name, child.date_of_birth) == ("", "")


def test_two_people_on_one_child(cast, review, child, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:child_edit", args=[review.pk, child.pk])
    client.post(address, child_sent(version=1, ethnicity="Theirs"))
    answer = client.post(address, child_sent(version=1, ethnicity="Mine"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert client.post(address, child_sent(version=2, ethnicity="Mine")).status_code == 302


def test_a_child_of_another_review_is_not_found(cast, review, child, sign_in):
    other = create_review(
        board=cast.board, by=cast.unit, pseudonym="B", incident_on=ago(9), referred_on=ago(5)
    )
    appoint(review=other, user=cast.liaison, role=Role.LIAISON, by=cast.unit)
    client = sign_in(cast.liaison)
    assert client.get(reverse("reviews:child", args=[other.pk, child.pk])).status_code == 404
    assert client.get(reverse("reviews:child", args=[review.pk, child.pk])).status_code == 404


def test_references_follow_one_another_within_a_year(cast):
    def made(referred_on):
        return create_review(
            board=cast.board,
            by=cast.unit,
            pseudonym="x",
            incident_on=referred_on,
            referred_on=referred_on,
        ).reference

    first = ago(500)
    assert [made(first), made(first)] == [f"SCR-{first.year}-001", f"SCR-{first.year}-002"]
    assert Review.objects.count() == 2
