"""The first page, the list and the history: what they say, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations import deadlines, people, record
from reviews.case.operations.lifecycle import advance, pause, resume
from reviews.permissions import Permission, Role
from scr_portal.audit import operations as audit
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from tests.cast import person


def ago(days):
    return clock.today() - timedelta(days=days)


@pytest.fixture
def make(cast):
    def made(pseudonym="Child A", board=None, by=None, **fields):
        told = {"incident_on": ago(40), "aware_on": ago(30), "referred_on": ago(10)} | fields
        return record.create_review(
            board=board or cast.board, by=by or cast.unit, pseudonym=pseudonym, **told
        )

    return made


def statements(client, address):
    """But for the session's own note of when it was last used, written once in a while."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    said = [q["sql"] for q in caught if "SAVEPOINT" not in q["sql"]]
    return [sql for sql in said if not sql.startswith('UPDATE "accounts_session"')]


def test_a_list_costs_the_same_at_any_size(make, cast, sign_in):
    client = sign_in(cast.unit)
    counts: dict[str, list[int]] = {"list": [], "home": []}
    made = 0
    for size in (1, 10, 60):
        while made < size:
            made += 1
            make(f"Child {made}")
        counts["list"].append(len(statements(client, reverse("reviews:list"))))
        counts["home"].append(len(statements(client, reverse("home"))))
    assert len(set(counts["list"])) == 1, counts
    assert counts["list"][0] <= 8, counts
    assert len(set(counts["home"])) == 1, counts


def test_the_list_is_searched_filtered_and_sorted(make, cast, sign_in):
    client = sign_in(cast.unit)
    one, two = make("Child Amber"), make("Child Beryl", referred_on=ago(5))
    advance(review=two, to=Stage.CONSIDERING, by=cast.unit)
    pause(review=two, kind="inquest", reason="", by=cast.unit)

    def found(query):
        text = client.get(reverse("reviews:list") + query).content.decode()
        return {row.pseudonym for row in (one, two) if row.pseudonym in text}

    assert found("?q=amb") == {"Child Amber"}
    assert found(f"?q={two.reference.lower()}") == {"Child Beryl"}
    assert found("?stage=considering") == {"Child Beryl"}
    assert found("?stage=closed") == set()
    assert found("?paused=1") == {"Child Beryl"}
    assert found("?over=1&stage=referred") == {"Child Amber"}
    assert found("?stage=moon&sort=sideways&page=99") == {"Child Amber", "Child Beryl"}
    assert found("?q=%00%25") == set()
    page = client.get(reverse("reviews:list") + "?q=nothing").content.decode()
    assert "No review matches" in page
    ordered = client.get(reverse("reviews:list") + "?sort=reference").content.decode()
    assert ordered.index(one.reference) < ordered.index(two.reference)


def test_pages_of_twenty_five(make, cast, sign_in):
    for number in range(26):
        make(f"Child {number}")
    client = sign_in(cast.unit)
    first = client.get(reverse("reviews:list")).content.decode()
    second = client.get(reverse("reviews:list") + "?page=2").content.decode()
    assert "26 reviews" in first
    assert first.count("/reviews/") > second.count("/reviews/")
    assert second.count(f"SCR-{ago(10).year}-0") >= 1


def test_search_and_counts_know_only_what_is_visible(make, cast, sign_in):
    make("Child Amber", board=cast.other_board, by=cast.outsider)
    page = sign_in(cast.unit).get(reverse("reviews:list") + "?q=amber").content.decode()
    assert "Child Amber" not in page
    assert "All (0)" in page


def test_the_first_page_says_what_is_due_first(make, cast, sign_in):
    review = make("Child Amber")
    make("Child Beryl", aware_on=ago(12))
    page = sign_in(cast.unit).get("/").content.decode()
    assert page.index("Child Amber") < page.index("Child Beryl")
    assert "over" in page
    assert "with: Business unit" in page
    assert review.deadlines.first().label in page


def test_a_long_name_and_marks_of_its_own_stay_text(make, cast, sign_in):
    make("<script>alert(1)</script>" + "W" * 35)
    client = sign_in(cast.unit)
    for name in ("home", "reviews:list"):
        assert "<script>alert" not in client.get(reverse(name)).content.decode()


def test_opening_a_review_is_kept_once_in_a_while(make, cast, sign_in):
    review = make()
    client = sign_in(cast.unit)
    for _ in range(3):
        client.get(reverse("reviews:detail", args=[review.pk]))
    sign_in(cast.chair).get(reverse("reviews:detail", args=[review.pk]))
    opened = AuditEvent.objects.filter(review_id=review.pk, kind="review_opened")
    assert opened.count() == 2
    assert set(opened.values_list("actor_id", flat=True)) == {cast.unit.pk, cast.chair.pk}


