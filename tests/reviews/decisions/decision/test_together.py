"""Two at the same moment, on a case from its referral to the chair's signature."""

from datetime import timedelta

import pytest
from django.db import transaction

from reviews.case.lifecycle import Stage
from reviews.case.models import Extension, Review, StageChange
from reviews.case.operations import deadlines
from reviews.case.operations.lifecycle import advance
from reviews.decisions.decision import operations
from reviews.signatures.models import Signature
from scr_portal.audit import operations as audit
from scr_portal.audit import verify
from scr_portal.audit.events import Event
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import gather
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return gather()


def refused(results):
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)]
    assert not wrong
    return sum(isinstance(result, Refused) for result in results)


def test_two_referrals_have_two_numbers(cast):
    at_once(*[lambda: builders.a_review(cast)] * 3)
    assert set(Review.objects.values_list("reference", flat=True)) == {
        "SCR-2026-001",
        "SCR-2026-002",
        "SCR-2026-003",
    }


def test_of_two_moves_one_is_told_that_it_is_done(cast):
    review = builders.a_review(cast)
    move = {"review": review, "to": Stage.CONSIDERING, "by": cast.unit}
    assert refused(at_once(lambda: advance(**move), lambda: advance(**move))) == 1
    assert StageChange.objects.filter(target=Stage.CONSIDERING).count() == 1


def test_a_decision_is_signed_once_or_taken_back(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    draft.refresh_from_db()
    sign = {"decision": draft, "version": draft.version, "by": cast.chair, "method": "password"}
    results = at_once(
        lambda: operations.sign_decision(**sign),
        lambda: operations.sign_decision(**sign),
        lambda: operations.take_back(decision=draft, by=cast.unit),
    )
    assert refused(results) == 2
    draft.refresh_from_db()
    signed = Signature.objects.count()
    assert (draft.state, signed) in {("signed", 1), ("draft", 0)}


def test_an_extension_is_settled_once(cast):
    review = builders.a_review(cast)
    row = review.deadlines.filter(statutory=True, met_on=None).first()
    later = row.due_on + timedelta(days=400)
    told = {"kind": "inquest", "reason": "", "by": cast.unit}
    asked = deadlines.extend(deadline=row, due_on=later, **told)
    results = at_once(
        lambda: deadlines.settle(extension=asked, agreed=True, by=cast.chair),
        lambda: deadlines.settle(extension=asked, agreed=False, by=cast.chair),
    )
    assert refused(results) == 1
    row.refresh_from_db()
    agreed = Extension.objects.get().state == Extension.State.AGREED
    assert (row.due_on == later) is agreed


def test_a_history_written_by_many_some_of_whom_think_better_is_whole(cast):
    review = builders.a_review(cast)

    def opened():
        for number in range(6):
            with transaction.atomic():
                audit.record(kind=Event.REVIEW_OPENED, by=cast.unit, target=review, review=review)
                transaction.set_rollback(number % 3 == 1)

    before = verify.count(review.pk)
    assert at_once(opened, opened, opened) == [None] * 3
    assert verify.first_break() is None
    assert verify.count(review.pk) == before + 12
