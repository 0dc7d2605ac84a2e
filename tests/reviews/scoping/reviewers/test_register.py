import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.operations import people
from reviews.case.operations.record import Stale
from reviews.permissions import Role
from reviews.scoping.reviewers.models import Reference, Reviewer
from reviews.scoping.reviewers.operations import register
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import person
from tests.reviews.scoping.building import ENTRY, a_reviewer, declared, engaged


def url(name, cast, *more):
    return reverse(f"reviews:{name}", args=[cast.board.slug, *more])


def test_an_empty_register_says_what_to_do_first(cast, sign_in):
    page = sign_in(cast.unit).get(url("register", cast)).content.decode()
    assert "The register is empty" in page
    assert url("register_new", cast) in page


def test_an_entry_is_added_changed_and_found(cast, sign_in):
    client = sign_in(cast.chair)
    typed = ENTRY | {"user": cast.lead.email.upper()}
    assert client.post(url("register_new", cast), typed).status_code == 302
    entry = Reviewer.objects.get()
    assert entry.user == cast.lead
    changed = typed | {"skills": "Paediatrics", "version": 1}
    assert client.post(url("reviewer_edit", cast, entry.pk), changed).status_code == 302
    for word, found in [("paediatr", True), ("rowena", True), ("astronomy", False)]:
        page = client.get(url("register", cast), {"q": word}).content.decode()
        assert (entry.name in page) == found
    kinds = list(AuditEvent.objects.filter(kind__startswith="reviewer").values_list("kind"))
    assert kinds == [("reviewer_changed",), ("reviewer_added",)]


def test_how_to_reach_them_is_unreadable_in_the_database(cast):
    a_reviewer(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM reviews_reviewer")
        assert "rowena" not in cursor.fetchone()[0]


def test_a_second_click_adds_nobody_twice(cast, sign_in):
    client = sign_in(cast.unit)
    for _click in range(2):
        client.post(url("register_new", cast), ENTRY | {"user": ""})
    assert Reviewer.objects.count() == 1
    assert AuditEvent.objects.filter(kind="reviewer_added").count() == 1
    a_reviewer(cast, skills="Another person of that name")
    assert Reviewer.objects.count() == 2


def test_one_account_is_one_entry(cast, sign_in):
    a_reviewer(cast, user=cast.lead)
    typed = ENTRY | {"name": "Other", "user": cast.lead.email}
    page = sign_in(cast.unit).post(url("register_new", cast), typed).content.decode()
    assert "Another entry of the register" in page
    other = a_reviewer(cast, name="Other")
    with pytest.raises(Refused, match="Another entry"):
        register.change_reviewer(reviewer=other, version=1, by=cast.unit, user=cast.lead)


def test_an_address_without_an_account_is_said(cast, sign_in):
    typed = ENTRY | {"user": "nobody@example.org"}
    page = sign_in(cast.unit).post(url("register_new", cast), typed).content.decode()
    assert "Nobody with that address" in page


def test_a_lost_race_shows_both_and_loses_neither(cast, sign_in):
    entry = a_reviewer(cast)
    register.change_reviewer(reviewer=entry, version=1, by=cast.chair, capacity="Free from June")
    client = sign_in(cast.unit)
    typed = ENTRY | {"user": "", "capacity": "Free from July", "version": 1}
    answer = client.post(url("reviewer_edit", cast, entry.pk), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Free from June" in page and "Free from July" in page
    again = client.post(url("reviewer_edit", cast, entry.pk), typed | {"version": 2})
    assert again.status_code == 302
    with pytest.raises(Stale):
        register.change_reviewer(reviewer=entry, version=1, by=cast.unit, capacity="")


def test_retired_is_no_longer_offered_and_comes_back(cast, sign_in):
    entry, client = a_reviewer(cast), sign_in(cast.unit)
    for _click in range(2):
        assert client.post(url("reviewer_retire", cast, entry.pk)).status_code == 302
    assert AuditEvent.objects.filter(kind="reviewer_retired").count() == 1
    client.get(url("register", cast))  # says that it is done
    assert entry.name not in client.get(url("register", cast)).content.decode()
    assert entry.name in client.get(url("register", cast), {"state": "retired"}).content.decode()
    review = builders.a_review(cast)
    page = client.get(reverse("reviews:declare", args=[review.pk])).content.decode()
    assert entry.name not in page
    client.post(url("reviewer_return", cast, entry.pk))
    assert entry.name in client.get(url("register", cast)).content.decode()


def test_references_are_added_once_and_removed(cast, sign_in):
    entry, client = a_reviewer(cast), sign_in(cast.unit)
    typed = {"given_by": "Southmere LSCB", "given_on": "2026-03-01", "text": "Clear and kind"}
    for _click in range(2):
        client.post(url("reviewer", cast, entry.pk), typed)
    given = Reference.objects.get()
    assert "Clear and kind" in client.get(url("reviewer", cast, entry.pk)).content.decode()
    for _click in range(2):
        client.post(url("reference_remove", cast, entry.pk, given.pk))
    assert not Reference.objects.exists()
    assert AuditEvent.objects.filter(kind="reference_removed").count() == 1


def test_another_board_reaches_no_entry(cast, sign_in):
    entry = a_reviewer(cast)
    theirs = reverse("reviews:reviewer", args=[cast.other_board.slug, entry.pk])
    assert sign_in(cast.outsider).get(theirs).status_code == 404
    assert sign_in(cast.outsider).get(url("reviewer", cast, entry.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        register.retire(reviewer=entry, by=cast.outsider)
    with pytest.raises(PermissionDenied):
        register.add_reviewer(board=cast.board, by=cast.member, **ENTRY)


def test_other_work_is_there_for_who_may_see_it(cast, sign_in):
    entry = a_reviewer(cast, user=cast.lead)
    seen, hidden = builders.a_review(cast), builders.a_review(cast, pseudonym="Child S")
    for review in (seen, hidden):
        declared(cast, review, entry)
        engaged(cast, review, entry)
    people.appoint(review=seen, user=cast.lead, role=Role.LEAD, by=cast.unit)
    people.recuse(review=hidden, user=cast.chair, reason="Knows them", by=cast.unit)
    page = sign_in(cast.chair).get(url("register", cast)).content.decode()
    assert "1 review at work" in page
    assert seen.reference in page and hidden.reference not in page
    page = sign_in(cast.unit).get(url("register", cast)).content.decode()
    assert "2 reviews at work" in page and hidden.reference in page


def test_the_list_costs_the_same_at_any_size(cast, sign_in):
    client, counts = sign_in(cast.unit), []
    made = 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            entry = a_reviewer(cast, name=f"Reviewer {made}", user=person(f"Account {made}"))
            review = builders.a_review(cast, pseudonym=f"Child {made}")
            declared(cast, review, entry)
            engaged(cast, review, entry, starts=clock.today())
        client.get(url("register", cast))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url("register", cast)).status_code == 200
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_nonsense_in_the_filter_is_no_filter(cast, sign_in):
    entry = a_reviewer(cast)
    page = sign_in(cast.unit).get(url("register", cast), {"state": "x", "page": "many"})
    assert entry.name in page.content.decode()
