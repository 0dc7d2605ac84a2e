"""Comparisons, histories, comments and contradictions, as each reader may have them."""

import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Explanation
from quality_markers.catalogue.models import Question
from quality_markers.comments.models import QuestionComment
from quality_markers.comparing.models import Movement
from quality_markers.exports import queries
from quality_markers.exports.models import Export
from reviews.case.evidence import Evidence
from scr_portal.core import clock, contributions


def question(reference: str) -> Question:
    marker, number = reference.split(".")
    return Question.objects.get(marker__number=marker, number=number)


def row(kind, of, reference, by, **fields):
    return kind.objects.create(
        review=of.review,
        board=of.board,
        question=reference and question(reference),
        by=by,
        **fields,
    )


def said(book, kind: str) -> dict[str, list[str]]:
    """By question, what is said of one kind."""
    return {
        entry.reference: [each.text for each in words]
        for _part, chapter in book.chapters
        for entry in chapter.entries
        if (words := [s for voice in entry.voices for s in voice.said if s.kind == kind])
    }


@pytest.fixture
def later(assessment, review, answer, cast):
    answer(assessment, "1.1", judgement="partly", narrative="Half of it.")
    answer(assessment, "4.1", judgement="not_in_place", narrative="Nobody has told them.")
    later = assessments.open_pass(review=review, purpose="retrospective", by=cast.lead)
    answer(later, "4.1", judgement="in_place", narrative="They were told in March.")
    fields = {"earlier": assessment, "later": later}
    row(Movement, later, "4.1", cast.lead, words="The letter went out.", **fields)
    row(Movement, later, None, cast.lead, words="Much moved.", **fields)
    return later


@pytest.fixture
def two(assessment, later):
    return {"on": later, "of": "comparison", "compared_with": assessment}


def test_a_comparison_lays_both_beside_each_other_and_says_why(book, two, cast):
    found = book(cast.lead, **two)
    assert found.title == "What moved between self-assessments 1 and 2"
    [entry] = [
        entry
        for _part, chapter in found.chapters
        for entry in chapter.entries
        if entry.reference == "4.1"
    ]
    assert [voice.judgement for voice in entry.voices] == ["Not in place", "In place"]
    assert [voice.number for voice in entry.voices] == [1, 2]
    assert said(found, "why")["4.1"][0].startswith("The letter went out.\n\nLead reviewer Invented")
    overall = {each.kind: each.text for each in found.said}
    assert overall["why"].startswith("Much moved.")
    assert overall["left"].startswith("1.1 ")


def test_liaison_has_of_a_comparison_what_is_of_the_family(book, two, cast):
    found = book(cast.liaison, **two)
    assert found.numbers == [4, 12]
    assert not found.said
    assert said(found, "narrative").keys() == {"4.1"}


def test_a_history_holds_each_pass_in_its_order(book, later, cast):
    found = book(cast.lead, on=later, of="history")
    assert [part.eyebrow.partition(",")[0] for part in found.parts] == [
        "Self-assessment 1",
        "Self-assessment 2",
    ]
    assert [each.kind for each in found.parts[1].said] == ["why"]
    assert said(found, "why")["4.1"][0].startswith("Since self-assessment 1:")
    keys = [chapter.key for _part, chapter in found.chapters]
    assert len(set(keys)) == len(keys) == 36
    liaison = book(cast.liaison, on=later, of="history")
    assert liaison.numbers == [4, 12]
    assert not liaison.parts[1].said


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "csv"])
def test_both_are_written_in_every_form(form, file_for, two, later, cast):
    for choices in (two, {"on": later, "of": "history"}):
        assert len(file_for(cast.lead, form, marker=4, **choices)) > 1000


def test_comments_go_along_where_they_are_asked_for(book, assessment, answer, cast):
    answer(assessment, "4.1", narrative="Words.")
    one = row(
        QuestionComment, assessment, "4.1", cast.lead, assessment=assessment, text="Why?", token="1"
    )
    fields = {"assessment": assessment, "parent": one, "token": "2"}
    row(QuestionComment, assessment, "4.1", cast.chair, text="@Lead reviewer Invented", **fields)
    row(QuestionComment, assessment, "1.1", cast.lead, assessment=assessment, text="No", token="3")
    assert said(book(cast.lead), "comments") == {}
    [[found]] = [
        words
        for key, words in said(book(cast.lead, with_comments=True), "comments").items()
        if key == "4.1"
    ]
    assert "Lead reviewer Invented" in found
    assert found.index("Why?") < found.index("@Lead")
    veiled = book(cast.lead, with_comments=True, is_named=False)
    assert "Invented" not in said(veiled, "comments")["4.1"][0]
    assert said(book(cast.liaison, with_comments=True), "comments").keys() == {"4.1"}


@pytest.fixture
def record(monkeypatch):
    """The record says these things, whatever it says."""

    def says(*facts: Evidence) -> None:
        def collect(point, *args):
            return list(facts) if point == "evidence" else contributions.collect(point, *args)

        monkeypatch.setattr("reviews.case.evidence.collect", collect)

    return says


def test_what_the_record_says_against_it_goes_along_with_what_explains_it(
    book, assessment, answer, record, cast
):
    answer(assessment, "4.1", judgement="in_place", narrative="They know.")
    answer(assessment, "4.2", judgement="in_place")
    record(
        Evidence("4.1", "Family told: no record", contradicts=True),
        Evidence("4.2", "No letter", on=clock.today(), contradicts=True),
    )
    row(
        Explanation,
        assessment,
        "4.1",
        cast.lead,
        assessment=assessment,
        facts=["Family told: no record"],
        words="By telephone.",
    )
    found = book(cast.lead)
    assert said(found, "against")["4.1"] == ["Family told: no record"]
    assert said(found, "explained")["4.1"][0].startswith("By telephone.\n\nLead reviewer Invented")
    assert said(found, "explained")["4.2"] == ["Nobody has explained it yet."]


def test_a_file_of_two_passes_is_given_while_both_may_be_read(ask, two, cast, review):
    from reviews.case.models import Appointment
    from reviews.case.operations import people

    choices = {key: value for key, value in two.items() if key != "on"}
    ask(two["on"], **choices)
    Export.objects.update(markers=[4, 12])
    assert queries.may_still_read(cast.lead, Export.objects.get())
    people.appoint(review=review, user=cast.lead, role="liaison", by=cast.unit)
    appointment = Appointment.objects.get(review=review, user=cast.lead, role="lead")
    people.end_appointment(appointment=appointment, by=cast.unit)
    fresh = type(cast.lead).objects.get(pk=cast.lead.pk)
    assert queries.may_still_read(fresh, Export.objects.get())
    Export.objects.update(markers=[1, 4])
    assert not queries.may_still_read(fresh, Export.objects.get())
