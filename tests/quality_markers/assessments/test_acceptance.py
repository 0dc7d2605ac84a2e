import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from quality_markers.assessments import contributions, operations
from quality_markers.assessments.models import Answer, Pass, Reflection
from reviews.case.operations import people
from reviews.permissions import Role
from reviews.signatures.operations import canonical, digest
from scr_portal.accounts.models import User
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.quality_markers.assessments.test_passes import told


def sign(assessment, by, **more):
    return operations.accept(assessment=assessment, by=by, method="password", **more)


@pytest.fixture
def submitted(assessment, write, cast):
    write("12.4", by=cast.lead, judgement="partly", narrative="Asked twice, by letter only")
    return operations.submit(assessment=assessment, by=cast.lead)


def test_submitting_puts_it_to_the_chair_and_locks_it(submitted, write, cast):
    assert submitted.state == Pass.State.SUBMITTED
    assert told("pass_submitted") == {"Board chair Invented"}
    with pytest.raises(Refused, match="with the chair"):
        write("12.4", by=cast.lead, narrative="More")
    with pytest.raises(Refused, match="with the chair"):
        operations.submit(assessment=submitted, by=cast.lead)


def test_not_applicable_without_a_reason_stands_against_submitting(assessment, write, cast):
    write("12.4", by=cast.lead, judgement="not_applicable", not_applicable_reason=" ")
    write("2.3", by=cast.lead, judgement="not_applicable")
    write("3.1", by=cast.lead, judgement="not_applicable", not_applicable_reason="No such body")
    with pytest.raises(Refused) as refused:
        operations.submit(assessment=assessment, by=cast.lead)
    assert [str(reason).split()[1] for reason in refused.value.reasons] == ["2.3", "12.4"]
    assert refused.value.reasons[1].url.endswith("/marker/12/#q-12-4")


def test_liaison_does_not_submit_the_whole(assessment, cast):
    with pytest.raises(PermissionDenied):
        operations.submit(assessment=assessment, by=cast.liaison)


def test_it_can_be_taken_back_and_goes_on(submitted, write, cast):
    back = operations.take_back(assessment=submitted, by=cast.unit)
    assert (back.state, back.submitted_by) == (Pass.State.OPEN, None)
    write("12.4", by=cast.lead, narrative="More")
    assert AuditEvent.objects.filter(kind="pass_withdrawn").count() == 1


def test_the_chair_returns_it_with_reasons(submitted, write, cast):
    with pytest.raises(Refused, match="Say why"):
        operations.return_pass(assessment=submitted, reasons=" ", by=cast.chair)
    back = operations.return_pass(assessment=submitted, reasons="See 12.4", by=cast.chair)
    assert (back.state, back.return_reasons) == (Pass.State.RETURNED, "See 12.4")
    assert told("pass_returned") == {"Lead reviewer Invented"}
    write("12.4", by=cast.lead, narrative="More")
    operations.submit(assessment=back, by=cast.lead)
    assert Pass.objects.get().state == Pass.State.SUBMITTED


@pytest.mark.parametrize("who", ["unit", "lead", "panel", "auditor", "other_chair"])
def test_only_the_chair_returns_and_accepts(submitted, cast, who):
    with pytest.raises(PermissionDenied):
        sign(submitted, cast.people[who])
    with pytest.raises(PermissionDenied):
        operations.return_pass(assessment=submitted, reasons="Again", by=cast.people[who])


def test_accepting_signs_everything_that_stands_there(submitted, cast):
    accepted = sign(submitted, cast.chair)
    signature = accepted.signature
    content = json.loads(signature.content)
    assert accepted.state == Pass.State.ACCEPTED
    assert signature.sha256 == digest(signature.content)
    assert content["review"] == submitted.review.reference
    assert content["catalogue"]["sha256"] == submitted.catalogue.sha256
    questions = [asked for marker in content["markers"] for asked in marker["questions"]]
    assert len(questions) == 107
    (answered,) = [asked for asked in questions if asked["number"] == "12.4"]
    assert answered["narrative"] == "Asked twice, by letter only"
    assert answered["by"] == str(cast.lead)
    assert told("pass_accepted") == {"Lead reviewer Invented"}


def test_what_stands_there_agrees_with_what_was_signed_also_under_a_new_name(submitted, cast):
    signature = sign(submitted, cast.chair).signature
    User.objects.filter(pk=cast.lead.pk).update(name="A New Name")
    (now,) = contributions.signed(signature)
    assert digest(canonical(now)) == signature.sha256


def test_nobody_signs_what_they_wrote(assessment, write, cast, review):
    people.appoint(review=review, user=cast.chair, role=Role.LEAD, by=cast.unit)
    write("12.4", by=cast.chair, narrative="By the chair")
    write("12.4", by=cast.lead, narrative="By the lead")
    submitted = operations.submit(assessment=assessment, by=cast.lead)
    with pytest.raises(Refused, match="nobody signs what they wrote"):
        sign(submitted, cast.chair)


def test_another_submission_than_the_one_that_was_read_is_not_signed(submitted, write, cast):
    read = operations.submission_of(submitted)
    operations.take_back(assessment=submitted, by=cast.lead)
    write("12.4", by=cast.lead, narrative="Something else")
    again = operations.submit(assessment=submitted, by=cast.lead)
    with pytest.raises(Refused, match="submitted again"):
        sign(again, cast.chair, submission=read)
    with pytest.raises(Refused, match="submitted again"):
        sign(again, cast.chair, submission="")
    sign(again, cast.chair, submission=operations.submission_of(again))


def test_it_is_signed_once(submitted, cast):
    accepted = sign(submitted, cast.chair)
    with pytest.raises(Refused, match="accepted already"):
        sign(accepted, cast.chair)
    for act in [operations.take_back, operations.submit]:
        with pytest.raises(Refused):
            act(assessment=accepted, by=cast.lead)


def test_the_database_holds_a_signed_pass_even_against_sql(submitted, review, ask, cast):
    other = operations.open_pass(review=review, purpose="planning", by=cast.lead)
    accepted = sign(submitted, cast.chair)
    answer = Answer.objects.get()
    statements = [
        "UPDATE quality_markers_answer SET narrative = 'Better'",
        f"UPDATE quality_markers_answer SET assessment_id = {other.pk}",
        f"DELETE FROM quality_markers_answer WHERE id = {answer.pk}",
        f"UPDATE quality_markers_pass SET state = 'open' WHERE id = {accepted.pk}",
        f"DELETE FROM quality_markers_pass WHERE id = {accepted.pk}",
    ]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    marker = ask("12.4").marker
    with pytest.raises(DatabaseError), transaction.atomic():
        Reflection.objects.create(
            review=review, assessment=accepted, marker=marker, text="Late", by=cast.lead
        )
