from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from quality_markers.assessments import operations, rules
from quality_markers.assessments.models import Answer, AnswerText, Reflection, ReflectionText
from reviews.case.operations import people
from reviews.permissions import Permission
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@pytest.fixture
def later():
    """``with later(minutes=11):`` the acts inside happen then."""
    began = clock.now()
    return lambda **ahead: clock.pretend(began + timedelta(**ahead))


def test_a_first_answer_is_created_with_who_and_when(write, cast):
    answer, _token = write("12.4", by=cast.lead, judgement="partly", narrative="A start")
    assert (answer.by, answer.version, answer.judgement) == (cast.lead, 1, "partly")
    assert answer.board == cast.board
    event = AuditEvent.objects.get(kind="answered")
    assert event.target_label == "12.4"
    assert event.changes == {"fields": "judgement, narrative"}


def test_saving_what_stands_there_already_writes_nothing(write, cast):
    row, _token = write("12.4", by=cast.lead)
    assert row is None
    write("12.4", by=cast.lead, narrative="A start")
    answer, _token = write("12.4", by=cast.unit, narrative="A start")
    assert (answer.by, answer.version) == (cast.lead, 1)


def test_two_people_on_different_fields_both_keep_their_words(write, cast):
    before = rules.token(Answer, rules.BLANK[Answer])
    write("12.4", by=cast.lead, version=before, narrative="By the lead", evidence="")
    answer, _token = write("12.4", by=cast.unit, version=before, narrative="", evidence="Minutes")
    assert (answer.narrative, answer.evidence, answer.version) == ("By the lead", "Minutes", 2)


def test_the_second_on_one_field_is_told_and_keeps_their_other_words(write, cast):
    before = rules.token(Answer, rules.BLANK[Answer])
    write("12.4", by=cast.lead, version=before, narrative="By the lead")
    with pytest.raises(operations.Conflict) as conflict:
        write("12.4", by=cast.unit, version=before, narrative="By the unit", evidence="Minutes")
    assert conflict.value.theirs == {"narrative": "By the lead"}
    answer = Answer.objects.get()
    assert (answer.narrative, answer.evidence) == ("By the lead", "Minutes")
    # Having seen theirs, the second may decide.
    write("12.4", by=cast.unit, version=conflict.value.version, narrative="By both")
    assert Answer.objects.get().narrative == "By both"
    assert AnswerText.objects.filter(narrative="By the lead").exists()


def test_an_old_number_of_a_version_counts_as_unseen(write, cast):
    write("12.4", by=cast.lead, narrative="One")
    write("12.4", by=cast.lead, narrative="Two")
    with pytest.raises(operations.Conflict):
        write("12.4", by=cast.unit, version=1, narrative="Three")


def test_a_page_that_saves_again_and_again_never_meets_itself(write, cast):
    token = rules.token(Answer, rules.BLANK[Answer])
    for text in ["A", "A w", "A wo", "A", "", "A word"]:
        _answer, token = write("12.4", by=cast.lead, version=token, narrative=text, evidence="")
    assert Answer.objects.get().narrative == "A word"


def test_a_page_does_not_undo_what_it_has_not_seen_after_its_own_save(write, cast):
    token = rules.token(Answer, rules.BLANK[Answer])
    write("12.4", by=cast.unit, version=token, evidence="By the unit")
    _answer, token = write("12.4", by=cast.lead, version=token, narrative="A", evidence="")
    write("12.4", by=cast.lead, version=token, narrative="AB", evidence="")
    assert Answer.objects.get().evidence == "By the unit"


def test_a_sitting_leaves_one_earlier_text_and_one_event(write, cast, later):
    write("12.4", by=cast.lead, narrative="First")
    write("12.4", by=cast.lead, narrative="First words")
    assert not AnswerText.objects.exists()
    with later(minutes=11):
        write("12.4", by=cast.lead, narrative="First words, later")
        write("12.4", by=cast.lead, narrative="First words, later still")
    assert [text.narrative for text in AnswerText.objects.all()] == ["First words"]
    assert AuditEvent.objects.filter(kind="answered").count() == 2


def test_another_person_leaves_the_first_one_s_text(write, cast):
    write("12.4", by=cast.lead, narrative="By the lead", judgement="partly")
    write("12.4", by=cast.unit, narrative="By the unit")
    kept = AnswerText.objects.get()
    assert (kept.narrative, kept.judgement, kept.by) == ("By the lead", "partly", cast.lead)


def test_a_text_emptied_at_once_can_be_brought_back(write, cast):
    write("12.4", by=cast.lead, narrative="Long words " * 30)
    answer, _token = write("12.4", by=cast.lead, narrative="")
    restored = operations.restore(answer=answer, version=1, by=cast.unit)
    assert restored.narrative.startswith("Long words")
    assert [text.version for text in AnswerText.objects.all()] == [2, 1]
    assert AuditEvent.objects.filter(kind="answer_restored").count() == 1


def test_there_is_nothing_to_restore_of_a_version_that_never_was(write, cast):
    answer, _token = write("12.4", by=cast.lead, narrative="Words")
    with pytest.raises(Refused, match="no such earlier text"):
        operations.restore(answer=answer, version=7, by=cast.lead)


def test_reflections_are_saved_kept_and_restored_alike(assessment, ask, cast):
    marker = ask("12.4").marker

    def reflect(by, version, text):
        return operations.save_reflection(
            assessment=assessment, marker=marker, by=by, version=version, text=text
        )

    reflect(cast.lead, 0, "By the lead")
    with pytest.raises(operations.Conflict):
        reflect(cast.unit, 0, "By the unit")
    row, _token = reflect(cast.unit, 1, "By the unit")
    assert ReflectionText.objects.get().text == "By the lead"
    operations.restore_reflection(reflection=row, version=1, by=cast.lead)
    assert Reflection.objects.get().text == "By the lead"


def test_liaison_fills_in_the_family_s_markers_alone(write, cast):
    write("4.1", by=cast.liaison, judgement="in_place")
    write("12.1", by=cast.liaison, judgement="in_place")
    with pytest.raises(PermissionDenied):
        write("1.1", by=cast.liaison, judgement="in_place")
    assert Answer.objects.count() == 2


@pytest.mark.parametrize("who", ["chair", "panel", "auditor", "stranger", "outsider"])
def test_readers_write_nothing(write, cast, who):
    with pytest.raises(PermissionDenied):
        write("12.1", by=cast.people[who], judgement="in_place")


def test_a_panel_member_with_leave_by_name_fills_in(write, cast, review):
    people.grant(
        review=review,
        user=cast.panel,
        permission=Permission.ANSWER_MARKERS,
        reason="Assigned marker 1",
        by=cast.unit,
        ends=None,
    )
    answer, _token = write("1.1", by=cast.panel, judgement="in_place")
    assert answer.by == cast.panel


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"judgement": "splendid"}, "no such judgement"), ({"narrative": "x" * 100_001}, "100,000")],
)
def test_what_cannot_be_stored_says_why(write, cast, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        write("12.4", by=cast.lead, **changes)
    assert not Answer.objects.exists()


def test_a_marker_outside_the_pass_is_not_answered(review, ask, cast):
    family = operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[12])
    with pytest.raises(Refused, match="not part"):
        operations.save_answer(
            assessment=family, question=ask("1.1"), by=cast.lead, version=0, changes={}
        )


def test_earlier_texts_stay_as_they_were_even_from_sql(write, cast):
    write("12.4", by=cast.lead, narrative="One")
    write("12.4", by=cast.unit, narrative="Two")
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerText.objects.update(narrative="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerText.objects.all()._raw_delete("default")
