"""Several people at the same moment, each on a connection of their own."""

from typing import Any

import pytest

from quality_markers.assessments import operations, rules
from quality_markers.assessments.models import Answer, AnswerText, Pass
from scr_portal.core.reasons import Refused
from tests.cast import gather
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

BLANK = rules.token(Answer, rules.BLANK[Answer])


@pytest.fixture
def cast(transactional_db):
    return gather()


def save(assessment, question, by, **changes):
    return lambda: operations.save_answer(
        assessment=assessment, question=question, by=by, version=BLANK, changes=changes
    )


def test_two_on_different_fields_lose_nothing(assessment, ask, cast):
    question = ask("12.4")
    results = at_once(
        save(assessment, question, cast.lead, narrative="By the lead"),
        save(assessment, question, cast.unit, evidence="By the unit"),
    )
    assert not any(isinstance(result, Exception) for result in results)
    answer = Answer.objects.get()
    assert (answer.narrative, answer.evidence) == ("By the lead", "By the unit")


def test_of_two_on_one_field_one_is_told_of_the_other(assessment, ask, cast):
    question = ask("12.4")
    results = at_once(
        save(assessment, question, cast.lead, narrative="By the lead"),
        save(assessment, question, cast.unit, narrative="By the unit"),
    )
    (conflict,) = [result for result in results if isinstance(result, operations.Conflict)]
    stands = Answer.objects.get().narrative
    assert conflict.theirs == {"narrative": stands}
    assert stands in {"By the lead", "By the unit"}


def test_whoever_insists_writes_over_a_text_that_is_kept(assessment, ask, cast):
    question = ask("12.4")
    people = [cast.lead, cast.unit]

    def insist(by, text):
        """Save over whatever stands there, as often as it takes."""

        def act():
            version = BLANK
            for _attempt in range(20):
                try:
                    return operations.save_answer(
                        assessment=assessment,
                        question=question,
                        by=by,
                        version=version,
                        changes={"narrative": text},
                    )
                except operations.Conflict as conflict:
                    version = conflict.version
            raise AssertionError("never saved")

        return act

    acts = [insist(people[n % 2], f"Text {n}") for n in range(6)]
    results = at_once(*acts)
    assert not any(isinstance(result, Exception) for result in results)
    answer = Answer.objects.get()
    assert answer.version == len(acts)
    # Wherever one person wrote over the other, the other's text was kept.
    history: list[Any] = [*AnswerText.objects.order_by("version"), answer]
    assert {text.by for text in history} == set(people)
    assert all(text.narrative.startswith("Text") for text in history)


def test_nothing_is_written_into_a_pass_once_it_is_submitted(assessment, ask, cast):
    question = ask("12.4")
    save(assessment, question, cast.lead, judgement="partly")()
    results = at_once(
        lambda: operations.submit(assessment=assessment, by=cast.lead),
        save(assessment, question, cast.unit, evidence="At the last moment"),
    )
    submitted = Pass.objects.get()
    moment: Any = submitted.submitted_at
    assert submitted.state == Pass.State.SUBMITTED
    refused = isinstance(results[1], Refused)
    assert refused != (Answer.objects.get().evidence == "At the last moment")
    assert refused or Answer.objects.get().at <= moment


def test_two_submits_at_once_are_one(assessment, cast):
    results = at_once(
        lambda: operations.submit(assessment=assessment, by=cast.lead),
        lambda: operations.submit(assessment=assessment, by=cast.unit),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
