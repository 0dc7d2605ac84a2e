"""Under the question, on the first page of whom it speaks to, and nowhere else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quality_markers.assessments import queries as assessments
from quality_markers.assessments.notes import notes_for
from quality_markers.comments import operations
from quality_markers.comments.contributions import worklist
from reviews.case.operations.people import recuse


@pytest.fixture
def noted(assessment):
    """``noted("12.4", cast.lead)``: what stands under the question for that reader."""

    def under(reference: str, reader):
        assessment.review._state.fields_cache.clear()
        found = assessment.markers.filter(number=reference.split(".")[0])
        [sheet] = assessments.sheets(assessment, found, notes=notes_for(assessment, reader))
        [line] = [line for line in sheet.lines if line.reference == reference]
        return [(said.text, said.url) for said in line.notes if "/comments/" in said.url]

    return under


def test_how_much_is_said_stands_under_the_question(noted, say, cast, assessment):
    url = f"{assessment.get_absolute_url()}comments/12/4/"
    assert noted("12.4", cast.lead) == [("Comment", url)]
    assert noted("12.4", cast.auditor) == []  # who only reads is not invited to speak
    first = say()
    assert noted("12.4", cast.auditor) == [("1 comment, 1 open", url)]
    say(parent=first)
    say()
    assert noted("12.4", cast.lead) == [("3 comments, 2 open", url)]
    assert noted("12.5", cast.lead)[0][0] == "Comment"
    operations.resolve(thread=first, by=cast.chair)
    assert noted("12.4", cast.lead) == [("3 comments, 1 open", url)]


def test_the_note_costs_no_statement(say, cast, assessment):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as statements:
            notes = notes_for(assessment, cast.lead)
            assessments.sheets(assessment, assessment.markers.all(), notes=notes)
        return len(statements)

    before = cost()
    for reference in ("1.1", "4.1", "12.4", "12.4"):
        say(reference)
    assert cost() == before


def test_who_is_spoken_to_finds_it_on_the_first_page_until_they_answer(say, cast):
    first = say(to=[cast.chair, cast.panel])
    say(parent=first, to=[cast.chair])
    [need] = worklist(cast.chair)
    assert need.text == "A comment on question 12.4 of self-assessment 1 speaks to you"
    assert need.url.endswith(f"/comments/12/4/?thread={first.pk}#comment-{first.pk}")
    assert need.since == first.at
    say(parent=first, by=cast.chair)
    assert worklist(cast.chair) == []
    assert len(worklist(cast.panel)) == 1
    say(parent=first, to=[cast.chair])  # and once more
    assert len(worklist(cast.chair)) == 1
    operations.resolve(thread=first, by=cast.lead)
    assert worklist(cast.chair) == worklist(cast.panel) == []


def test_nobody_waits_for_who_cannot_answer(say, cast, review):
    say(to=[cast.auditor, cast.panel])
    assert worklist(cast.auditor) == []
    recuse(review=review, user=cast.panel, reason="Is related", by=cast.unit)
    assert worklist(cast.panel) == []


def test_liaison_is_waited_for_at_the_markers_of_the_family(say, cast):
    say("12.4", text="@Family liaison Invented")
    assert len(worklist(cast.liaison)) == 1
    say("1.1", text="@Family liaison Invented")
    assert len(worklist(cast.liaison)) == 1


def test_the_worklist_costs_the_same_however_much_is_said(say, cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            worklist(cast.chair)
        return len(statements)

    say(to=[cast.chair])
    before = cost()
    for number in range(9):
        say(f"12.{number + 1}", to=[cast.chair])
    assert cost() == before == 1
