from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, Reflection

BLANK = rules.BLANK[Answer]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def read(**texts):
    """Digests of a page that shows these texts."""
    row = SimpleNamespace(version=9, **BLANK)
    return rules.seen(Answer, row, rules.token(Answer, {**BLANK, **texts}))


def test_only_what_was_changed_is_written():
    now = {**BLANK, "narrative": "Old", "evidence": "Minutes"}
    merged = rules.merge(
        now, read(narrative="Old", evidence="Minutes"), {**now, "narrative": "New"}
    )
    assert merged == rules.Merge({"narrative": "New"}, {})


def test_a_field_left_alone_does_not_undo_what_another_wrote_there():
    now = {**BLANK, "narrative": "Theirs"}
    merged = rules.merge(now, read(), {**BLANK, "evidence": "Mine"})
    assert merged == rules.Merge({"evidence": "Mine"}, {})


def test_the_same_field_changed_twice_is_a_clash_that_shows_theirs():
    now = {**BLANK, "narrative": "Theirs"}
    assert rules.merge(now, read(), {"narrative": "Mine"}).clashes == {"narrative": "Theirs"}


def test_two_who_write_the_same_do_not_clash():
    now = {**BLANK, "narrative": "Same"}
    assert rules.merge(now, read(), {"narrative": "Same"}) == rules.Merge({}, {})


def test_line_ends_of_a_browser_are_no_change():
    now = {**BLANK, "narrative": "One\nTwo"}
    merged = rules.merge(now, read(narrative="One\r\nTwo"), {"narrative": "One\r\nTwo"})
    assert not merged.written and not merged.clashes


def test_a_number_stands_for_the_present_texts_and_an_old_one_for_none():
    row = SimpleNamespace(version=3, **{**BLANK, "narrative": "Now"})
    assert rules.seen(Answer, row, 3) == read(narrative="Now")
    assert set(rules.seen(Answer, row, 2).values()) == {"unseen"}
    assert set(rules.seen(Answer, row, "").values()) == {"unseen"}
    assert rules.seen(Answer, None, 0) == read()


def test_the_next_token_has_seen_what_was_written_and_not_the_rest():
    now = {**BLANK, "narrative": "Mine", "evidence": "Theirs"}
    token = rules.token_after(now, read(), {"narrative": "Mine", "evidence": ""}, {})
    assert token == rules.token(Answer, {**BLANK, "narrative": "Mine"})


def test_autosave_keeps_one_earlier_text_a_sitting():
    me, other = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
    row: Any = SimpleNamespace(by_id=1, since=NOON, text="Some words")
    soon, later = NOON + timedelta(minutes=9), NOON + timedelta(minutes=10)
    assert not rules.keeps_earlier(row, me, soon, {"text": "Some more words"})
    assert rules.keeps_earlier(row, other, soon, {"text": "Some more words"})
    assert rules.keeps_earlier(row, me, later, {"text": "Some more words"})


def test_a_text_that_was_cut_is_kept_even_so():
    row: Any = SimpleNamespace(by_id=1, since=NOON, text="x" * 200)
    assert rules.keeps_earlier(row, SimpleNamespace(pk=1), NOON, {"text": "x" * 100})


def test_a_reflection_has_a_token_of_its_own():
    assert rules.token(Reflection, {"text": "A"}) != rules.token(Reflection, {"text": "B"})
