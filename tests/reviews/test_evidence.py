"""docs/evidence.md against what the rooms say: of a bare review, and where everything was done."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from quality_markers.catalogue.operations import load_own
from reviews.case.evidence import Evidence, evidence
from reviews.case.models import Review
from reviews.case.operations import people
from tests import builders
from tests.reviews import whole

DOCUMENT = Path(__file__).parents[2] / "docs" / "evidence.md"
ROW = re.compile(r"^\| (\d+\.\d+) \| (.+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
ROOM = re.compile(r"^\| ([a-z ]+) \| `([\w.]+)` \|$", re.MULTILINE)
MARKERS = range(1, 19)
PEOPLE = "only people"
# What one marker may cost, however much there is on the record of it.
STATEMENTS = 60
# Of these nothing speaks against an answer on a bare review: test_evidence_against.py.
LATER = {
    *("1.2", "1.3", "4.4", "9.2", "9.3", "9.4", "10.7", "12.4", "12.6", "12.9"),
    *("14.2", "15.3", "17.1", "17.3"),
}


def rows() -> dict[str, tuple[str, ...]]:
    """By question: what it asks, what speaks to it, the rooms, and what speaks against it."""
    return {number: said for number, *said in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}


def rooms() -> dict[str, str]:
    return dict(ROOM.findall(DOCUMENT.read_text(encoding="utf-8")))


def rooms_of(question: str) -> list[str]:
    named = rows()[question][2]
    return [] if named == PEOPLE else named.split(", ")


def opened(review) -> Review:
    """As a page fetches it."""
    return Review.objects.select_related("board").get(pk=review.pk)


def facts(review, person, *markers) -> list[Evidence]:
    review = opened(review)
    return [each for marker in markers or MARKERS for each in evidence(review, person, marker)]


def spoken(review, *readers) -> list[Evidence]:
    return [each for person in readers for each in facts(review, person)]


@pytest.fixture
def review(cast):
    review = whole.made(cast)
    whole.a_report(cast, review, "Nobody is named here.")
    return review


def test_the_document_has_every_question_once(db):
    asked = load_own().markers.values_list("number", "questions__number")
    numbers = [number for number, *_ in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))]
    assert sorted(numbers) == sorted(f"{marker}.{question}" for marker, question in asked)
    assert len(numbers) == 107


def test_the_document_lists_every_contributor(db):
    listed = rooms()
    assert sorted(listed.values()) == sorted(settings.CONTRIBUTIONS["evidence"])
    named = {room for question in rows() for room in rooms_of(question)}
    assert named == set(listed)


def test_every_contributor_speaks_to_the_questions_that_the_document_gives_it(cast, review):
    """The unit reads all but what family members said, which the lead reviewer reads."""
    said = {
        room: {
            each.question
            for person in (cast.unit, cast.lead)
            for marker in MARKERS
            for each in import_string(path)(opened(review), person, marker)
        }
        for room, path in rooms().items()
    }
    documented = {room: {q for q in rows() if room in rooms_of(q)} for room in said}
    assert said == documented


def test_where_only_people_can_say_it_is_said_why(cast, review):
    alone = {question: said for question, said in rows().items() if said[2] == PEOPLE}
    assert len(alone) == 31
    assert all(len(why.split()) > 3 and against == "–" for _q, why, _r, against in alone.values())
    assert not {each.question for each in spoken(review, cast.unit, cast.lead)} & set(alone)


def test_a_gap_is_said_too(cast):
    found = {each.question for each in facts(builders.a_review(cast), cast.unit)}
    missing = {question for question in rows() if rooms_of(question)} - found
    # Without a report nothing in it can be looked for.
    assert missing == {"14.2"}


def test_what_speaks_against_an_answer_is_documented(cast, review):
    """On a bare review whatever is a gap, and on a whole one nothing that is not in the table."""
    may = {question for question, said in rows().items() if said[3] != "–"}
    bare = builders.a_review(cast)
    against = {each.question for each in facts(bare, cast.unit) if each.contradicts}
    assert against == may - LATER
    found = spoken(review, cast.unit, cast.lead, cast.chair)
    assert {each.question for each in found if each.contradicts} <= may


def test_facts_are_sentences_with_an_address(cast, review):
    found = spoken(review, cast.unit, cast.lead)
    assert all(str(each.text).strip() and each.url for each in found)


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
        assert not facts(review, cast.people[who]), who


def test_a_marker_costs_a_bounded_number_of_statements(cast, review):
    for marker in MARKERS:
        with CaptureQueriesContext(connection) as caught:
            facts(review, cast.unit, marker)
        assert len(caught) <= STATEMENTS, (marker, len(caught))
