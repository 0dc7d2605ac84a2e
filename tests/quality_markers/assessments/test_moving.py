import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import contributions, operations
from quality_markers.assessments.models import Answer, EvidenceItem, Pass
from quality_markers.assessments.queries.moving import mapped, newer_version
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.quality_markers.assessments.test_passes import told
from tests.quality_markers.assessments.wordings import NEW, REWORDED, a_newer_one


@pytest.fixture
def signed(assessment, write, cast):
    write("12.4", by=cast.lead, judgement="partly", narrative="Asked twice")
    submitted = operations.submit(assessment=assessment, by=cast.lead)
    return operations.accept(assessment=submitted, by=cast.chair, method="password")


def withdraw(assessment, by, reason="Begun by mistake"):
    return operations.withdraw(assessment=assessment, reason=reason, by=by)


def test_a_withdrawn_pass_can_be_read_and_not_written(assessment, write, review, cast):
    write("12.4", by=cast.lead, narrative="Kept")
    gone = withdraw(assessment, cast.lead)
    assert (gone.state, gone.withdrawn_reason) == (Pass.State.WITHDRAWN, "Begun by mistake")
    with pytest.raises(Refused, match="has been withdrawn"):
        write("12.4", by=cast.lead, narrative="More")
    with pytest.raises(Refused, match="withdrawn"):
        operations.submit(assessment=assessment, by=cast.lead)
    assert Answer.objects.get().narrative == "Kept"
    assert contributions.worklist(cast.lead) == []
    assert AuditEvent.objects.filter(kind="pass_given_up").count() == 1
    again = operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    assert again.number == 2


def test_a_withdrawn_pass_stands_in_nobody_s_way_at_the_close(assessment, review, cast):
    closing = LIFECYCLE.find(Stage.IMPLEMENTING, Stage.CLOSED)
    assert len(contributions.blockers(closing, review, cast.chair)) == 1
    withdraw(assessment, cast.unit)
    assert contributions.blockers(closing, review, cast.chair) == []
    assert told("pass_given_up") == {"Lead reviewer Invented"}


def test_what_cannot_be_withdrawn_says_why(assessment, cast):
    with pytest.raises(Refused, match="Say why"):
        withdraw(assessment, cast.lead, reason=" ")
    operations.submit(assessment=assessment, by=cast.lead)
    with pytest.raises(Refused, match="Take it back first"):
        withdraw(assessment, cast.lead)
    operations.take_back(assessment=assessment, by=cast.lead)
    withdraw(assessment, cast.lead)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw(assessment, cast.lead)


