"""What the review's own record holds, beside the questions: facts, never answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.evidence import Evidence
from tests.reviews.scoping.building import governed, named


def page(client, assessment, marker):
    place = [assessment.review_id, assessment.number, marker]
    return client.get(reverse("quality_markers:marker", args=place)).content.decode()


def part(text, anchor):
    return text.partition(f'id="{anchor}"')[2].partition("</section>")[0]


def test_facts_stand_beside_their_question_with_day_and_link(assessment, review, cast, sign_in):
    governed(cast, review)
    text = page(sign_in(cast.lead), assessment, 7)
    challenge = part(text, "q-7-3")
    assert "What the record holds (1)" in challenge and " open" in challenge
    assert reverse("reviews:governance", args=[review.pk]) + "#challenge" in challenge
    assert "Where challenge is raised is written down</a>, " in challenge
    assert "Where challenge is raised" not in part(text, "q-7-2")
    assert not assessment.answers.exists()


def test_what_is_long_is_folded(assessment, review, cast, sign_in):
    governed(cast, review)
    people = part(page(sign_in(cast.lead), assessment, 7), "q-7-1")
    assert int(people.partition("What the record holds (")[2].partition(")")[0]) > 3
    assert "<details" in people and '<details class="govuk-details" open' not in people


def test_text_of_people_is_text(assessment, review, cast, sign_in):
    named(cast, review, "signs", name="<b>Somebody</b>")
    text = page(sign_in(cast.lead), assessment, 7)
    assert "<b>Somebody" not in text and "&lt;b&gt;Somebody" in text


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "unit"])
def test_every_reader_of_the_scope_sees_them(assessment, review, cast, sign_in, who):
    governed(cast, review)
    assert "What the record holds" in page(sign_in(cast.people[who]), assessment, 7)


def test_it_is_asked_for_once_a_page(assessment, cast, sign_in, monkeypatch):
    asked = []

    def evidence(review, user, marker):
        asked.append((user, marker))
        return [Evidence(f"{marker}.1", "A fact")]

    monkeypatch.setattr("quality_markers.assessments.queries.record.evidence", evidence)
    assert "A fact" in page(sign_in(cast.lead), assessment, 1)
    assert asked == [(cast.lead, 1)]


def test_the_page_costs_the_same_however_much_there_is(assessment, review, cast, sign_in):
    client, counts, made = sign_in(cast.lead), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            named(cast, review, "conducts", name=f"Reviewer {made}")
        page(client, assessment, 7)
        with CaptureQueriesContext(connection) as caught:
            page(client, assessment, 7)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
