"""What the check finds: pure functions on content and facts."""

from dataclasses import replace
from datetime import date

import pytest

from reviews.case.identifiers import Identifier
from reviews.case.models import Child
from reviews.decisions.returns.models import AgencyReturn
from reviews.scoping.terms import check, queries, scope
from reviews.scoping.terms.operations import writing
from scr_portal.accounts.models import Agency
from scr_portal.core import clock
from tests.reviews.scoping.terms import drafting

FACTS = check.Facts(incident_on=date(2026, 1, 12))
GOOD = {
    "edition": 1,
    "period_from": "2024-06-01",
    "period_to": "2026-01-12",
    "sections": drafting.FULL | {"period": "From her birth on."},
    "agencies": [],
}


def found(content=None, facts=FACTS, **sections):
    content = GOOD | (content or {})
    content["sections"] = content["sections"] | sections
    return [(one.section, one.missing) for one in check.check(content, facts)]


def keys(*args, **kwargs):
    return [key for key, _missing in found(*args, **kwargs)]


def test_good_terms_have_no_finding():
    assert found() == []


def test_empty_terms_have_a_finding_for_what_a_reader_looks_for():
    nothing = {"period_from": "", "period_to": "", "sections": {}}
    content = GOOD | nothing
    given = {one.section for one in check.check(content, FACTS)}
    assert given == {
        "period",
        "breadth",
        "questions",
        "method",
        "family",
        "equality",
        "knowledge",
        "scale",
    }
    assert all(one.missing and one.why for one in check.check(content, FACTS))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"period_from": ""}, "no beginning or no end"),
        ({"period_to": ""}, "no beginning or no end"),
        ({"period_to": "2026-01-11"}, "ends before the incident"),
    ],
)
def test_a_period_that_leaves_something_out(dates, said):
    [(key, missing)] = found(dates)
    assert key == "period" and said in missing


def test_life_before_the_period_wants_a_word():
    facts = replace(FACTS, born=[date(2020, 3, 1)])
    assert found(facts=facts, period="") != []
    assert found(facts=facts) == []
    assert found(facts=replace(FACTS, born=[date(2025, 3, 1)]), period="") == []


@pytest.mark.parametrize(
    ("age", "latest"),
    [
        ("7 months", date(2025, 6, 12)),
        ("12", date(2014, 1, 12)),
        ("3 weeks", date(2025, 12, 22)),
        ("2 days", date(2026, 1, 10)),
        ("unborn", None),
        ("", None),
    ],
)
def test_an_age_says_when_somebody_was_born_at_the_latest(age, latest):
    assert check.born_by(age, date(2026, 1, 12)) == latest


@pytest.mark.parametrize(
    "text",
    [
        *["", "  ", "None", "none.", "N/A", "n/a", "Not applicable", "Nil", "No", "TBC"],
        *["Not known.", "There are no issues", "None identified at this stage"],
    ],
)
def test_words_that_say_nothing_of_equality(text):
    assert keys(equality=text) == ["equality"]


@pytest.mark.parametrize(
    "text",
    [
        "No interpreter was offered; ask why.",
        "Polish and Roma.",
        "None of the agencies recorded the language that is spoken at home.",
    ],
)
def test_words_that_say_something(text):
    assert keys(equality=text) == []


def test_an_agency_that_knows_the_family_is_named_somewhere():
    facts = replace(FACTS, agencies=["Northmere Police"])
    assert keys(facts=facts) == ["agencies"]
    assert keys(facts=facts, agencies="northmere police is left out: it met nobody.") == []
    chosen = {"agencies": [{"agency": "Northmere Police", "agency_number": 1, "asked": ""}]}
    assert keys(chosen, facts=facts) == []


def test_a_process_of_the_register_is_mentioned():
    facts = replace(FACTS, processes=["Inquest at Northmere"])
    assert keys(facts=facts) == ["parallel"]
    assert keys(facts=facts, parallel="The inquest at Northmere comes first.") == []


def test_each_factor_is_worth_a_line():
    [(key, missing)] = found(case_law="")
    assert key == "scale" and scope.topics()["case_law"].title in missing
    assert keys(scale="") == ["scale"]


def test_a_method_says_how_practitioners_take_part():
    assert keys(method="Chronologies are merged and analysed.") == ["method"]
    assert keys(method="") == ["method"]


@pytest.mark.parametrize("key", ["breadth", "questions", "family", "knowledge"])
def test_a_silent_section(key):
    assert keys(**{key: ""}) == [key]


def test_the_topics_are_whole():
    """QM 6 names seven factors of the context and three of the case."""
    assert len(scope.factors("context")) == 7
    assert len(scope.factors("case")) == 3
    assert len(scope.sections(edition=1)) == 10
    assert {topic.question for topic in scope.topics().values()} == {"6.1", "6.2", "6.3", "6.4"}
    assert all(topic.guidance.endswith(".") for topic in scope.topics().values())


def test_the_record_gives_the_facts(cast, review):
    police = Agency.objects.create(board=cast.board, name="Northmere Police")
    AgencyReturn.objects.create(
        review=review,
        agency=police,
        user=cast.member,
        asked_by=cast.unit,
        due_on=clock.today(),
        state="answered",
        answered_at=clock.now(),
    )
    review.appointments.filter(role="agency").update(agency=cast.agency)
    Child.objects.filter(review=review).update(age_at_incident="7 months")
    facts = queries.facts(review, cast.unit)
    assert facts.agencies == ["Northmere Health Trust", "Northmere Police"]
    assert facts.born == [date(2025, 6, 12)]
    terms = drafting.begun(cast, review)
    named = {one.missing for one in queries.findings(terms, cast.unit) if one.section == "agencies"}
    assert named == {
        "Northmere Health Trust is named nowhere.",
        "Northmere Police is named nowhere.",
    }
    writing.choose_agency(review=review, agency=police, by=cast.unit, takes_part=True)
    assert (
        len([one for one in queries.findings(terms, cast.unit) if one.section == "agencies"]) == 1
    )


def test_a_word_by_which_somebody_could_be_traced_is_found_and_not_repeated():
    known = [
        Identifier("Ana Lane", "real name", "Mother"),
        Identifier("Lane", "part of a real name", "Mother"),
        Identifier("LS1 4XY", "postcode", "Mother"),
    ]
    text = GOOD["sections"]["questions"] + " Did anybody ask Ana lane?"
    [(section, said)] = found(facts=replace(FACTS, identifiers=known), questions=text)
    assert section == "questions"
    assert "Mother: part of a real name, real name" in said
    assert "Lane" not in said
