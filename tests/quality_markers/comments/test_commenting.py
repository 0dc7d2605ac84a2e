import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.comments import operations, queries
from quality_markers.comments.models import QuestionComment
from reviews.case.lifecycle import Stage
from reviews.case.operations.people import recuse
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification


def told() -> set[str]:
    rows = Notification.objects.filter(kind="commented")
    return {name.removesuffix(" Invented") for name in rows.values_list("user__name", flat=True)}


def test_a_comment_is_in_the_history_without_a_word_of_it(say, cast):
    said = say(text="Her sister was never asked.\r\nWhy?")
    assert said.text == "Her sister was never asked.\nWhy?"
    event = AuditEvent.objects.get(kind="commented")
    assert event.target_label == "question 12.4, self-assessment 1"
    assert event.changes == {}


def test_nobody_is_told_of_what_speaks_to_nobody(say):
    say()
    assert told() == set()


def test_who_is_chosen_or_named_is_told_and_nothing_of_what_was_said(say, cast):
    said = say(to=[cast.chair], text="Her sister. @panel member invented, @Lead reviewer Invented")
    assert told() == {"Board chair", "Panel member"}  # and not who wrote it
    assert set(said.mentions.all()) == {cast.chair, cast.panel, cast.lead}
    note = Notification.objects.filter(kind="commented").first()
    assert "sister" not in note.sentence
    assert note.link == queries.url_of(said)


def test_an_answer_is_told_to_the_thread(say, cast):
    first = say(by=cast.lead, to=[cast.chair])
    Notification.objects.all().delete()
    say(by=cast.panel, parent=first)
    assert told() == {"Lead reviewer", "Board chair"}
    Notification.objects.all().delete()
    second = say(by=cast.chair, parent=first.replies.get())
    assert second.parent == first  # an answer to an answer is one of the thread
    assert told() == {"Lead reviewer", "Panel member"}


def test_who_no_longer_sees_the_thread_is_told_no_more(say, cast, review):
    first = say(by=cast.panel, to=[cast.chair])
    recuse(review=review, user=cast.panel, reason="Is related", by=cast.unit)
    Notification.objects.all().delete()
    say(by=cast.lead, parent=first)
    assert told() == {"Board chair"}


def test_a_click_sent_twice_says_it_once(say, cast):
    assert say(token="one", to=[cast.chair]) == say(token="one", to=[cast.chair])
    assert QuestionComment.objects.count() == 1
    assert Notification.objects.filter(kind="commented").count() == 1
    say(token="one", by=cast.unit)  # somebody else's click is another one
    assert QuestionComment.objects.count() == 2


def test_other_words_from_a_page_gone_back_to_are_not_lost(say, cast):
    say(token="one", text="Was she asked?")
    assert say(token="one", text="Who asked her?").text == "Who asked her?"
    assert QuestionComment.objects.count() == 2


@pytest.mark.parametrize("who", ["unit", "chair", "lead", "liaison", "panel"])
def test_who_may_comment(say, cast, who):
    assert say(by=cast.people[who]).by == cast.people[who]


@pytest.mark.parametrize("who", ["auditor", "observer", "stranger", "outsider", "administrator"])
def test_who_reads_along_or_not_at_all_may_not(say, cast, who):
    with pytest.raises(PermissionDenied):
        say(by=cast.people[who])


def test_liaison_comments_on_the_markers_of_the_family_alone(say, cast):
    say("4.1", by=cast.liaison)
    with pytest.raises(PermissionDenied):
        say("1.1", by=cast.liaison)


def test_a_choice_of_who_may_not_see_it_is_refused_alike(say, cast):
    for who in ("liaison", "observer", "stranger", "outsider", "administrator"):
        with pytest.raises(Refused, match="the list has changed"):
            say("1.1", to=[cast.people[who]])
    assert not QuestionComment.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"), [(" \n", "Write your comment"), ("x" * 10_001, "10,000 characters")]
)
def test_what_is_not_a_comment_is_refused(say, text, sentence):
    with pytest.raises(Refused, match=sentence):
        say(text=text)


def test_a_thread_is_resolved_once_and_opened_again(say, cast):
    thread = say()
    assert operations.resolve(thread=thread, by=cast.chair)
    assert not operations.resolve(thread=thread, by=cast.unit)  # a second click changes nothing
    thread.refresh_from_db()
    assert thread.resolved_by == cast.chair
    with pytest.raises(Refused, match="Open it again"):
        say(parent=thread)
    assert operations.reopen(thread=thread, by=cast.panel)
    assert not operations.reopen(thread=thread, by=cast.panel)
    thread.refresh_from_db()
    assert thread.resolved_at is None
    say(parent=thread)
    kinds = AuditEvent.objects.filter(kind__startswith="comment_").values_list("kind", flat=True)
    assert sorted(kinds) == ["comment_reopened", "comment_resolved"]


@pytest.mark.parametrize("who", ["auditor", "observer", "stranger", "outsider"])
def test_who_may_not_comment_resolves_nothing(say, cast, who):
    thread = say()
    for settle in (operations.resolve, operations.reopen):
        with pytest.raises(PermissionDenied):
            settle(thread=thread, by=cast.people[who])


def test_an_answer_stays_at_its_question_and_pass(say, cast, review):
    elsewhere = say("12.5")
    with pytest.raises(PermissionDenied):
        say("12.4", parent=elsewhere)


def test_nothing_is_added_to_a_pass_that_is_signed_or_withdrawn_or_closed(say, cast, assessment):
    thread = say()
    assessments.submit(assessment=assessment, by=cast.lead)
    say()  # the chair and the others still talk
    Pass.objects.update(
        state="withdrawn", withdrawn_by=cast.lead, withdrawn_at=thread.at, withdrawn_reason="Twice"
    )
    _refuses(say, thread, cast, "withdrawn")
    Pass.objects.update(
        state="submitted", withdrawn_by=None, withdrawn_at=None, withdrawn_reason=""
    )
    assessments.accept(assessment=assessment, by=cast.chair, method="password")
    _refuses(say, thread, cast, "signed")


def test_nothing_is_added_when_the_review_is_closed(assessment):
    assessment.review.stage = Stage.CLOSED
    assert operations.against_commenting(assessment).startswith("The review is closed")


def _refuses(say, thread, cast, word):
    for act in (
        lambda: say(),
        lambda: say(parent=thread),
        lambda: operations.resolve(thread=thread, by=cast.lead),
    ):
        with pytest.raises(Refused, match=word):
            act()
