from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from reviews.case.lifecycle import Stage
from reviews.case.operations import people
from reviews.case.operations.asking import chase
from reviews.case.operations.lifecycle import advance
from reviews.case.operations.record import Stale
from reviews.decisions.briefings import queries, rules
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.decisions.briefings.operations import reading, writing
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders
from tests.cast import board_person
from tests.reviews.decisions.briefings.telling import WORDS, issued, ready


def test_a_draft_needs_a_signed_decision(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    with pytest.raises(Refused, match="No decision has been signed"):
        writing.draft(review=review, version=0, by=cast.unit, **WORDS)


@pytest.mark.parametrize("who", ["lead", "panel", "auditor", "observer", "member", "outsider"])
def test_only_the_unit_and_the_chair_write(cast, who):
    review = builders.review_at(Stage.DECIDED, cast)
    cast.on(review)
    with pytest.raises(PermissionDenied):
        writing.draft(review=review, version=0, by=cast.people[who], **WORDS)


def test_two_who_write_at_once_lose_nothing(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    first = writing.draft(review=review, version=0, by=cast.unit, **WORDS)
    again = writing.draft(review=review, version=0, by=cast.unit, **WORDS)
    assert (again.pk, again.version) == (first.pk, 1)
    with pytest.raises(Stale):
        writing.draft(review=review, version=0, by=cast.unit, **WORDS | {"text": "Other"})
    assert Briefing.objects.get().text == WORDS["text"]


def test_what_is_missing_is_said_when_it_is_put_to_the_chair(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    nothing = dict.fromkeys(["tells_outcome", "tells_nature", "tells_rationale"], False)
    empty = nothing | {"title": " ", "text": "", "read_by": None}
    draft = writing.draft(review=review, version=0, by=cast.unit, **empty)
    with pytest.raises(Refused) as refused:
        writing.put_to_chair(briefing=draft, by=cast.unit)
    assert len(refused.value.reasons) == 3


def test_the_chair_is_told_returns_it_and_the_unit_is_told(cast):
    briefing = ready(cast)
    assert Notification.objects.filter(user=cast.chair, kind="briefing_to_issue").count() == 1
    with pytest.raises(Refused, match="with the chair"):
        words = WORDS | {"text": "Other"}
        writing.draft(review=briefing.review, version=briefing.version, by=cast.unit, **words)
    writing.give_back(briefing=briefing, by=cast.chair, reasons="Say what is asked of members.")
    briefing.refresh_from_db()
    assert (briefing.state, briefing.return_reasons) == ("draft", "Say what is asked of members.")
    assert Notification.objects.filter(user=cast.unit, kind="briefing_returned").count() == 1
    with pytest.raises(Refused):
        writing.give_back(briefing=briefing, by=cast.chair, reasons="Again")


def test_the_chair_may_be_its_only_writer_and_issue_it(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    draft = writing.draft(review=review, version=0, by=cast.chair, **WORDS)
    assert draft.state == Briefing.State.READY
    made = writing.issue(briefing=draft, version=draft.version, by=cast.chair)
    assert made.issued_by == cast.chair


def test_nobody_but_the_chair_issues_and_only_what_they_have_read(cast):
    briefing = ready(cast)
    with pytest.raises(PermissionDenied):
        writing.issue(briefing=briefing, version=briefing.version, by=cast.unit)
    with pytest.raises(Refused, match="has changed"):
        writing.issue(briefing=briefing, version=briefing.version - 1, by=cast.chair)
    assert not Receipt.objects.exists()


def test_issuing_tells_every_member_of_today_and_nobody_else(cast):
    briefing = ready(cast)
    board_person("Second Member Invented", cast.board, "member")
    recused = board_person("Recused Member Invented", cast.board, "member")
    former = board_person("Former Member Invented", cast.board, "member")
    BoardRole.objects.filter(user=former).update(ends=clock.today() - timedelta(days=1))
    people.recuse(review=briefing.review, user=recused, reason="Managed it", by=cast.unit)
    assert queries.left_out(briefing.review) == [recused]
    writing.issue(briefing=briefing, version=briefing.version, by=cast.chair)
    told = set(Receipt.objects.values_list("user__name", flat=True))
    assert told == {"Board member Invented", "Second Member Invented"}
    notified = Notification.objects.filter(kind="asked").values_list("user__name", flat=True)
    assert set(notified) == told
    event = AuditEvent.objects.get(kind="briefing_issued")
    assert event.changes == {"number": 1, "members": 2}


def test_a_second_click_issues_nothing_more(cast):
    briefing = ready(cast)
    writing.issue(briefing=briefing, version=briefing.version, by=cast.chair)
    with pytest.raises(Refused, match="issued already"):
        writing.issue(briefing=briefing, version=briefing.version, by=cast.chair)
    assert Receipt.objects.count() == 1


def test_a_board_without_members_is_said(cast):
    briefing = ready(cast)
    BoardRole.objects.filter(user=cast.member).delete()
    with pytest.raises(Refused, match="no member"):
        writing.issue(briefing=briefing, version=briefing.version, by=cast.chair)


def test_what_was_issued_stands_whatever_the_decision_becomes(cast):
    briefing = issued(cast)
    told = rules.words(briefing)
    parts = [part["label"] for part in told["parts"]]
    assert parts == [
        "The chair's decision",
        "Are the statutory criteria met?",
        "The chair's reasons",
    ]
    assert told["parts"][-1]["text"] == builders.DECISION["rationale"]
    assert builders.DECISION["nature"] not in briefing.issued_text
    with pytest.raises(DatabaseError), transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(title="Another")


def test_a_later_version_makes_a_new_briefing_that_names_the_earlier(cast):
    first = issued(cast)
    review = first.review
    advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="New information")
    second = ready(cast, review)
    builders.decide(review, cast, changed="The school's record was found.")
    with pytest.raises(Refused, match="Another version"):
        writing.issue(briefing=second, version=second.version, by=cast.chair)
    again = writing.draft(review=review, version=second.version, by=cast.chair, **WORDS)
    made = writing.issue(briefing=again, version=again.version, by=cast.chair)
    assert made.decision.number == 2
    assert rules.words(made)["earlier"][0].startswith("Briefing 1 of ")


def test_opening_and_reading_are_kept_once(cast):
    briefing = issued(cast)
    reading.opened(briefing=briefing, by=cast.member)
    first = reading.acknowledge(briefing=briefing, by=cast.member)
    again = reading.acknowledge(briefing=briefing, by=cast.member)
    assert first.answered_at == again.answered_at
    assert again.chase_on is None
    kinds = AuditEvent.objects.filter(kind__startswith="briefing_").values_list("kind", flat=True)
    assert sorted(kinds)[-2:] == ["briefing_read", "briefing_ready"]
    assert list(kinds).count("briefing_opened") == 1


def test_a_late_joiner_gets_a_receipt_by_opening_it(cast):
    briefing = issued(cast)
    late = board_person("Late Invented", cast.board, "member")
    assert not Receipt.objects.filter(user=late).exists()
    assert [row.is_told for row in queries.issued_to(late)] == [False]
    receipt = reading.opened(briefing=briefing, by=late)
    assert receipt.opened_at and receipt.due_on >= clock.today() + timedelta(days=14)
    assert receipt.chase_on is not None


@pytest.mark.parametrize("who", ["chair", "unit", "observer", "agency", "outsider"])
def test_who_is_no_member_reads_nothing(cast, who):
    briefing = issued(cast)
    cast.on(briefing.review)
    assert not queries.issued_to(cast.people[who]).exists()
    with pytest.raises(PermissionDenied):
        reading.acknowledge(briefing=briefing, by=cast.people[who])


def test_a_recused_member_finds_none_and_is_reminded_of_none(cast):
    briefing = issued(cast)
    people.recuse(review=briefing.review, user=cast.member, reason="Is related", by=cast.unit)
    assert not queries.issued_to(cast.member).exists()
    assert not Receipt.objects.of(cast.member).exists()
    Receipt.objects.update(chase_on=clock.today(), due_on=clock.today() - timedelta(days=1))
    assert chase() == 0
    assert not Notification.objects.filter(user=cast.member, kind="asked_again").exists()
    [row] = queries.readers(briefing)
    assert row.shut_out
    briefing.review.__dict__.pop("_permissions", None)
    with pytest.raises(PermissionDenied):
        reading.acknowledge(briefing=briefing, by=cast.member)


def test_who_has_not_read_it_is_chased_until_it_is_given_up(cast):
    briefing = issued(cast)
    Receipt.objects.update(chase_on=clock.today(), due_on=clock.today() - timedelta(days=1))
    assert chase() == 1
    assert Notification.objects.filter(user=cast.member, kind="asked_again").count() == 1
    receipt = Receipt.objects.get()
    assert receipt.chased == 1
    with pytest.raises(PermissionDenied):
        reading.give_up(receipt=receipt, by=cast.chair, reason="On leave")
    with pytest.raises(Refused):
        reading.give_up(receipt=receipt, by=cast.unit, reason=" ")
    reading.give_up(receipt=receipt, by=cast.unit, reason="On leave until spring")
    with pytest.raises(Refused):
        reading.give_up(receipt=receipt, by=cast.unit, reason="Again")
    assert reading.acknowledge(briefing=briefing, by=cast.member).answered_at