@pytest.mark.parametrize("who", ["chair", "liaison", "panel", "auditor", "outsider"])
def test_only_who_fills_in_the_whole_withdraws_reopens_and_moves(assessment, cast, who):
    by = cast.people[who]
    newer = a_newer_one(assessment.catalogue)
    for act in (
        lambda: withdraw(assessment, by),
        lambda: operations.reopen(assessment=assessment, reason="Again", by=by),
        lambda: operations.move(assessment=assessment, version=newer.pk, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_on_a_closed_review_nothing_moves(assessment, cast, monkeypatch):
    newer = a_newer_one(assessment.catalogue)
    review = Review.objects.get()
    review.stage = Stage.CLOSED
    # Closing is refused while a pass is unfinished, so pretend it was not.
    monkeypatch.setattr(type(Review.objects.all()), "locked", lambda rows, pk: review)
    for act in (
        lambda: withdraw(assessment, cast.lead),
        lambda: operations.reopen(assessment=assessment, reason="Again", by=cast.lead),
        lambda: operations.move(assessment=assessment, version=newer.pk, by=cast.lead),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


def test_a_withdrawn_pass_goes_on_where_it_was_left(assessment, write, cast):
    reason = withdraw(assessment, cast.lead).withdrawn_reason
    with pytest.raises(Refused, match="Say why"):
        operations.reopen(assessment=assessment, reason="", by=cast.lead)
    again = operations.reopen(assessment=assessment, reason="It was no mistake", by=cast.lead)
    assert (again.pk, again.state, again.withdrawn_reason) == (assessment.pk, Pass.State.OPEN, "")
    withdrawn, reopened = again.copied_because.split("\n")  # both are words of people
    assert withdrawn.endswith(f": {reason}")
    assert reopened == "It was no mistake"
    with pytest.raises(Refused, match="open already"):
        operations.reopen(assessment=assessment, reason="Again", by=cast.lead)
    write("12.4", by=cast.lead, narrative="More")


def test_one_that_came_back_is_open_with_its_reasons_again(assessment, cast):
    operations.submit(assessment=assessment, by=cast.lead)
    operations.return_pass(assessment=assessment, reasons="See 12.4", by=cast.chair)
    withdraw(assessment, cast.lead)
    again = operations.reopen(assessment=assessment, reason="Needed after all", by=cast.lead)
    assert (again.state, again.return_reasons) == (Pass.State.RETURNED, "See 12.4")


def test_it_does_not_go_on_beside_another_of_its_kind(assessment, review, cast):
    withdraw(assessment, cast.lead)
    other = operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    with pytest.raises(Refused, match="open already") as refused:
        operations.reopen(assessment=assessment, reason="Again", by=cast.lead)
    assert refused.value.reasons[0].url == other.get_absolute_url()


def test_a_signed_pass_stands_and_a_copy_goes_on(signed, write, ask, cast):
    copy = operations.reopen(assessment=signed, reason="An agency has answered", by=cast.lead)
    signed.refresh_from_db()
    assert (signed.state, copy.state) == (Pass.State.ACCEPTED, Pass.State.OPEN)
    assert (copy.number, copy.copied_from, copy.markers.count()) == (2, signed, 18)
    answer = copy.answers.get()
    assert (answer.narrative, answer.by, answer.copied_from) == (
        "Asked twice",
        cast.lead,
        signed.answers.get(),
    )
    with pytest.raises(Refused, match="goes on as self-assessment 2"):
        operations.reopen(assessment=signed, reason="Twice", by=cast.lead)
    operations.save_answer(
        assessment=copy,
        question=ask("12.4"),
        by=cast.unit,
        version=1,
        changes={"narrative": "Asked three times"},
    )
    assert signed.answers.get().narrative == "Asked twice"


def test_whoever_wrote_in_the_signed_pass_does_not_sign_its_copy(signed, cast):
    copy = operations.reopen(assessment=signed, reason="Again", by=cast.unit)
    copy = operations.submit(assessment=copy, by=cast.unit)
    assert operations.against_signing(copy, cast.lead)
    assert not operations.against_signing(copy, cast.chair)


def test_a_pass_goes_on_in_a_newer_wording(assessment, review, write, cast):
    write("12.4", by=cast.lead, judgement="partly", narrative="Asked twice")
    write("12.5", by=cast.lead, judgement="in_place", narrative="Has no place there")
    write("3.1", by=cast.unit, judgement="in_place")
    marker = assessment.markers.get(number=12)
    operations.save_reflection(
        assessment=assessment, marker=marker, by=cast.lead, version=0, text="Taken together"
    )
    operations.assign(assessment=assessment, person=cast.panel, markers=[marker], by=cast.lead)
    newer = a_newer_one(assessment.catalogue)
    assert newer_version(assessment) == newer
    moved = operations.move(
        assessment=assessment, version=newer.pk, words="Agreed by the board.", by=cast.lead
    )
    assessment.refresh_from_db()
    assert (assessment.state, moved.number) == (Pass.State.WITHDRAWN, 2)
    assert "goes on as self-assessment 2, in the wording “Newer”. Agreed" in moved.copied_because
    assert moved.copied_because == assessment.withdrawn_reason
    answers = {row.question.reference: row for row in moved.answers.select_related("question")}
    assert set(answers) == {"12.4", "3.1"}
    assert answers["12.4"].question.text == REWORDED
    assert answers["12.4"].copied_from.question.text != REWORDED
    assert (answers["3.1"].by, moved.reflections.get().text) == (cast.unit, "Taken together")
    assert assessment.answers.count() == 3
    held = moved.assignments.get()
    assert (held.person, held.marker.version, held.ended_at) == (cast.panel, newer, None)
    assert not assessment.assignments.filter(ended_at=None).exists()
    later = operations.open_pass(review=review, purpose="planning", by=cast.lead)
    assert later.catalogue == newer
    with pytest.raises(Refused, match="goes on as self-assessment 2"):
        operations.reopen(assessment=assessment, reason="Back", by=cast.lead)


def test_before_the_move_it_is_said_what_becomes_of_every_answer(assessment, write, cast):
    write("12.5", by=cast.lead, narrative="Has no place there")
    write("18.1", by=cast.lead, judgement="partly")
    found = mapped(assessment, a_newer_one(assessment.catalogue))
    assert [row.question.reference for row in found.left_answers] == ["12.5", "18.1"]
    assert [(old.reference, new.text) for old, new in found.reworded] == [("12.4", REWORDED)]
    assert [row.text for row in found.added] == [NEW]
    assert found.leaves


def test_evidence_and_the_plan_move_along(assessment, ask, cast, review):
    item = EvidenceItem.objects.create(
        review=review,
        assessment=assessment,
        question=ask("12.4"),
        kind="note",
        text="In the cabinet of the unit",
        by=cast.lead,
        token="one",
    )
    operations.plan_marker(
        assessment=assessment,
        marker=ask("12.4").marker,
        version=0,
        by=cast.lead,
        stage="drafting",
        lead=cast.panel,
    )
    newer = a_newer_one(assessment.catalogue)
    moved = operations.move(assessment=assessment, version=newer.pk, by=cast.lead)
    there = moved.evidence_items.get()
    assert (there.text, there.question.text, there.at) == (item.text, REWORDED, item.at)
    assert (moved.plan.get().lead, moved.plan.get().stage) == (cast.panel, "drafting")


def test_a_move_is_made_once_and_to_what_was_read(assessment, cast):
    with pytest.raises(Refused, match="has changed"):
        operations.move(assessment=assessment, version=assessment.catalogue_id, by=cast.lead)
    newer = a_newer_one(assessment.catalogue)
    operations.move(assessment=assessment, version=newer.pk, by=cast.lead)
    with pytest.raises(Refused, match="withdrawn already"):
        operations.move(assessment=assessment, version=newer.pk, by=cast.lead)
    assert Pass.objects.count() == 2
    assert newer_version(Pass.objects.get(number=2)) is None


def test_to_another_framework_nothing_moves(assessment, request, cast):
    request.getfixturevalue("invented_catalogue")
    assert newer_version(assessment) is None
