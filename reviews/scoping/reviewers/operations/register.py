"""The board's register of people who could review."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reviews.case.operations.changing import change
from reviews.permissions import Permission
from reviews.scoping.reviewers.models import Reference, Reviewer
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _locked(board_id: int, by: Any) -> Board:
    board = Board.objects.select_for_update().get(pk=board_id)
    require(by, Permission.KEEP_REGISTERS, board)
    return board


@transaction.atomic
def add_reviewer(*, board: Board, by: Any, **fields: Any) -> Reviewer:
    """The same again, as by a double click, is the same entry."""
    board = _locked(board.pk, by)
    for row in board.reviewers.filter(name=fields["name"], retired_at__isnull=True):
        if all(getattr(row, name) == value for name, value in fields.items()):
            return row
    try:
        with transaction.atomic():
            made = Reviewer.objects.create(board=board, **fields)
    except IntegrityError:
        raise _twice() from None
    audit.record(kind=audit.Event.REVIEWER_ADDED, by=by, target=made, board=board)
    return made


def _twice() -> Refused:
    return Refused(_("Another entry of the register is of the person with this account."))


@transaction.atomic
def change_reviewer(*, reviewer: Reviewer, version: int, by: Any, **fields: Any) -> Reviewer:
    """Raises Stale where ``version`` is not the present one."""
    board = _locked(reviewer.board_id, by)
    reviewer = board.reviewers.get(pk=reviewer.pk)
    try:
        with transaction.atomic():
            changed = change(reviewer, version, fields)
    except IntegrityError:
        raise _twice() from None
    if changed:
        audit.record(
            kind=audit.Event.REVIEWER_CHANGED,
            by=by,
            target=reviewer,
            board=board,
            changes={"fields": changed},
        )
    return reviewer


@transaction.atomic
def retire(*, reviewer: Reviewer, by: Any) -> None:
    """They are offered for no review any more; what was declared and agreed stays."""
    _set_retired(reviewer, by, True)


@transaction.atomic
def take_again(*, reviewer: Reviewer, by: Any) -> None:
    _set_retired(reviewer, by, False)


def _set_retired(reviewer: Reviewer, by: Any, retired: bool) -> None:
    board = _locked(reviewer.board_id, by)
    reviewer = board.reviewers.get(pk=reviewer.pk)
    if bool(reviewer.retired_at) == retired:
        return
    reviewer.retired_at = clock.now() if retired else None
    reviewer.save(update_fields=["retired_at"])
    kind = audit.Event.REVIEWER_RETIRED if retired else audit.Event.REVIEWER_RETURNED
    audit.record(kind=kind, by=by, target=reviewer, board=board)


@transaction.atomic
def add_reference(*, reviewer: Reviewer, by: Any, **fields: Any) -> Reference:
    """The same again, as by a double click, is the same reference."""
    board = _locked(reviewer.board_id, by)
    if same := reviewer.references.filter(**fields).first():
        return same
    made = Reference.objects.create(reviewer=reviewer, by=by, at=clock.now(), **fields)
    audit.record(
        kind=audit.Event.REFERENCE_ADDED, by=by, target=made, board=board, label=str(reviewer)
    )
    return made


@transaction.atomic
def remove_reference(*, reviewer: Reviewer, pk: int, by: Any) -> None:
    """What is gone already, as after a double click, is left at that."""
    board = _locked(reviewer.board_id, by)
    if found := reviewer.references.filter(pk=pk).first():
        audit.record(
            kind=audit.Event.REFERENCE_REMOVED,
            by=by,
            target=found,
            board=board,
            label=str(reviewer),
        )
        found.delete()
