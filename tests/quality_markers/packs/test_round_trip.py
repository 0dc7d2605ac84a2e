"""Out and in again any pass is the same pass."""

import pgtrigger
import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Answer
from quality_markers.assessments.queries import Leave
from quality_markers.assessments.rules import texts_of
from quality_markers.catalogue.models import Marker
from quality_markers.packs import operations, queries
from quality_markers.packs.layout import judgement
from scr_portal.core.pdf import carriable
from tests.owner import as_owner

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
WORDS = st.text(LETTERS, max_size=60) | st.sampled_from(
    ["=1+1", "- one\n- two", "a\n\n\nb", "عربى"]
)
ANSWERS = st.fixed_dictionaries(
    {
        "judgement": st.sampled_from(Answer.Judgement.values),
        "not_applicable_reason": WORDS,
        "narrative": WORDS,
        "evidence": WORDS,
    }
)
LABELS = {
    "judgement": "Judgement",
    "not_applicable_reason": "Why it does not apply",
    "narrative": "Narrative",
    "evidence": "Notes of evidence",
}
MARKER = 11


@pytest.fixture
def first(review, cast):
    return assessments.open_pass(review=review, purpose="planning", by=cast.lead, markers=[MARKER])


@pytest.fixture
def second(review, cast):
    return assessments.open_pass(
        review=review, purpose="retrospective", by=cast.lead, markers=[MARKER]
    )


def texts(assessment) -> dict[str, dict[str, str]]:
    """What the pass says, by number, as a file can carry it."""
    slots = queries.slots(assessment, Leave(everything=True))
    rows = queries.rows(assessment, slots)
    return {
        slot.number: {
            name: carriable(text).strip()
            for name, text in texts_of(slot.kind, rows.get(slot.key)).items()
        }
        for slot in slots
    }


def write(assessment, answers, reflection, by) -> None:
    for slot, said in zip(queries.slots(assessment, Leave(everything=True)), answers, strict=False):
        if slot.question:
            assessments.save_answer(
                assessment=assessment, question=slot.question, by=by, version=0, changes=said
            )
    assessments.save_reflection(
        assessment=assessment,
        marker=assessment.markers.get(),
        by=by,
        version=0,
        text=reflection,
    )


def typed(said: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """As a person puts it into the boxes."""
    return {
        number: {"Narrative": fields["text"]}
        if "text" in fields
        else {
            LABELS[name]: judgement(text) if name == "judgement" else text
            for name, text in fields.items()
        }
        for number, fields in said.items()
    }


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(answers=st.lists(ANSWERS, max_size=4), reflection=WORDS)
@example(
    answers=[dict.fromkeys(LABELS, "x\x0b\u2028 y ") | {"judgement": "partly"}], reflection=" "
)
def test_out_and_in_again_it_is_the_same(
    form, first, second, pack, filled, bring, cast, answers, reflection
):
    with transaction.atomic():
        write(first, answers, reflection, cast.lead)
        said = texts(first)

        untouched = pack(form, assessment=first, is_filled=True)
        assert not bring(filled(untouched), form, assessment=first).answers.exists()

        content = filled(pack(form, assessment=second), typed(said))
        operations.take_all(returned=bring(content, form, assessment=second), by=cast.lead)
        assert texts(second) == said
        transaction.set_rollback(True)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_questions_with_letters_that_no_file_carries_are_handed_out(form, first, pack, filled):
    marker = first.markers.get()
    said = {"title": "Agreed\x0bhow", "statement": "To learn\x1b"}
    with as_owner(), pgtrigger.ignore():
        Marker.objects.filter(pk=marker.pk).update(**said)
        marker.questions.update(text="Who\x0bknows?")
    content = filled(pack(form, assessment=first), {})
    assert content.startswith(b"PK")
