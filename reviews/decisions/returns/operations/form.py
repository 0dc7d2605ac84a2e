"""The board's own short form: what it asks agencies, in its order (QM 2.2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.decisions.returns import rules
from reviews.decisions.returns.models import ReturnQuestion
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

MOST = 40


@transaction.atomic
def questions_of(board: Board) -> list[ReturnQuestion]:
    """In order. A board that never had any begins with ours."""
    rows = list(ReturnQuestion.objects.filter(board=board, retired_at__isnull=True))
    if rows or ReturnQuestion.objects.filter(board=board).exists():
        return rows
    Board.objects.select_for_update().get(pk=board.pk)
    if not ReturnQuestion.objects.filter(board=board).exists():
        ReturnQuestion.objects.bulk_create(
            ReturnQuestion(board=board, position=number, **fields)
            for number, fields in enumerate(rules.first_questions(), start=1)
        )
    return list(ReturnQuestion.objects.filter(board=board, retired_at__isnull=True))


def _open(board: Board, by: Any) -> list[ReturnQuestion]:
    """The questions that are asked now, for one writer at a time."""
    require(by, Permission.KEEP_REGISTERS, board)
    Board.objects.select_for_update().get(pk=board.pk)
    return questions_of(board)


def _record(question: ReturnQuestion, by: Any, act: str) -> None:
    audit.record(kind=audit.Event.RETURN_FORM_CHANGED, by=by, target=question, changes={"act": act})


def _number(rows: list[ReturnQuestion]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    ReturnQuestion.objects.bulk_update(rows, ["position"])


def _against_another(rows: list[ReturnQuestion], text: str) -> None:
    """Raises Refused where the form is full or asks the same already, as after a second click."""
    if any(row.text == text for row in rows):
        raise Refused(_("The form asks this already."))
    if len(rows) >= MOST:
        raise Refused(
            _("The form has %(most)s questions. Retire one before you add another.")
            % {"most": MOST}
        )


@transaction.atomic
def add_question(*, board: Board, by: Any, **fields: Any) -> ReturnQuestion:
    rows = _open(board, by)
    _against_another(rows, fields["text"])
    question = ReturnQuestion.objects.create(board=board, position=len(rows) + 1, **fields)
    _number([*rows, question])
    _record(question, by, _("added"))
    return question


@transaction.atomic
def change_question(*, question: ReturnQuestion, by: Any, **fields: Any) -> ReturnQuestion:
    """Another question takes its place, so that what was asked stays as it was asked."""
    rows = _open(question.board, by)
    if question not in rows:
        raise Refused(_("Somebody else has changed or retired this question meanwhile."))
    before = next(row for row in rows if row == question)
    if all(getattr(before, name) == value for name, value in fields.items()):
        return before
    _against_another([row for row in rows if row != question], fields["text"])
    _retire(before)
    after = ReturnQuestion.objects.create(board=question.board, position=before.position, **fields)
    _number([after if row == question else row for row in rows])
    _record(after, by, _("changed"))
    return after


@transaction.atomic
def move_question(*, question: ReturnQuestion, by: Any, up: bool) -> None:
    """One place; the first and the last stay where they are."""
    rows = _open(question.board, by)
    if question not in rows:
        raise Refused(_("This question is no longer asked."))
    here = rows.index(question)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    _record(question, by, _("moved"))


def _retire(question: ReturnQuestion) -> None:
    question.retired_at = clock.now()
    question.save(update_fields=["retired_at"])


@transaction.atomic
def retire_question(*, question: ReturnQuestion, by: Any) -> None:
    """It is asked no more; whoever was asked it already still is."""
    rows = _open(question.board, by)
    if question not in rows:
        return
    _retire(question)
    _number([row for row in rows if row != question])
    _record(question, by, _("retired"))


@transaction.atomic
def put_back_question(*, question: ReturnQuestion, by: Any) -> None:
    """At the end of the form."""
    rows = _open(question.board, by)
    if question in rows:
        return
    _against_another(rows, question.text)
    question.retired_at = None
    question.save(update_fields=["retired_at"])
    _number([*rows, question])
    _record(question, by, _("put back"))
