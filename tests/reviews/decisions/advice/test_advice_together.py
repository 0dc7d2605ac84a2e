"""Two at the same moment: an answer, a recommendation and a notification are each given once."""

from datetime import timedelta

import pytest

from reviews.case.lifecycle import Stage
from reviews.decisions.advice.models import InputRequest, Recommendation
from reviews.decisions.advice.operations import inputs, panel
from reviews.decisions.decision import operations
from reviews.decisions.decision.models import NationalNotification
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import gather
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return gather()


def test_two_clicks_at_once(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    ask = {
        "review": review,
        "about": "decision",
        "people": [cast.member],
        "question": "Is it in proportion?",
        "told": "",
        "due_on": clock.today() + timedelta(days=7),
        "by": cast.unit,
    }
    results = at_once(lambda: inputs.ask(**ask), lambda: inputs.ask(**ask))
    assert [type(each) for each in results if isinstance(each, Exception)] == [Refused]
    asked = InputRequest.objects.get()
    answer = {"asked": asked, "by": cast.member, "answer": "Yes.", "nothing_to_add": False}
    results = at_once(lambda: inputs.answer(**answer), lambda: inputs.answer(**answer))
    assert [type(each) for each in results if isinstance(each, Exception)] == [Refused]
    assert AuditEvent.objects.filter(kind="input_given").count() == 1

    said = {"outcome": "review", "nature": "", "rationale": "Met.", "token": "one"}
    one = {"review": review, "by": cast.unit, **said}
    at_once(lambda: panel.recommend(**one), lambda: panel.recommend(**one))
    at_once(*[lambda n=n: panel.recommend(**one | {"token": str(n)}) for n in range(3)])
    numbers = sorted(Recommendation.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4]

    tell = {
        "review": review,
        "by": cast.unit,
        "token": "one",
        "bodies": [("notify", "Child Safeguarding Practice Review Panel")],
        "sent_on": clock.today(),
        "route": "Online form",
    }
    results = at_once(
        lambda: operations.tell_bodies(**tell), lambda: operations.tell_bodies(**tell)
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert NationalNotification.objects.count() == 1
    assert review.deadlines.get(key="notify").met_on == clock.today()


def test_of_two_editors_of_a_draft_one_is_told_and_nothing_is_lost(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    results = at_once(
        lambda: operations.draft(review=review, version=0, by=cast.unit, rationale="Mine"),
        lambda: operations.draft(
            review=review, version=0, by=cast.unit, factors={"trust": ("towards", "Theirs")}
        ),
    )
    assert [type(each) for each in results if isinstance(each, Exception)] == [Refused]
    decision = review.decisions.get()
    assert decision.version == 1
    assert bool(decision.rationale) != decision.factors.exists()
