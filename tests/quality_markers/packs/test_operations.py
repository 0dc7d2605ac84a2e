"""Handed out, filled in elsewhere, brought back, and taken answer by answer."""

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Answer
from quality_markers.assessments.operations import assigning
from quality_markers.packs import operations, queries, rules
from quality_markers.packs.contributions import worklist
from quality_markers.packs.models import Pack, ReturnedAnswer, ReturnedPack
from reviews.case.models import Appointment
from reviews.case.operations import people
from reviews.permissions import Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused

FORMS = ["docx", "xlsx"]


def lines(returned, by):
    return {
        line.slot.number: line
        for line in queries.lines(by, returned, queries.slots_of(by, returned.pack.assessment))
    }


def kinds(returned, by):
    return {number: line.kind for number, line in lines(returned, by).items()}


def take(returned, number, by, seen=None):
    line = lines(returned, by)[number]
    operations.take(row=line.row, slot=line.slot, seen=seen or line.token, by=by)


def test_two_clicks_make_one_pack(assessment, pack):
    assert pack("docx", 12) == pack("docx", 12)
    assert Pack.objects.count() == 1
    [event] = AuditEvent.objects.filter(kind="pack_handed_out")
    assert event.changes == {"form": "Word", "markers": "12"}


def test_another_choice_on_a_page_gone_back_to_is_another_pack(pack):
    first = pack("docx", 12, token="one")
    other = pack("xlsx", 4, token="one")
    assert (first.markers, other.markers, other.form) == ([12], [4], "xlsx")


@pytest.mark.parametrize("form", FORMS)
def test_a_pack_is_made_again_as_it_was(pack, form, write, cast):
    write("12.1", narrative="Then.")
    handed_out = pack(form, 12, is_filled=True)
    name, first = operations.file_of(pack=handed_out, by=cast.lead)
    write("12.1", narrative="Since.")
    handed_out.refresh_from_db()
    assert operations.file_of(pack=handed_out, by=cast.lead) == (name, first)
    assert name.startswith("SCR-")
    assert "-self-assessment-1-marker-12-questions-" in name


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_pack_comes_back_with_answers(pack, filled, bring, said, assessment, cast, form):
    content = filled(
        pack(form, 11, 12),
        {
            "12.1": {"Judgement": "Partly in place", "Narrative": "Two meetings.\n\n- one late"},
            "11.2": {"Notes of evidence": "=SUM(A1) in the minutes"},
            "12": {"Narrative": "All in all it went well."},
        },
    )
    returned = bring(content, form, answered_by="The panel")
    assert kinds(returned, cast.lead) == {"11.2": "new", "12.1": "new", "12": "new"}
    assert returned.missing == []
    assert not Answer.objects.exists()
    assert operations.take_all(returned=returned, by=cast.lead) == 3
    assert said("12.1") == ("partly", "Two meetings.\n\n- one late")
    assert assessment.reflections.get().text == "All in all it went well."
    evidence = assessment.answers.values_list("evidence", flat=True)
    assert set(evidence) == {"", "=SUM(A1) in the minutes"}
    returned.refresh_from_db()
    assert returned.done_at
    assert operations.take_all(returned=returned, by=cast.lead) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_pack_that_nobody_touched_says_nothing(pack, filled, bring, write, cast, form):
    write("12.1", judgement="in_place", narrative="  Odd \x0b text\twith\n\n\nlines \n")
    write("12.2", judgement="not_applicable", not_applicable_reason="No family.")
    returned = bring(filled(pack(form, 12, is_filled=True)), form)
    assert not returned.answers.exists()
    assert returned.done_at


@pytest.mark.parametrize("form", FORMS)
def test_changed_in_the_file_changed_here_and_changed_in_both(
    pack, filled, bring, write, said, cast, form
):
    for number in ("12.1", "12.2", "12.3", "12.4"):
        write(number, narrative="As it was.")
    handed_out = pack(form, 12, is_filled=True)
    content = filled(
        handed_out,
        {number: {"Narrative": "From the file."} for number in ("12.1", "12.3", "12.4")},
    )
    for number in ("12.2", "12.3"):
        write(number, narrative="Here since.")
    write("12.4", narrative="From the file.")
    returned = bring(content, form)
    assert kinds(returned, cast.lead) == {"12.1": "changed", "12.3": "both", "12.4": "same"}
    [slot] = queries.changed_here(returned, queries.slots_of(cast.lead, handed_out.assessment))
    assert slot.number == "12.2"
    assert operations.take_all(returned=returned, by=cast.lead) == 2
    assert said("12.1") == ("not_considered", "From the file.")
    assert said("12.3") == ("not_considered", "Here since.")
    [one] = lines(returned, cast.lead)["12.3"].said
    assert (one.then, one.file, one.now) == ("As it was.", "From the file.", "Here since.")
    take(returned, "12.3", cast.lead)
    assert said("12.3") == ("not_considered", "From the file.")
    returned.refresh_from_db()
    assert returned.done_at


