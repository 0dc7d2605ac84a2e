"""Improvements for future reviews: who notes them, where, and what becomes of each click."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from quality_markers.assessments import operations as assessments
from quality_markers.learning import operations, queries
from quality_markers.learning.models import Improvement, Theme
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused


def test_one_is_noted_with_quote_and_themes_and_recorded_without_words(note, theme, cast, review):
    made = note(12, quote="We were told last.", themes=[theme])
    assert made.board == cast.board and list(made.themes.all()) == [theme]
    event = AuditEvent.objects.get(kind="improvement_noted", review_id=review.pk)
    assert event.target_label.startswith("12.")
    assert "told last" not in str(event.changes) + event.target_label


def test_a_double_click_notes_one(note):
    assert note(token="once").pk == note(token="once").pk
    assert Improvement.objects.count() == 1


def test_other_words_from_a_page_gone_back_to_are_not_lost(note):
    note(token="once", text="Begin earlier.")
    assert note(token="once", text="Ask the school.").text == "Ask the school."
    assert Improvement.objects.count() == 2


def test_only_a_pass_that_looks_back_takes_them(review, cast):
    opened = assessments.open_pass(review=review, purpose="clarity", by=cast.lead)
    with pytest.raises(Refused, match="looking back"):
        operations.note(assessment=opened, text="x", by=cast.lead, token="t")


def test_nothing_is_noted_without_words_or_on_a_closed_review(note, closed):
    with pytest.raises(Refused, match="what to do"):
        note(text="  ")
    closed()
    with pytest.raises(Refused, match="closed"):
        note()


def test_a_marker_that_is_not_in_the_pass_is_refused(review, cast, catalogue):
    opened = assessments.open_pass(
        review=review, purpose="retrospective", markers=[1], by=cast.lead
    )
    other = catalogue.markers.get(number=2)
    with pytest.raises(Refused, match="not part"):
        operations.note(assessment=opened, marker=other, text="x", by=cast.lead, token="t")


@pytest.mark.parametrize("who", ["panel", "chair", "auditor", "stranger", "outsider"])
def test_who_fills_nothing_in_notes_nothing(note, cast, who):
    with pytest.raises(PermissionDenied):
        note(by=cast.people[who])


def test_liaison_notes_and_reads_what_is_about_the_family_alone(note, cast, review):
    with pytest.raises(PermissionDenied):
        note(by=cast.liaison)
    with pytest.raises(PermissionDenied):
        note(1, by=cast.liaison)
    mine, _other, _whole = note(12, by=cast.liaison), note(1), note()
    assert list(queries.improvements_of(review, cast.liaison)) == [mine]
    assert queries.improvements_of(review, cast.panel).count() == 3
    assert not queries.improvements_of(review, cast.outsider).exists()


def test_a_theme_of_another_board_or_retired_is_refused(note, theme, cast):
    foreign = Theme.objects.create(board=cast.other_board, name="Theirs")
    with pytest.raises(Refused, match="themes"):
        note(themes=[foreign])
    row = note(themes=[theme])
    operations.retire_theme(theme=theme, by=cast.unit)
    theme.refresh_from_db()
    with pytest.raises(Refused, match="themes"):
        note(themes=[theme])
    kept = operations.change(
        improvement=row, version=1, text="Other words.", themes=[theme], by=cast.lead
    )
    assert list(kept.themes.all()) == [theme]


def test_of_two_editors_the_second_hears_of_the_first(note, cast, theme):
    row = note()
    operations.change(improvement=row, version=1, text="Mine.", themes=[theme], by=cast.lead)
    with pytest.raises(Stale):
        operations.change(improvement=row, version=1, text="Theirs.", by=cast.unit)
    row.refresh_from_db()
    assert (row.text, row.version) == ("Mine.", 2)


def test_a_theme_alone_is_a_change_too(note, cast, theme):
    row = operations.change(
        improvement=note(), version=1, text="Begin earlier.", themes=[theme], by=cast.lead
    )
    assert row.version == 2
    with pytest.raises(Stale):
        operations.change(improvement=row, version=1, text="Begin earlier.", by=cast.lead)


def test_set_aside_and_put_back_however_often(note, cast):
    row = note()
    for act, state in ((operations.drop, True), (operations.put_back, False)):
        for _click in range(2):
            act(improvement=row, by=cast.lead)
        row.refresh_from_db()
        assert bool(row.dropped_at) is state
    assert AuditEvent.objects.filter(kind__startswith="improvement_").count() == 3


def page(review, name="improvements", **more):
    return reverse(f"quality_markers:{name}", kwargs={"review": review.pk, **more})


def test_the_page_says_what_to_do_first(review, cast, sign_in):
    text = sign_in(cast.lead).get(page(review)).content.decode()
    assert "Nothing is noted yet" in text and "Looking back at the end" in text


def test_the_way_through_the_pages(review, back, theme, cast, sign_in):
    client = sign_in(cast.lead)
    new = page(review, "improvement_new", number=back.number)
    form = client.get(f"{new}?marker=4")
    assert form.context["form"]["marker"].value() == "4"
    sent = {
        "marker": "4",
        "text": "Ask agencies first.",
        "themes": [theme.pk],
        "token": uuid4().hex,
    }
    for _click in range(2):
        assert client.post(new, sent).status_code == 302
    row = Improvement.objects.get()
    text = client.get(page(review)).content.decode()
    assert "Ask agencies first." in text and "Time" in text
    edit = page(review, "improvement_edit", pk=row.pk)
    assert client.post(edit, {"text": "Ask them all.", "version": 1}).status_code == 302
    lost = client.post(edit, {"text": "Ask nobody.", "version": 1})
    assert lost.status_code == 409 and "Ask them all." in lost.content.decode()
    client.post(page(review, "improvement_drop", pk=row.pk))
    client.post(page(review, "improvement_put_back", pk=row.pk))
    row.refresh_from_db()
    assert row.text == "Ask them all." and not row.dropped_at


def test_what_liaison_may_not_read_is_not_there(note, review, cast, sign_in):
    hidden = note(1, text="Only for the team.")
    client = sign_in(cast.liaison)
    assert "Only for the team" not in client.get(page(review)).content.decode()
    assert client.get(page(review, "improvement_edit", pk=hidden.pk)).status_code == 404


def test_who_only_reads_is_offered_nothing_to_do(note, review, cast, sign_in):
    row = note()
    client = sign_in(cast.panel)
    text = client.get(page(review)).content.decode()
    assert "Begin earlier." in text and "improvements/" not in text.split("<main")[1]
    assert client.get(page(review, "improvement_edit", pk=row.pk)).status_code == 403


def test_a_pass_that_does_not_look_back_sends_the_reader_to_the_list(review, cast, sign_in):
    opened = assessments.open_pass(review=review, purpose="clarity", by=cast.lead)
    answer = sign_in(cast.lead).get(page(review, "improvement_new", number=opened.number))
    assert answer.status_code == 302 and answer.url == page(review)


def test_the_page_costs_the_same_for_any_number(note, review, cast, sign_in, theme):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, costs = sign_in(cast.lead), []
    note()
    client.get(page(review))
    for number in (1, 10, 40):
        while Improvement.objects.count() < number:
            note(12, themes=[theme])
        with CaptureQueriesContext(connection) as caught:
            client.get(page(review))
        costs.append(len(caught))
    assert len(set(costs[1:])) == 1 and costs[0] <= costs[1]
