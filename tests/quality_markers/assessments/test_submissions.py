import pytest
from django.db import DatabaseError, transaction

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.models import Pass, QuestionReturn, Submission
from scr_portal.core.reasons import Refused


@pytest.fixture
def submitted(assessment, write, cast):
    write("3.1", by=cast.lead, judgement="in_place", narrative="All agencies were asked")
    write("12.4", by=cast.lead, judgement="partly", narrative="Asked twice, by letter only")
    return operations.submit(assessment=assessment, by=cast.lead)


def changes(assessment, person):
    markers = list(queries.markers_for(person, assessment, rules.READ))
    return queries.changes(Pass.objects.get(pk=assessment.pk), markers)


def told_apart(rows):
    return [row.question.reference if row.question else f"r{row.marker.number}" for row in rows]


def test_what_was_submitted_is_kept_word_for_word(submitted, ask, write, cast):
    (kept,) = submitted.submissions.all()
    assert kept.texts[str(ask("12.4").pk)]["narrative"] == "Asked twice, by letter only"
    operations.take_back(assessment=submitted, by=cast.lead)
    write("12.4", by=cast.lead, narrative="Asked twice")
    operations.submit(assessment=submitted, by=cast.lead)
    assert [row.number for row in submitted.submissions.all()] == [1, 2]
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(texts={})


def test_the_chair_sends_single_questions_back(submitted, ask, cast):
    back = operations.return_pass(
        assessment=submitted, questions={ask("12.4"): "By whom?", ask("3.1"): " "}, by=cast.chair
    )
    (row,) = QuestionReturn.objects.all()
    assert (row.question, row.reason, row.by) == (ask("12.4"), "By whom?", cast.chair)
    assert back.return_reasons == "The reasons stand beside the questions."
    markers = list(back.markers.all())
    assert [each.reason for each in queries.returned(back, markers)] == ["By whom?"]
    assert queries.returned(back, [ask("3.1").marker]) == []


def test_something_must_be_said(submitted, review, ask, cast):
    with pytest.raises(Refused, match="Say why"):
        operations.return_pass(assessment=submitted, questions={ask("12.4"): " "}, by=cast.chair)
    some = operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[4])
    some = operations.submit(assessment=some, by=cast.lead)
    with pytest.raises(Refused, match="not part"):
        operations.return_pass(assessment=some, questions={ask("12.4"): "Why?"}, by=cast.chair)


def test_one_that_was_submitted_again_meanwhile_is_read_anew(submitted, cast):
    read = operations.submission_of(submitted)
    operations.take_back(assessment=submitted, by=cast.lead)
    operations.submit(assessment=submitted, by=cast.lead)
    with pytest.raises(Refused, match="Read it anew"):
        operations.return_pass(
            assessment=submitted, reasons="See 12.4", submission=read, by=cast.chair
        )
    operations.return_pass(assessment=submitted, reasons="See 12.4", by=cast.chair)
    with pytest.raises(Refused, match="not with the chair"):
        operations.return_pass(assessment=submitted, reasons="See 12.4", by=cast.chair)


def test_after_a_return_only_what_changed_is_shown(submitted, assessment, ask, write, cast):
    assert changes(submitted, cast.chair) is None
    operations.return_pass(
        assessment=submitted,
        questions={ask("12.4"): "By whom?", ask("3.1"): "Which agencies?"},
        by=cast.chair,
    )
    assert told_apart(changes(submitted, cast.lead).untouched) == ["3.1", "12.4"]
    write("12.4", by=cast.lead, narrative="Asked twice by the lead reviewer")
    marker = assessment.markers.get(number=12)
    operations.save_reflection(
        assessment=assessment, marker=marker, by=cast.lead, version=0, text="Better now"
    )
    operations.submit(assessment=assessment, by=cast.lead)
    found = changes(submitted, cast.chair)
    assert found.since.number == 1
    assert told_apart(found.changed) == ["12.4", "r12"]
    assert told_apart(found.untouched) == ["3.1"]
    (label, pieces) = found.changed[0].fields[0]
    assert label == "Narrative"
    assert "".join(piece.text for piece in pieces if piece.kind == "added") != ""
    assert told_apart(changes(submitted, cast.liaison).rows) == ["12.4", "r12"]


def test_changes_cost_the_same_whatever_has_changed(
    submitted, write, ask, cast, django_assert_max_num_queries
):
    operations.return_pass(assessment=submitted, reasons="See all", by=cast.chair)
    for number in range(1, 6):
        write(f"12.{number}", by=cast.lead, judgement="partly", narrative=f"Text {number}")
    operations.submit(assessment=submitted, by=cast.lead)
    markers = list(submitted.markers.all())
    submitted = Pass.objects.get(pk=submitted.pk)
    with django_assert_max_num_queries(5):
        assert len(queries.changes(submitted, markers).rows) == 5


def test_a_pass_without_a_marker_is_not_put_to_the_chair(review, cast):
    empty = operations.open_pass(review=review, purpose="progressive", by=cast.lead, markers=[])
    with pytest.raises(Refused, match="holds no marker"):
        operations.submit(assessment=empty, by=cast.lead)
