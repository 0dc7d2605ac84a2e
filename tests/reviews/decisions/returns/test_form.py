"""The board's own short form, and that what was asked stays as it was asked."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.decisions.returns.models import ReturnQuestion
from reviews.decisions.returns.operations import form as operations
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.reviews.decisions.returns.asked import a_return

QUESTION = {"text": "Who was on duty?", "help": "", "kind": "text", "required": False}


def texts(board):
    return [question.text for question in operations.questions_of(board)]


def url(cast, name="return_questions", *args):
    return reverse(f"reviews:{name}", args=[cast.board.slug, *args])


def test_a_new_board_begins_with_ours_once(cast):
    first = texts(cast.board)
    assert len(first) == 10
    assert texts(cast.board) == first
    assert ReturnQuestion.objects.count() == 10
    assert [q.position for q in operations.questions_of(cast.board)] == list(range(1, 11))


def test_a_board_that_retired_everything_does_not_begin_again(cast):
    for question in operations.questions_of(cast.board):
        operations.retire_question(question=question, by=cast.unit)
    assert texts(cast.board) == []


def test_an_edit_retires_the_old_and_leaves_what_was_asked(cast, review):
    question = operations.questions_of(cast.board)[2]
    row = a_return(cast, review)
    after = operations.change_question(question=question, by=cast.chair, **QUESTION)
    question.refresh_from_db()
    assert question.retired_at and after.pk != question.pk
    assert texts(cast.board)[2] == "Who was on duty?"
    row.refresh_from_db()
    assert row.questions[2]["text"] == question.text != after.text


def test_an_edit_that_changes_nothing_writes_nothing(cast):
    question = operations.questions_of(cast.board)[0]
    same = {name: getattr(question, name) for name in QUESTION}
    assert operations.change_question(question=question, by=cast.unit, **same) == question
    assert ReturnQuestion.objects.count() == 10


def test_of_two_edits_the_second_is_told(cast):
    question = operations.questions_of(cast.board)[0]
    operations.change_question(question=question, by=cast.unit, **QUESTION)
    with pytest.raises(Refused, match="changed or retired"):
        operations.change_question(
            question=question, by=cast.chair, **QUESTION | {"text": "Another?"}
        )


def test_questions_move_by_one_and_no_further_than_the_ends(cast):
    first, second, *_rest = operations.questions_of(cast.board)
    operations.move_question(question=first, by=cast.unit, up=True)
    operations.move_question(question=second, by=cast.unit, up=True)
    assert texts(cast.board)[:2] == [second.text, first.text]
    last = operations.questions_of(cast.board)[-1]
    operations.move_question(question=last, by=cast.unit, up=False)
    assert texts(cast.board)[-1] == last.text


def test_a_retired_question_comes_back_at_the_end(cast):
    first = operations.questions_of(cast.board)[0]
    for _click in range(2):
        operations.retire_question(question=first, by=cast.unit)
    assert first.text not in texts(cast.board)
    first.refresh_from_db()
    for _click in range(2):
        operations.put_back_question(question=first, by=cast.unit)
    assert texts(cast.board)[-1] == first.text
    assert len(texts(cast.board)) == 10


def test_the_same_question_is_not_asked_twice_nor_too_many(cast, monkeypatch):
    operations.add_question(board=cast.board, by=cast.unit, **QUESTION)
    with pytest.raises(Refused, match="asks this already"):
        operations.add_question(board=cast.board, by=cast.unit, **QUESTION)
    monkeypatch.setattr(operations, "MOST", 11)
    with pytest.raises(Refused, match="Retire one"):
        operations.add_question(board=cast.board, by=cast.unit, **QUESTION | {"text": "Else?"})


@pytest.mark.parametrize("who", ["member", "auditor", "stranger", "outsider", "administrator"])
def test_who_does_not_keep_the_boards_lists_changes_nothing(cast, who):
    question = operations.questions_of(cast.board)[0]
    by = cast.people[who]
    acts = [
        lambda: operations.add_question(board=cast.board, by=by, **QUESTION),
        lambda: operations.change_question(question=question, by=by, **QUESTION),
        lambda: operations.move_question(question=question, by=by, up=False),
        lambda: operations.retire_question(question=question, by=by),
        lambda: operations.put_back_question(question=question, by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_form_is_kept_on_its_pages(cast, sign_in):
    client = sign_in(cast.chair)
    page = client.get(url(cast)).content.decode()
    assert "Is your agency still working with anybody in the family?" in page
    data = {"text": "Who was on duty?", "help": "", "kind": "text"}
    assert client.post(url(cast, "return_question_new"), data).url == url(cast)
    assert (
        "asks this already" in client.post(url(cast, "return_question_new"), data).content.decode()
    )
    added = ReturnQuestion.objects.get(text="Who was on duty?")
    client.post(url(cast, "return_question_move", added.pk), {"up": "on"})
    assert texts(cast.board)[-2] == "Who was on duty?"
    client.post(url(cast, "return_question_edit", added.pk), data | {"kind": "yes_no"})
    assert operations.questions_of(cast.board)[-2].kind == "yes_no"
    changed = operations.questions_of(cast.board)[-2]
    client.post(url(cast, "return_question_retire", changed.pk))
    page = client.get(url(cast)).content.decode()
    assert "Questions that are asked no more" in page
    client.post(url(cast, "return_question_put_back", changed.pk))
    assert texts(cast.board)[-1] == "Who was on duty?"
    acts = AuditEvent.objects.filter(kind="return_form_changed").order_by("pk")
    assert [event.changes["act"] for event in acts] == [
        "added",
        "moved",
        "changed",
        "retired",
        "put back",
    ]
    assert {event.board_id for event in acts} == {cast.board.pk}


def test_a_question_of_another_board_is_not_there(cast, sign_in):
    theirs = operations.questions_of(cast.other_board)[0]
    client = sign_in(cast.unit)
    assert client.get(url(cast, "return_question_edit", theirs.pk)).status_code == 404
    assert client.post(url(cast, "return_question_retire", theirs.pk)).status_code == 404


def test_the_page_costs_the_same_for_ten_and_forty(cast, sign_in, django_assert_num_queries):
    client = sign_in(cast.unit)
    client.get(url(cast))
    with CaptureQueriesContext(connection) as ten:
        client.get(url(cast))
    for number in range(30):
        ReturnQuestion.objects.create(board=cast.board, position=20 + number, text=f"Q{number}")
    with django_assert_num_queries(len(ten)):
        assert "Q29" in client.get(url(cast)).content.decode()
