from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from reviews.decisions.advice.models import InputRequest
from reviews.scoping.partners.models import Partnership
from reviews.scoping.terms import queries
from reviews.scoping.terms.models import Comment, Round, Terms, TermsVersion
from reviews.scoping.terms.operations import comments, rounds, signing
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests.reviews.scoping.terms import drafting


def state(terms):
    return Terms.objects.get(pk=terms.pk).state


def test_a_round_keeps_the_text_and_asks(cast, terms):
    found = drafting.sent_out(cast, terms.review, [cast.member, cast.panel])
    drafting.write(terms, "questions", cast.unit, text="Another question")
    assert found.version.content["sections"] == {"questions": "How did it come about?"}
    assert str(found.version) == "1.1"
    assert state(terms) == "consulting"
    asked = InputRequest.objects.get(user=cast.member)
    assert (asked.about, asked.due_on) == ("terms", found.closes_on)
    assert queries.round_of(asked) == found
    told = Notification.objects.get(user=cast.member, kind="asked")
    assert told.link == f"/reviews/{terms.review_id}/terms/asked/{asked.pk}"


def test_a_second_click_sends_nothing_out_twice(cast, terms):
    drafting.sent_out(cast, terms.review)
    with pytest.raises(Refused, match="out for comments already"):
        drafting.sent_out(cast, terms.review)
    assert Round.objects.count() == TermsVersion.objects.count() == 1


def test_what_is_refused(cast, review):
    with pytest.raises(Refused):
        drafting.sent_out(cast, review)
    drafting.begun(cast, review)
    with pytest.raises(Refused, match="Nothing is written"):
        drafting.sent_out(cast, review)
    drafting.begun(cast, review, questions="How?")
    with pytest.raises(Refused, match="has passed"):
        drafting.sent_out(cast, review, days=-1)
    with pytest.raises(PermissionDenied):
        drafting.sent_out(cast, review, by=cast.chair)


def test_a_round_closes_with_a_click_and_a_second_follows(cast, terms):
    first = drafting.sent_out(cast, terms.review)
    rounds.close(found=first, by=cast.lead)
    assert state(terms) == "draft"
    assert InputRequest.objects.get().ended_at is not None
    with pytest.raises(Refused, match="closed already"):
        rounds.close(found=first, by=cast.lead)
    second = drafting.sent_out(cast, terms.review)
    assert (second.number, str(second.version)) == (2, "1.2")
    asked = queries.asked_in(second).get()
    assert asked.is_waiting and list(queries.asked_in(first)) != [asked]


def test_a_round_closes_after_its_day(cast, terms):
    found = drafting.sent_out(cast, terms.review, days=0)
    assert rounds.close_those_over() == 0
    Round.objects.update(closes_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="has closed"):
        drafting.said(found, cast.member)
    assert rounds.close_those_over() == 1
    assert rounds.close_those_over() == 0
    assert state(terms) == "draft"
    assert Round.objects.get().closed_by is None


def test_a_comment_is_made_once(cast, terms):
    found = drafting.sent_out(cast, terms.review)
    one = drafting.said(found, cast.member, token="same")
    assert drafting.said(found, cast.member, token="same") == one
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("who", ["panel", "lead", "chair", "member"])
def test_who_gives_input_comments(cast, terms, who):
    found = drafting.sent_out(cast, terms.review)
    assert drafting.said(found, cast.people[who]).by == cast.people[who]


@pytest.mark.parametrize("who", ["unit", "auditor", "liaison", "observer", "agency", "outsider"])
def test_nobody_else_comments(cast, terms, who):
    found = drafting.sent_out(cast, terms.review)
    with pytest.raises(PermissionDenied):
        drafting.said(found, cast.people[who])


def test_a_member_who_was_not_asked_does_not_comment(cast, terms):
    found = drafting.sent_out(cast, terms.review, [cast.panel])
    with pytest.raises(PermissionDenied):
        drafting.said(found, cast.member)


@pytest.mark.parametrize("given", [{"section": "nothing"}, {"text": "  "}, {"section": "case_law"}])
def test_a_comment_speaks_to_a_section(cast, terms, given):
    found = drafting.sent_out(cast, terms.review)
    with pytest.raises(Refused):
        drafting.said(found, cast.member, **given)


