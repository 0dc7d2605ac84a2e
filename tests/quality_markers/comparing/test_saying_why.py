import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import operations as assessments
from quality_markers.comparing import operations
from quality_markers.comparing.models import Movement
from reviews.case.lifecycle import Stage
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused


@pytest.fixture
def say(passes, cast):
    def said(words="A liaison officer came.", question="12.4", by=None, version=0):
        asked = None
        if question:
            marker, number = question.split(".")
            questions = passes[0].markers.get(number=marker).questions
            asked = questions.select_related("marker").get(number=number)
        return operations.say_why(
            earlier=passes[0],
            later=passes[1],
            question=asked,
            words=words,
            version=version,
            by=by or cast.lead,
        )

    return said


def test_why_is_kept_once_and_in_the_history_without_its_words(say, cast):
    row = say()
    assert say() == row  # the second click
    changed = say("An officer came.", version=1, by=cast.unit)
    assert (changed.pk, changed.by, changed.version) == (row.pk, cast.unit, 2)
    events = AuditEvent.objects.filter(kind="movement_written")
    assert {event.target_label for event in events} == {"question 12.4, self-assessments 1 and 2"}
    assert [event.changes for event in events.order_by("pk")] == [{"version": 1}, {"version": 2}]
    say("On the whole.", question="")
    assert Movement.objects.count() == 2


def test_two_who_write_at_once_lose_nothing(say, cast):
    say()
    with pytest.raises(Stale) as lost:
        say("Something else.", by=cast.unit)
    assert lost.value.current.words == "A liaison officer came."


@pytest.mark.parametrize("who", ["chair", "panel", "auditor", "observer", "stranger", "outsider"])
def test_who_fills_nothing_in_says_nothing(say, cast, who):
    for question in ("12.4", ""):
        with pytest.raises(PermissionDenied):
            say(question=question, by=cast.people[who])


def test_liaison_speaks_of_the_markers_of_the_family(say, cast):
    assert say(by=cast.liaison)
    for question in ("1.1", ""):
        with pytest.raises(PermissionDenied):
            say(question=question, by=cast.liaison)


@pytest.mark.parametrize(
    ("words", "sentence"), [(" ", "Say what moved"), ("x" * 20_001, "20,000 characters")]
)
def test_what_says_nothing_is_refused(say, words, sentence):
    with pytest.raises(Refused, match=sentence):
        say(words)


def test_only_two_of_one_review_the_earlier_first(passes, cast):
    given = {"question": None, "words": "So.", "version": 0, "by": cast.lead}
    for earlier, later in [(passes[1], passes[0]), (passes[0], passes[0])]:
        with pytest.raises(Refused, match="the earlier one first"):
            operations.say_why(earlier=earlier, later=later, **given)


def test_it_is_said_of_a_signed_pass_too(passes, say, cast):
    assessments.submit(assessment=passes[1], by=cast.lead)
    assessments.accept(assessment=passes[1], by=cast.chair, method="password")
    assert say()


def test_nothing_is_said_once_the_review_is_closed(review, cast):
    review.stage = Stage.CLOSED
    assert not operations.may_say(cast.lead, review, None)
