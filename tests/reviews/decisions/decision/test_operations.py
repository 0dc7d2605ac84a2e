import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from reviews.decisions.decision import operations
from reviews.decisions.decision.models import Decision
from reviews.decisions.referrals import operations as referrals
from reviews.permissions import Role
from reviews.signatures.models import Signature
from reviews.signatures.operations import digest
from scr_portal.accounts.models import BoardRole, User
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders


def test_every_stage_can_be_reached_by_the_operations(cast):
    for stage in Stage:
        assert builders.review_at(stage, cast).stage == stage


def test_a_referral_has_the_next_number_of_its_year(cast):
    first, second = builders.a_review(cast), builders.a_review(cast)
    assert (first.reference, second.reference) == ("SCR-2026-001", "SCR-2026-002")


def test_the_chair_may_not_open_a_referral(cast):
    with pytest.raises(PermissionDenied):
        referrals.refer(
            board=cast.board,
            by=cast.chair,
            case=builders.CASE,
            child=builders.CHILD,
            referral=builders.REFERRAL,
        )
    assert not Review.objects.exists()


def test_a_signed_decision_moves_the_review_and_keeps_what_was_signed(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    decision = builders.decide(review, cast)
    review = Review.objects.get(pk=review.pk)
    assert (review.stage, review.outcome) == (Stage.DECIDED, "review")
    assert review.decided_on is not None
    signature = decision.signature
    assert signature.sha256 == digest(signature.content)
    assert builders.DECISION["rationale"] in signature.content


def test_the_chair_is_told_once_and_only_who_may_sign(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    told = Notification.objects.filter(kind="decision_to_sign")
    assert [row.user for row in told] == [cast.chair]


def test_whoever_wrote_in_a_decision_does_not_sign_it(cast):
    BoardRole.objects.create(user=cast.chair, board=cast.board, role=Role.UNIT)
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.chair, **builders.DECISION)
    draft = operations.draft(review=review, version=1, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    draft.refresh_from_db()
    with pytest.raises(Refused, match="somebody else must sign"):
        operations.sign_decision(
            decision=draft, version=draft.version, by=cast.chair, method="password"
        )


def test_signing_twice_is_refused_with_a_sentence(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    decision = builders.decide(review, cast)
    with pytest.raises(Refused, match="has changed since"):
        operations.sign_decision(
            decision=decision, version=decision.version, by=cast.chair, method="password"
        )
    assert Signature.objects.count() == 1


def test_a_stale_draft_is_refused(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    with pytest.raises(Refused, match="Somebody else has changed"):
        operations.draft(review=review, version=0, by=cast.unit, nature="Another")


def test_what_is_missing_is_said_before_the_chair_is_asked(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, outcome="review")
    with pytest.raises(Refused) as refused:
        operations.put_to_chair(decision=draft, by=cast.unit)
    said = [str(reason) for reason in refused.value.reasons]
    assert "Give the reasons for the decision." in said
    assert "Describe the nature and scale of the review." in said


def test_a_decision_after_its_limit_needs_the_reason(cast):
    """Working Together 2015 gives the chair a month; the one of 2018 has no such clock."""
    days = {name: day.replace(year=2016) for name, day in builders.DAYS.items()}
    review = builders.review_at(Stage.CONSIDERING, cast, **days)
    fields = builders.DECISION | {"delay_reason": ""}
    draft = operations.draft(review=review, version=0, by=cast.unit, **fields)
    with pytest.raises(Refused, match="longer than the limit"):
        operations.put_to_chair(decision=draft, by=cast.unit)


def test_the_chair_returns_a_draft_only_with_reasons(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    with pytest.raises(Refused, match="Say what should be changed"):
        operations.give_back(decision=draft, by=cast.chair, reasons=" ")
    operations.give_back(decision=draft, by=cast.chair, reasons="Name the agencies.")
    draft.refresh_from_db()
    assert (draft.state, draft.return_reasons) == ("draft", "Name the agencies.")
    assert Notification.objects.filter(kind="decision_returned", user=cast.unit).count() == 1


def test_considering_again_needs_a_new_version_that_says_what_is_new(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    review = advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="A second inquest")
    with pytest.raises(Refused, match="No decision has been signed"):
        advance(review=review, to=Stage.DECIDED, by=cast.chair)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    assert draft.number == 2
    with pytest.raises(Refused, match="what is new"):
        operations.put_to_chair(decision=draft, by=cast.unit)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_decision SET rationale = 'other'",
        "DELETE FROM reviews_decision_writers; DELETE FROM reviews_decision",
        "UPDATE reviews_signature SET content = 'other'",
        "DELETE FROM reviews_signature",
    ],
)
def test_the_database_refuses_to_change_what_was_signed(cast, statement):
    builders.review_at(Stage.DECIDED, cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Decision.objects.get().rationale == builders.DECISION["rationale"]


def test_a_chair_who_may_edit_as_well_returns_with_reasons_all_the_same(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    cast.chair.board_roles.create(board=cast.board, role="unit")
    chair = User.objects.get(pk=cast.chair.pk)
    operations.give_back(decision=draft, by=chair, reasons="Name the agencies.")
    assert AuditEvent.objects.filter(kind="decision_returned").count() == 1
    told = Notification.objects.filter(kind="decision_returned")
    assert [row.user for row in told] == [cast.unit]


def test_a_writer_who_may_no_longer_write_is_not_told_of_a_return(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    BoardRole.objects.filter(user=cast.unit).delete()
    operations.give_back(decision=draft, by=cast.chair, reasons="Name the agencies.")
    assert not Notification.objects.filter(kind="decision_returned").exists()