def test_other_fields_of_an_answer_are_left_as_they_are_here(pack, filled, bring, write, cast):
    write("12.1", narrative="As it was.", judgement="partly")
    content = filled(pack("docx", 12, is_filled=True), {"12.1": {"Narrative": "From the file."}})
    write("12.1", judgement="in_place", evidence="Here since.")
    returned = bring(content)
    assert kinds(returned, cast.lead) == {"12.1": "changed"}
    take(returned, "12.1", cast.lead)
    answer = Answer.objects.get()
    assert (answer.judgement, answer.narrative) == ("in_place", "From the file.")
    assert answer.evidence == "Here since."


def test_what_a_blank_pack_had_not_seen_is_never_written_over_unasked(
    pack, filled, bring, write, said, cast
):
    write("12.1", narrative="Here before the pack.")
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    assert kinds(returned, cast.lead) == {"12.1": "both"}
    assert operations.take_all(returned=returned, by=cast.lead) == 0
    assert said("12.1")[1] == "Here before the pack."


def test_who_took_without_having_seen_the_newest_text_is_stopped(
    pack, filled, bring, write, said, cast
):
    content = filled(
        pack("docx", 12), {"12.1": {"Narrative": "From the file.", "Judgement": "In place"}}
    )
    returned = bring(content)
    seen = lines(returned, cast.lead)["12.1"].token
    write("12.1", by=cast.unit, narrative="At the same moment.")
    with pytest.raises(assessments.Conflict):
        take(returned, "12.1", cast.lead, seen=seen)
    # Nothing of it: not even the judgement that nobody else had changed.
    assert said("12.1") == ("not_considered", "At the same moment.")
    assert returned.answers.get().state == "waiting"


def test_a_second_click_takes_nothing_a_second_time(pack, filled, bring, write, said, cast):
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    line = lines(returned, cast.lead)["12.1"]
    for _click in range(2):
        operations.take(row=line.row, slot=line.slot, seen=line.token, by=cast.lead)
    assert AuditEvent.objects.filter(kind="pack_taken").count() == 1
    write("12.1", narrative="Written since.")
    operations.take(row=line.row, slot=line.slot, seen=line.token, by=cast.lead)
    assert said("12.1")[1] == "Written since."


def test_undone_it_is_as_before_and_waits_again(pack, filled, bring, write, said, cast):
    write("12.1", narrative="As it was.", judgement="partly")
    content = filled(
        pack("xlsx", 12, is_filled=True),
        {"12.1": {"Narrative": "From the file."}, "12.2": {"Judgement": "In place"}},
    )
    returned = bring(content, "xlsx")
    operations.take_all(returned=returned, by=cast.lead)
    write("12.1", evidence="Since then.")
    for number in ("12.1", "12.2"):
        line = lines(returned, cast.lead)[number]
        operations.undo(row=line.row, slot=line.slot, by=cast.lead)
    assert said("12.1") == ("partly", "As it was.")
    assert said("12.2") == ("not_considered", "")
    assert Answer.objects.exclude(evidence="").count() == 1
    returned.refresh_from_db()
    assert returned.done_at is None
    assert kinds(returned, cast.lead) == {"12.1": "changed", "12.2": "new"}


def test_what_was_changed_after_it_was_taken_is_not_undone(pack, filled, bring, write, said, cast):
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    take(returned, "12.1", cast.lead)
    write("12.1", by=cast.unit, narrative="Put better.")
    line = lines(returned, cast.lead)["12.1"]
    with pytest.raises(Refused, match="Business unit Invented has changed it"):
        operations.undo(row=line.row, slot=line.slot, by=cast.lead)
    assert said("12.1")[1] == "Put better."
    assert returned.answers.get().state == "taken"


def test_left_it_is_settled_and_can_be_taken_up_again(pack, filled, bring, said, cast):
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    line = lines(returned, cast.lead)["12.1"]
    operations.leave(row=line.row, by=cast.lead)
    returned.refresh_from_db()
    assert returned.done_at
    assert said("12.1") is None
    operations.undo(row=line.row, slot=line.slot, by=cast.lead)
    take(returned, "12.1", cast.lead)
    assert said("12.1")[1] == "From the file."


def test_an_answer_is_settled_by_who_may_fill_it_in_alone(pack, filled, bring, cast):
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    line = lines(returned, cast.lead)["12.1"]
    for act in (
        lambda: operations.leave(row=line.row, by=cast.panel),
        lambda: operations.undo(row=line.row, slot=line.slot, by=cast.panel),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert returned.answers.get().state == "waiting"


def test_who_fills_in_nothing_any_more_is_not_reminded(pack, filled, bring, review, cast):
    bring(filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}}))
    assert len(worklist(cast.lead)) == 1
    people.appoint(review=review, user=cast.lead, role=Role.OBSERVER, by=cast.unit)
    row = Appointment.objects.get(review=review, user=cast.lead, role=Role.LEAD)
    people.end_appointment(appointment=row, by=cast.unit)
    assert worklist(cast.lead) == []


