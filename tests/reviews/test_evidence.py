"""docs/evidence.md against what the rooms say of a review on which everything was done."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quality_markers.catalogue.models import Question
from reviews.case.evidence import Evidence, evidence
from reviews.case.models import Review
from reviews.case.operations import people
from scr_portal.accounts.models import User
from scr_portal.demonstration import loading

DOCUMENT = Path(__file__).parents[2] / "docs" / "evidence.md"
ROW = re.compile(r"^\| (\d+\.\d+) \|", re.MULTILINE)
MARKERS = (1, 2, 3, 5, 6, 7)
# What one marker may cost, however much there is on the record of it.
STATEMENTS = 60


def documented() -> list[str]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture
def review(db):
    """The demonstration walks the real operations from the referral to the review's work."""
    loading.load()
    return Review.objects.select_related("board").get(pseudonym="Child Fieldfare")


def somebody(first_name):
    return User.objects.get(name__startswith=first_name)


def facts(review, person, *markers) -> list[Evidence]:
    """As a page asks: for a review that was fetched anew, through its door."""
    review = Review.objects.select_related("board").get(pk=review.pk)
    return [each for marker in markers or MARKERS for each in evidence(review, person, marker)]


def test_the_document_has_every_question_of_its_markers_once(review):
    asked = Question.objects.filter(marker__number__in=MARKERS, marker__version__edition="2016")
    numbers = [f"{each.marker.number}.{each.number}" for each in asked.select_related("marker")]
    assert sorted(documented()) == sorted(set(numbers))
    assert len(documented()) == 26


def test_every_question_is_spoken_to_by_the_record(review):
    found = facts(review, somebody("Una"))
    missing = sorted(set(documented()) - {each.question for each in found})
    assert not missing
    nothing = ("No record", "No declaration", "No reviewer", "No route", "Nobody")
    said = {each.question for each in found if not str(each.text).startswith(nothing)}
    assert not sorted(set(documented()) - said)
    assert all(each.text and each.url for each in found)


@pytest.mark.parametrize("who", ["Una", "Charles", "Audrey", "Leonard", "Paul", "Fatima"])
def test_every_fact_leads_where_its_reader_may_go(review, sign_in, who):
    person = somebody(who)
    client = sign_in(person)
    for url in {each.url for each in facts(review, person)}:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("who", ["Olwen", "Agnes", "Meera", "Edward", "Ada"])
def test_who_may_not_read_the_record_is_told_nothing(review, who):
    """Observer, agency author, board member, another board's unit and the administrator."""
    assert not facts(review, somebody(who), *range(1, 19))


def test_a_recused_person_is_told_nothing_and_a_draft_is_for_its_writers(review):
    chair = somebody("Charles")
    people.recuse(review=review, user=chair, reason="Knows them", by=somebody("Una"))
    assert not facts(review, chair)


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_costs_a_bounded_number_of_statements(review, marker):
    person = somebody("Una")
    facts(review, person, marker)
    with CaptureQueriesContext(connection) as caught:
        facts(review, person, marker)
    assert len(caught) <= STATEMENTS, len(caught)
