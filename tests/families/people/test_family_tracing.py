"""Words by which somebody could be traced, from the register."""

from families.people import tracing
from families.people.operations.households import add_household
from reviews.case.identifiers import found_in, identifiers
from reviews.case.operations.record import add_child
from reviews.scoping.terms import queries
from reviews.scoping.terms.operations import writing
from tests.families.conftest import a_person
from tests.reviews.scoping.terms import drafting


def test_a_name_is_its_whole_and_its_parts_but_not_common_words():
    assert tracing.parts_of_name("Ana  Lane") == ["Ana Lane", "Ana", "Lane"]
    double = ["Will O'Brien-Shah", "O'Brien-Shah", "O'Brien", "Shah"]
    assert tracing.parts_of_name("Will O'Brien-Shah") == double
    assert tracing.parts_of_name("Jo Li") == ["Jo Li"]
    assert tracing.parts_of_name(" ") == []


def test_names_addresses_numbers_and_children_are_in_the_list(review, cast):
    a_person(
        review,
        cast,
        real_name="Maryam Testcase",
        address="17 Nowhere Row\nNorthmere\nZZ1 2ZZ",
        telephone="01632 960 123, 07700 900123",
        email="maryam@family.example",
    )
    add_household(
        review=review, name="The flat", address="4 Elsewhere Close, ZZ9 9ZZ", by=cast.unit
    )
    add_child(review=review, by=cast.unit, pseudonym="Child S", harm="harmed", real_name="Sami Two")
    known = identifiers(review)
    words = {each.words: each.called for each in known}
    for said in ("Maryam Testcase", "Testcase", "17 Nowhere Row", "ZZ1 2ZZ", "ZZ12ZZ"):
        assert words[said] == "Mother"
    for said in ("01632 960 123", "01632960123", "07700 900123", "maryam@family.example"):
        assert words[said] == "Mother"
    assert words["4 Elsewhere Close"] == "The flat"
    assert words["Sami"] == "Child S"
    assert "Northmere" not in words
    found = found_in("We rang maryam\ntestcase on 01632960123.", known)
    assert {each.kind for each in found} == {
        "real name",
        "part of a real name",
        "telephone number",
    }


def test_the_terms_warn_who_may_see_names_and_nobody_else(review, cast):
    a_person(review, cast, real_name="Maryam Testcase")
    terms = writing.begin(review=review, by=cast.lead)
    drafting.write(terms, "questions", cast.lead, text="What did Maryam ask for?")

    def told(user):
        return [one for one in queries.findings(terms, user) if "traced" in one.missing]

    [finding] = told(cast.lead)
    assert finding.section == "questions"
    assert "Mother: part of a real name" in finding.missing
    assert "Maryam" not in finding.missing + finding.why
    assert told(cast.auditor) == []
    assert told(cast.panel) == []