def test_the_same_file_twice_is_one_return(pack, filled, bring):
    content = filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}})
    assert bring(content) == bring(content)
    assert ReturnedPack.objects.count() == ReturnedAnswer.objects.count() == 1


def test_liaison_is_handed_the_family_s_markers_alone(pack, cast, assessment):
    handed_out = pack("docx", by=cast.liaison)
    family = assessment.markers.filter(is_family=True).values_list("number", flat=True)
    assert handed_out.markers == sorted(family)
    with pytest.raises(Refused, match="yours to fill in"):
        pack("docx", 1, by=cast.liaison)
    with pytest.raises(Refused):
        operations.sheets(assessment=assessment, markers=[1], by=cast.liaison)


def test_of_another_s_pack_only_what_is_theirs_is_taken_in(pack, filled, bring, said, cast):
    handed_out = pack("docx", 1, 12)
    content = filled(
        handed_out, {"1.1": {"Narrative": "Of marker 1."}, "12.1": {"Narrative": "Of marker 12."}}
    )
    returned = bring(content, by=cast.liaison)
    assert list(lines(returned, cast.liaison)) == ["12.1"]
    assert returned.answers.count() == 1
    with pytest.raises(Refused, match="yours to fill in"):
        bring(filled(pack("docx", 1)), by=cast.liaison)


def test_a_panel_member_is_handed_nothing_that_is_not_assigned_to_them(pack, cast):
    with pytest.raises(Refused, match="yours to fill in"):
        pack("docx", by=cast.panel)


def test_a_panel_member_takes_the_questions_that_are_assigned_to_them(
    pack, filled, bring, said, ask, assessment, cast
):
    assigning.assign(assessment=assessment, person=cast.panel, by=cast.lead, questions=[ask("3.2")])
    handed_out = pack("docx", by=cast.panel)
    assert handed_out.markers == [3]
    assert list(handed_out.texts) == [f"q{ask('3.2').pk}"]
    returned = bring(
        filled(handed_out, {"3.2": {"Narrative": "From the panel."}}, by=cast.panel), by=cast.panel
    )
    operations.take_all(returned=returned, by=cast.panel)
    assert said("3.2")[1] == "From the panel."


def test_who_may_take_nothing_with_them_is_handed_nothing(pack, cast, assessment):
    with pytest.raises(PermissionDenied):
        pack("docx", by=cast.stranger)
    with pytest.raises(PermissionDenied):
        operations.sheets(assessment=assessment, markers=[1], by=cast.stranger)


def test_nothing_goes_out_or_comes_in_while_the_chair_reads(
    pack, filled, bring, write, assessment, cast
):
    write("12.1", narrative="As it was.")
    handed_out = pack("docx", 12)
    content = filled(handed_out, {"12.2": {"Narrative": "From the file."}})
    returned = bring(content)
    line = lines(returned, cast.lead)["12.2"]
    assessments.submit(assessment=assessment, by=cast.lead)
    assessment.refresh_from_db()
    for act in (
        lambda: pack("xlsx", 12),
        lambda: bring(content),
        lambda: operations.take_all(returned=returned, by=cast.lead),
        lambda: operations.take(row=line.row, slot=line.slot, seen=line.token, by=cast.lead),
        lambda: operations.leave(row=line.row, by=cast.lead),
        lambda: operations.undo(row=line.row, slot=line.slot, by=cast.lead),
    ):
        with pytest.raises(Refused, match="with the chair"):
            act()


def test_an_infected_file_is_refused_before_it_is_parsed(pack, filled, bring, settings):
    content = filled(pack("docx", 12))
    settings.CLAMAV_SOCKET = "/nowhere"
    with (
        mock.patch("scr_portal.documents.scanner.verdict", return_value="Eicar"),
        mock.patch("quality_markers.packs.reading.read") as parsed,
        pytest.raises(Refused, match="scanner refused"),
    ):
        bring(content)
    assert not parsed.called
    event = AuditEvent.objects.get(kind="file_refused")
    assert event.changes == {"found": "Eicar"}


def test_while_the_scanner_is_away_nothing_is_read(pack, filled, bring, settings):
    content = filled(pack("docx", 12))
    settings.CLAMAV_SOCKET = "/nowhere/at/all"
    with pytest.raises(Refused, match="can’t be scanned just now"):
        bring(content)


def test_no_word_of_an_answer_gets_into_the_history(pack, filled, bring, write, cast):
    returned = bring(filled(pack("docx", 12), {"12.1": {"Narrative": "Quite secret."}}))
    operations.take_all(returned=returned, by=cast.lead)
    for event in AuditEvent.objects.all():
        assert "secret" not in f"{event.changes} {event.target_label}"


def test_keys_of_an_earlier_secret_are_known(settings):
    key, item = rules.file_key("abc"), rules.item_key("abc", "q1")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 9
    assert rules.key_in(key) == "abc"
    assert rules.item_keys("abc", ["q1"])[item] == "q1"
