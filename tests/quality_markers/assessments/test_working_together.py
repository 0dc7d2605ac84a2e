"""Assigning, moving and taking up again while others do the same, or write."""

import pytest

from quality_markers.assessments import operations
from quality_markers.assessments.models import Assignment, Pass
from scr_portal.core.reasons import Refused
from tests.cast import gather
from tests.quality_markers.assessments.wordings import a_newer_one
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return gather()


def of(kind, results):
    return [result for result in results if isinstance(result, kind)]


def test_a_text_saved_during_a_move_is_copied_or_refused(assessment, ask, cast):
    question, newer = ask("12.4"), a_newer_one(assessment.catalogue)
    results = at_once(
        lambda: operations.move(assessment=assessment, version=newer.pk, by=cast.lead),
        lambda: operations.save_answer(
            assessment=assessment,
            question=question,
            by=cast.unit,
            version=0,
            changes={"narrative": "Meanwhile"},
        ),
    )
    (moved,) = of(Pass, results)
    copied = list(moved.answers.values_list("narrative", flat=True))
    assert copied == ([] if of(Refused, results) else ["Meanwhile"])
    assert len(of(Exception, results)) == len(of(Refused, results))


def test_a_signed_pass_is_taken_up_again_once(assessment, cast):
    submitted = operations.submit(assessment=assessment, by=cast.lead)
    signed = operations.accept(assessment=submitted, by=cast.chair, method="password")
    people = [cast.lead, cast.unit, cast.lead]
    results = at_once(
        *(
            lambda by=by: operations.reopen(assessment=signed, reason="Again", by=by)
            for by in people
        )
    )
    assert len(of(Refused, results)) == 2
    assert Pass.objects.count() == 2


def test_two_who_assign_the_same_assign_it_once(assessment, ask, cast):
    question = ask("12.4")
    results = at_once(
        *(
            lambda by=by: operations.assign(
                assessment=assessment, person=cast.panel, questions=[question], by=by
            )
            for by in (cast.lead, cast.unit)
        )
    )
    assert not of(Exception, results)
    assert Assignment.objects.count() == 1