def test_the_review_page_costs_the_same_with_more_in_it(make, cast, sign_in):
    small, large = make("Small"), make("Large")
    for number in range(8):
        record.add_child(review=large, by=cast.unit, pseudonym=f"C{number}", harm="died")
    cast.on(large)
    client = sign_in(cast.unit)
    costs = []
    for review in (small, large):
        address = reverse("reviews:detail", args=[review.pk])
        client.get(address)
        costs.append(len(statements(client, address)))
    assert costs[0] == costs[1]


def test_the_page_leads_to_what_stands_against_a_move(make, cast, sign_in):
    review = make()
    client = sign_in(cast.unit)
    address = reverse("reviews:advance", args=[review.pk, Stage.CONSIDERING])
    page = client.get(reverse("reviews:detail", args=[review.pk])).content.decode()
    assert address in page
    assert "Told of it:" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    again = client.post(address)
    assert again.status_code == 409
    assert "already at this stage" in again.content.decode()
    chair = sign_in(cast.chair)
    page = chair.get(reverse("reviews:detail", args=[review.pk])).content.decode()
    assert "No decision has been signed" in page
    decide = reverse("reviews:advance", args=[review.pk, Stage.DECIDED])
    assert "No decision has been signed" in chair.post(decide).content.decode()
    assert client.post(decide).status_code == 403


@pytest.mark.parametrize(("to", "status"), [("moon", 404), ("closed", 409), ("referred", 409)])
def test_an_unknown_or_wrong_stage_changes_nothing_and_says_so(to, status, make, cast, sign_in):
    review = make()
    answer = sign_in(cast.unit).post(reverse("reviews:advance", args=[review.pk, to]))
    assert answer.status_code == status
    assert "Nothing was changed" in answer.content.decode()
    assert Review.objects.get(pk=review.pk).stage == Stage.REFERRED


def test_the_history_is_in_sentences_and_filtered(make, cast, sign_in):
    review = make()
    pause(review=review, kind="inquest", reason="", by=cast.unit)
    audit.record(kind=audit.Event.REVIEW_OPENED, by=cast.chair, target=review, review=review)
    client = sign_in(cast.unit)

    def page(query=""):
        return client.get(reverse("reviews:history", args=[review.pk]) + query).content.decode()

    whole = page()
    assert f"{cast.unit.name} paused the review: Inquest" in whole
    assert f"{cast.unit.name} read the history" in whole
    assert "opened the review" not in page("?group=stages")
    assert "paused the review" in page("?group=stages")
    assert "paused the review" not in page(f"?actor={cast.chair.pk}")
    assert "opened the review" in page(f"?actor={cast.chair.pk}")
    assert "Nothing matches" in page("?until_day=1&until_month=1&until_year=2000")
    wrong = page(
        "?since_day=2&since_month=1&since_year=2026&until_day=1&until_month=1&until_year=2026"
    )
    assert "on or after the day from" in wrong
    assert "paused the review" in page("?group=moon")


def test_why_a_review_went_back_stands_on_its_page(make, cast, sign_in):
    review = make()
    cast.on(review)
    advance(review=review, to=Stage.CONSIDERING, by=cast.unit, reason="Asked by the <b>chair</b>")
    address = reverse("reviews:detail", args=[review.pk])
    page = sign_in(cast.chair).get(address).content.decode()
    assert "Asked by the &lt;b&gt;chair" in page
    assert "Asked by the" not in sign_in(cast.observer).get(address).content.decode()


@pytest.mark.parametrize("name", ["dates", "people", "children", "history", "appoint"])
def test_the_rooms_cost_the_same_with_more_in_them(name, make, cast, sign_in):
    small, large = make("Small"), make("Large")
    for review, size in ((small, 1), (large, 6)):
        fill(review, cast, size)
    client = sign_in(cast.unit)
    costs = []
    for review in (small, large):
        address = reverse(f"reviews:{name}", args=[review.pk])
        client.get(address)
        costs.append(len(statements(client, address)))
    assert costs[0] == costs[1]


def fill(review, cast, size):
    """Children, people, leave, recusals, pauses and extensions: ``size`` of each."""
    for number in range(size):
        record.add_child(review=review, by=cast.unit, pseudonym=f"C{number}", harm="died")
        reader, other = (person(f"{word} {review.pseudonym} {number}") for word in "XY")
        held = people.appoint(review=review, user=reader, role=Role.PANEL, by=cast.unit)
        people.appoint(review=review, user=other, role=Role.OBSERVER, by=cast.unit)
        leave = {"permission": Permission.READ_HISTORY, "reason": "Cover", "ends": None}
        people.grant(review=review, user=reader, by=cast.unit, **leave)
        pause(review=review, kind="inquest", reason="", by=cast.unit)
        resume(review=review, by=cast.unit)
        if number % 2:
            people.end_appointment(appointment=held, by=cast.unit)
        recused = people.recuse(review=review, user=other, reason="Is related", by=cast.unit)
        if number % 2:
            people.end_recusal(recusal=recused, by=cast.chair)
    for row in review.deadlines.filter(statutory=True, met_on=None)[:size]:
        told = {"kind": "inquest", "reason": "", "by": cast.unit}
        deadlines.extend(deadline=row, due_on=row.due_on + timedelta(days=400), **told)
