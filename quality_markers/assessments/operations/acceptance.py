"""From the lead reviewer to the chair: submit, take back, return, accept and sign."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_markers.assessments import content, queries
from quality_markers.assessments.models import Pass, QuestionReturn, Submission
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.assessments.queries.submissions import texts_of
from quality_markers.catalogue.models import Question
from reviews.case.queries import people_with
from reviews.permissions import Permission
from reviews.signatures import operations as signatures
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Reason, Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

STATEMENT = gettext_lazy(
    "I have read this self-assessment. I accept it as the account of how this review has been "
    "looked at through the quality markers."
)


def against_submitting(assessment: Pass) -> list[Reason]:
    """That there is nothing yet; and each answer that does not say why it does not apply."""
    if not assessment.markers.exists():
        return [Reason(_("It holds no marker yet."))]
    return [
        Reason(
            _("Question %(number)s is marked “Not applicable” without a reason.")
            % {"number": answer.question.reference},
            queries.question_url(assessment, answer.question),
            _("Give the reason"),
        )
        for answer in queries.lacking_reasons(assessment)
    ]


@transaction.atomic
def submit(*, assessment: Pass, by: Any) -> Pass:
    """Lock the texts and put them to the chair. Questions not considered stand in nobody's way.

    They are kept word for word: after a return the chair is shown what has changed.
    """
    assessment = locked(assessment)
    require(by, Permission.ANSWER_MARKERS, assessment.review)
    require_editable(assessment)
    if reasons := against_submitting(assessment):
        raise Refused(reasons)
    _keep_submission(assessment, by)
    assessment.state = Pass.State.SUBMITTED
    assessment.submitted_by, assessment.submitted_at = by, clock.now()
    assessment.save(update_fields=["state", "submitted_by", "submitted_at"])
    audit.record(kind=audit.Event.PASS_SUBMITTED, by=by, target=assessment)
    _tell(assessment, Kind.PASS_SUBMITTED, people_with(assessment.review, ACCEPT), by)
    return assessment


def _keep_submission(assessment: Pass, by: Any) -> Submission:
    return Submission.objects.create(
        review=assessment.review,
        assessment=assessment,
        number=assessment.submissions.count() + 1,
        by=by,
        at=clock.now(),
        texts=texts_of(assessment),
    )


ACCEPT = Permission.ACCEPT_MARKERS


@transaction.atomic
def take_back(*, assessment: Pass, by: Any) -> Pass:
    """While the chair has not settled it, it can come back for another word."""
    assessment = locked(assessment)
    require(by, Permission.ANSWER_MARKERS, assessment.review)
    _require_submitted(assessment)
    assessment.state = Pass.State.RETURNED if assessment.returned_at else Pass.State.OPEN
    assessment.submitted_by = assessment.submitted_at = None
    assessment.save(update_fields=["state", "submitted_by", "submitted_at"])
    audit.record(kind=audit.Event.PASS_WITHDRAWN, by=by, target=assessment)
    return assessment


@transaction.atomic
def return_pass(
    *,
    assessment: Pass,
    reasons: str = "",
    questions: Mapping[Question, str] | None = None,
    submission: str | None = None,
    by: Any,
) -> Pass:
    """``questions``: why single ones come back. Something must be said, of those or of the whole.

    ``submission`` as in ``accept``.
    """
    assessment = locked(assessment)
    require(by, ACCEPT, assessment.review)
    _require_submitted(assessment)
    _require_the_one_read(assessment, submission)
    single = {question: text for question, text in (questions or {}).items() if text.strip()}
    if not reasons.strip() and not single:
        raise Refused(_("Say why the self-assessment comes back."))
    _return_questions(assessment, single, by)
    assessment.state = Pass.State.RETURNED
    assessment.returned_by, assessment.returned_at = by, clock.now()
    assessment.return_reasons = reasons.strip() or _("The reasons stand beside the questions.")
    assessment.save(update_fields=["state", "returned_by", "returned_at", "return_reasons"])
    audit.record(kind=audit.Event.PASS_RETURNED, by=by, target=assessment)
    _tell(assessment, Kind.PASS_RETURNED, queries.told_of(assessment), by)
    return assessment


def _return_questions(assessment: Pass, single: Mapping[Question, str], by: Any) -> None:
    """Raises Refused for a question that was not put to the chair."""
    part = set(assessment.markers.values_list("pk", flat=True))
    if any(question.marker_id not in part for question in single):
        raise Refused(_("This question is not part of the self-assessment."))
    if not single:
        return
    last = assessment.submissions.last() or _keep_submission(assessment, assessment.submitted_by)
    QuestionReturn.objects.bulk_create(
        QuestionReturn(
            review=assessment.review,
            board_id=assessment.review.board_id,
            submission=last,
            question=question,
            reason=text,
            by=by,
            at=clock.now(),
        )
        for question, text in single.items()
    )


def against_signing(assessment: Pass, by: Any) -> list[Reason]:
    """Nobody signs what they wrote or put forward themselves (permissions.md)."""
    if not queries.wrote_in(assessment, by):
        return []
    return [
        Reason(
            _(
                "You wrote in this self-assessment or submitted it. Somebody else must accept it: "
                "nobody signs what they wrote themselves."
            )
        )
    ]


@transaction.atomic
def accept(*, assessment: Pass, by: Any, method: str, submission: str | None = None) -> Pass:
    """Sign the pass as it stands. The caller has had the person give password or passkey again.

    ``submission`` is the time of the submission that the person has read; another one is refused.
    """
    assessment = locked(assessment)
    require(by, ACCEPT, assessment.review)
    _require_submitted(assessment)
    _require_the_one_read(assessment, submission)
    if reasons := against_signing(assessment, by):
        raise Refused(reasons)
    assessment.signature = signatures.sign(
        review=assessment.review,
        target=assessment,
        title=title_of(assessment),
        statement=str(STATEMENT),
        content=content.of(assessment),
        by=by,
        method=method,
        permission=Permission.READ_MARKERS,
    )
    assessment.state = Pass.State.ACCEPTED
    assessment.save(update_fields=["state", "signature"])
    audit.record(kind=audit.Event.PASS_ACCEPTED, by=by, target=assessment)
    _tell(assessment, Kind.PASS_ACCEPTED, queries.told_of(assessment), by)
    return assessment


def title_of(assessment: Pass) -> str:
    return _("Self-assessment %(number)s of %(reference)s: %(purpose)s") % {
        "number": assessment.number,
        "reference": assessment.review.reference,
        "purpose": assessment.get_purpose_display(),
    }


def submission_of(assessment: Pass) -> str:
    return assessment.submitted_at.isoformat() if assessment.submitted_at else ""


def _require_the_one_read(assessment: Pass, submission: str | None) -> None:
    if submission is not None and submission != submission_of(assessment):
        raise Refused(
            _("The self-assessment was submitted again since you opened this page. Read it anew.")
        )


def _require_submitted(assessment: Pass) -> None:
    if assessment.state == Pass.State.WITHDRAWN:
        raise Refused(_("The self-assessment has been withdrawn. Its texts can be read."))
    if assessment.state == Pass.State.ACCEPTED:
        raise Refused(_("The self-assessment has been accepted already."))
    if assessment.state != Pass.State.SUBMITTED:
        raise Refused(_("The self-assessment is not with the chair. Somebody may have moved it."))


def _tell(assessment: Pass, kind: Kind, people: list[Any], by: Any) -> None:
    notify(
        to=[person for person in people if person.pk != by.pk],
        kind=kind,
        key=f"{kind}:{assessment.pk}:{clock.now().isoformat()}",
        link=assessment.get_absolute_url(),
        review=assessment.review,
    )
