"""docs/evidence.md against what the rooms say of a review on which everything was done."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quality_markers.catalogue.operations import load_own
from reviews.case.evidence import Evidence, evidence
from reviews.case.models import Review
from reviews.case.operations import people
from tests import builders
from tests.reviews import whole

DOCUMENT = Path(__file__).parents[2] / "docs" / "evidence.md"
ROW = re.compile(r"^\| (\d+\.\d+) \|", re.MULTILINE)
MARKERS = (1, 2, 3, 4, 5, 6, 7, 12)
NOTHING = ("No ", "Nobody")
# What one marker may cost, however much there is on the record of it.
STATEMENTS = 60


def documented() -> list[str]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def facts(review, person, *markers) -> list[Evidence]:
    """As a page asks: for a review that was fetched anew."""
    review = Review.objects.select_related("board").get(pk=review.pk)
    return [each for marker in markers or MARKERS for each in evidence(review, person, marker)]


@pytest.fixture
def review(cast):
    return whole.made(cast)


def test_the_document_has_every_question_of_its_markers_once(db):
    markers = load_own().markers.filter(number__in=MARKERS)
    asked = [
        f"{number}.{question}"
        for number, question in markers.values_list("number", "questions__number")
    ]
    assert sorted(documented()) == sorted(asked)
    assert len(asked) == 39


def test_every_question_is_spoken_to_by_the_record(cast, review):
    """The unit reads all but what family members said, which the lead reviewer reads."""
    found = facts(review, cast.unit) + facts(review, cast.lead)
    assert all(each.text and each.url for each in found)
    said = {each.question for each in found if not str(each.text).startswith(NOTHING)}
    missing = sorted(set(documented()) - said)
    assert not missing


def test_a_gap_is_said_too(cast):
    found = facts(builders.a_review(cast), cast.unit)
    missing = sorted(set(documented()) - {each.question for each in found})
    assert not missing


@pytest.mark.parametrize("who", ["unit", "chair", "auditor", "lead", "panel", "liaison"])
def test_every_fact_leads_where_its_reader_may_go(cast, review, sign_in, who):
    person = cast.people[who]
    client = sign_in(person)
    for url in {each.url for each in facts(review, person)}:
        assert client.get(url).status_code == 200, url


def test_who_may_not_read_the_record_is_told_nothing(cast, review):
    people.recuse(review=review, user=cast.chair, reason="Knows them", by=cast.unit)
    blind = ["observer", "agency", "member", "outsider", "other_chair", "stranger"]
    for who in [*blind, "administrator", "chair"]:
        assert not facts(review, cast.people[who], *range(1, 19)), who


def test_a_marker_costs_a_bounded_number_of_statements(cast, review):
    for marker in MARKERS:
        with CaptureQueriesContext(connection) as caught:
            facts(review, cast.unit, marker)
        assert len(caught) <= STATEMENTS, (marker, len(caught))
