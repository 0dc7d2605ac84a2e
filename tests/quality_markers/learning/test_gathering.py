"""After closure: what a review noted, as the board reads it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from quality_markers.learning import operations
from quality_markers.learning.contributions import worklist
from quality_markers.learning.operations import Traceable
from quality_markers.learning.queries import Chosen, learned
from reviews.case.models import Child
from reviews.case.operations import people
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused


def gather(row, cast, version=None, **fields):
    given = {"gathered_text": "Begin earlier.", "by": cast.unit} | fields
    row.refresh_from_db()
    return operations.gather(improvement=row, version=version or row.version, **given)


def test_nothing_is_gathered_before_closure(note, cast):
    with pytest.raises(Refused, match="once the review is closed"):
        gather(note(), cast)


@pytest.mark.parametrize("who", ["unit", "lead"])
def test_unit_and_lead_gather(note, closed, cast, who, theme):
    row = note(quote="Too late.")
    closed()
    gather(row, cast, by=cast.people[who], gathered_quote="Too late.", themes=[theme])
    [read] = learned(cast.board, cast.auditor, Chosen())
    assert (read.gathered_text, read.gathered_quote) == ("Begin earlier.", "Too late.")
    assert read.seen and list(read.themes.all()) == [theme]


@pytest.mark.parametrize("who", ["liaison", "panel", "chair", "auditor", "stranger", "outsider"])
def test_nobody_else_gathers(note, closed, cast, who):
    row = note(12)
    closed()
    with pytest.raises(PermissionDenied):
        gather(row, cast, by=cast.people[who])
    with pytest.raises(PermissionDenied):
        operations.take_back(improvement=row, by=cast.people[who])


def test_what_was_set_aside_or_says_nothing_is_not_gathered(note, closed, cast):
    row, other = note(), note()
    operations.drop(improvement=row, by=cast.lead)
    closed()
    with pytest.raises(Refused, match="set aside"):
        gather(row, cast)
    with pytest.raises(Refused, match="as the board"):
        gather(other, cast, gathered_text=" ")


def test_words_that_give_the_case_away_are_named_once(note, closed, cast, review):
    Child.objects.filter(review=review).update(pseudonym="Child R")
    row = note()
    closed()
    for text in (f"As in {review.reference.lower()}.", "For child  r it was late."):
        with pytest.raises(Traceable) as caught:
            gather(row, cast, gathered_text=text)
        assert caught.value.words
    assert gather(row, cast, gathered_text="Child R", despite=True).gathered_text == "Child R"


def test_the_history_holds_none_of_the_words(note, closed, cast, review):
    row = note()
    closed()
    gather(row, cast, gathered_text="Nobody asked the school.")
    event = AuditEvent.objects.get(kind="improvement_gathered", review_id=review.pk)
    assert "school" not in f"{event.changes}{event.target_label}"


def test_taken_back_it_is_gone_from_the_board_and_stays_in_the_review(note, closed, cast):
    row = note()
    closed()
    gather(row, cast)
    for _click in range(2):
        operations.take_back(improvement=row, by=cast.unit)
    row.refresh_from_db()
    assert row.text == "Begin earlier." and not row.gathered_text and not row.gathered_by
    assert not learned(cast.board, cast.unit, Chosen()).exists()


def test_of_two_who_gather_the_second_hears_of_the_first(note, closed, cast):
    row = note()
    closed()
    gather(row, cast)
    with pytest.raises(Stale):
        gather(row, cast, version=1, gathered_text="Otherwise.", by=cast.lead)


def test_what_waits_stands_in_the_worklist_until_it_is_gathered(note, closed, cast):
    row, other = note(), note()
    assert not worklist(cast.unit)
    closed()
    for who in (cast.unit, cast.lead):
        [need] = worklist(who)
        assert "2 improvements" in need.text
    assert not worklist(cast.chair) and not worklist(cast.outsider)
    gather(row, cast)
    gather(other, cast)
    assert not worklist(cast.unit)


def url(review, name, **more):
    return reverse(f"quality_markers:{name}", kwargs={"review": review.pk, **more})


def test_the_page_begins_with_what_was_noted_and_asks_twice_about_a_name(
    note, closed, cast, review, sign_in
):
    row = note(quote="We were late.")
    closed()
    client, page = sign_in(cast.unit), url(review, "improvement_gather", pk=row.pk)
    form = client.get(page).context["form"]
    assert form["gathered_text"].value() == "Begin earlier." and "despite" not in form.fields
    sent = {"gathered_text": f"Not as in {review.reference}", "version": 1}
    asked = client.post(page, sent)
    assert asked.status_code == 200 and "despite" in asked.context["form"].fields
    assert review.reference in str(asked.context["form"].non_field_errors())
    assert client.post(page, sent | {"despite": "on"}).status_code == 302
    text = client.get(url(review, "improvements")).content.decode()
    assert "as the board reads it" in text and "Take it out again" in text
    client.post(url(review, "improvement_take_back", pk=row.pk))
    row.refresh_from_db()
    assert not row.gathered_at


def test_before_closure_the_page_sends_back(note, cast, review, sign_in):
    answer = sign_in(cast.unit).get(url(review, "improvement_gather", pk=note().pk))
    assert answer.status_code == 302


def test_a_recused_reader_reads_the_learning_without_its_case(note, closed, cast, review, sign_in):
    row = note()
    closed()
    gather(row, cast)
    people.recuse(review=review, user=cast.chair, reason="Knows them", by=cast.unit)
    board = reverse("quality_markers:learning", args=[cast.board.slug])
    for who, sees in ((cast.chair, False), (cast.auditor, True)):
        text = sign_in(who).get(board).content.decode()
        assert "Begin earlier." in text
        assert (review.reference in text) is sees and (str(review.pk) in text) is sees
    narrowed = sign_in(cast.chair).get(board, {"year": review.referred_on.year})
    assert "Begin earlier." not in narrowed.content.decode()