def test_every_comment_is_dealt_with_and_its_writer_told(cast, terms):
    found = drafting.sent_out(cast, terms.review)
    one, two = (drafting.said(found, cast.member, text=text) for text in ("One", "Two"))
    with pytest.raises(Refused, match="Say why"):
        drafting.settled(one, cast.unit, "not_taken")
    with pytest.raises(Refused, match="Choose"):
        drafting.settled(one, cast.unit, "open")
    with pytest.raises(PermissionDenied):
        drafting.settled(one, cast.panel)
    drafting.settled(one, cast.unit)
    assert not Notification.objects.filter(kind="comments_settled").exists()
    for _click in range(2):
        drafting.settled(two, cast.lead, "partly", "The half of it is done elsewhere.")
    assert Notification.objects.get(kind="comments_settled").user == cast.member
    assert AuditEvent.objects.filter(kind="terms_comment_settled").count() == 2
    assert queries.open_comments(cast.unit, terms.review) == []


def test_an_answer_is_given_once_and_read_under_its_comment(cast, terms):
    found = drafting.sent_out(cast, terms.review)
    one = drafting.said(found, cast.member)
    for _click in range(2):
        comments.answer(parent=one, text="We will.", by=cast.unit, token="t")
    [row] = queries.comments_for(cast.lead, round=found)
    assert [answer.text for answer in row.answers.all()] == ["We will."]
    with pytest.raises(PermissionDenied):
        comments.answer(parent=one, text="And I", by=cast.auditor, token="u")


def partner_panel(cast, review):
    """A panel member who serves the partner board, and the boards that share the review."""
    Partnership.objects.create(
        review=review, partner=cast.other_board, name="Southmere", by=cast.unit
    )
    review.partner_boards.add(cast.other_board)
    BoardRole.objects.create(
        user=cast.panel, board=cast.other_board, role="member", starts=clock.today()
    )
    return cast.panel


def test_a_comment_for_one_board_is_absent_for_everybody_else(cast, terms):
    panel = partner_panel(cast, terms.review)
    found = drafting.sent_out(cast, terms.review, [panel])
    one = drafting.said(found, panel, private_to=cast.other_board.pk)
    for who in ("unit", "lead", "chair", "auditor"):
        assert list(queries.comments_for(cast.people[who], round=found)) == []
    assert list(queries.comments_for(panel, round=found)) == [one]
    assert not AuditEvent.objects.filter(review_id=terms.review_id, kind="terms_commented").exists()
    assert AuditEvent.objects.get(kind="terms_commented").board_id == cast.other_board.pk
    assert queries.counts_of(terms.review)[found.pk] == (0, 0)
    with pytest.raises(PermissionDenied):
        drafting.settled(one, cast.unit)
    with pytest.raises(PermissionDenied):
        comments.answer(parent=one, text="Who?", by=cast.lead, token="t")
    rounds.close(found=found, by=cast.unit)
    assert signing.missing(terms, cast.unit) == []


def test_nobody_speaks_in_the_zone_of_a_board_that_is_not_theirs(cast, terms):
    partner_panel(cast, terms.review)
    found = drafting.sent_out(cast, terms.review)
    with pytest.raises(Refused, match="not of that board"):
        drafting.said(found, cast.member, private_to=cast.other_board.pk)


def test_who_has_finished_is_asked_no_more(cast, terms):
    found = drafting.sent_out(cast, terms.review, [cast.member, cast.panel])
    drafting.said(found, cast.member)
    for who in (cast.member, cast.panel):
        comments.finish(asked=InputRequest.objects.get(user=who), by=who)
    mine = InputRequest.objects.get(user=cast.member)
    assert mine.answer and not mine.nothing_to_add and mine.chase_on is None
    assert InputRequest.objects.get(user=cast.panel).nothing_to_add
    with pytest.raises(Refused):
        comments.finish(asked=mine, by=cast.member)
    assert drafting.said(found, cast.member, text="One more").pk
