"""The board's own texts of letters, and translations that it has loaded (QM 4.2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.letters import texts
from families.letters.languages import ENGLISH, language, languages
from families.letters.models import Kind, LetterTemplate
from families.letters.queries import templates_of
from reviews.case.operations.changing import change
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _locked(board: Board, by: Any) -> Board:
    require(by, Permission.KEEP_REGISTERS, board)
    return Board.objects.select_for_update().get(pk=board.pk)


def _label(row: LetterTemplate) -> str:
    form = _("easy read") if row.is_easy_read else _("standard")
    return f"{row.get_kind_display()}, {language(row.language).english}, {form}"


@transaction.atomic
def save_text(
    *,
    board: Board,
    kind: str,
    code: str,
    is_easy_read: bool,
    version: int,
    subject: str,
    body: str,
    by: Any,
) -> LetterTemplate:
    """``version`` is 0 where the board had none of its own. Raises Stale, and Refused for a wrong
    placeholder, an unknown language, and a text that is the portal's own.
    """
    board = _locked(board, by)
    said = {"subject": subject.strip(), "body": body.replace("\r\n", "\n").strip()}
    if kind not in Kind.values or code not in languages():
        raise Refused(_("There is no such letter, or no such language."))
    texts.refuse_wrong_placeholders(*said.values())
    row = templates_of(board).filter(kind=kind, language=code, is_easy_read=is_easy_read).first()
    if row is None:
        return _begin(board, kind, code, is_easy_read, version, said, by)
    if row.by_id == by.pk and (row.subject, row.body) == (said["subject"], said["body"]):
        return row
    if row.version != version:
        raise Stale(row)
    changed = change(row, version, {**said, "by": by})
    _record(audit.Event.FAMILY_LETTER_TEXT_CHANGED, row, by, version=row.version, fields=changed)
    return row


def _begin(
    board: Board, kind: str, code: str, is_easy_read: bool, version: int, said: Any, by: Any
) -> LetterTemplate:
    if version:
        raise Refused(_("Somebody has taken out the board’s text since you opened it."))
    if code == ENGLISH and texts.LetterText(**said) == texts.own_text(
        kind, is_easy_read=is_easy_read
    ):
        raise Refused(_("This is the portal’s own text. Nothing has changed."))
    row = LetterTemplate.objects.create(
        board=board,
        kind=kind,
        language=code,
        is_easy_read=is_easy_read,
        by=by,
        at=clock.now(),
        **said,
    )
    _record(audit.Event.FAMILY_LETTER_TEXT_ADDED, row, by)
    return row


@transaction.atomic
def take_out(*, template: LetterTemplate, by: Any) -> None:
    """The portal's own text, or English, is used again; letters begun with it stay as they are."""
    board = _locked(template.board, by)
    row = templates_of(board).filter(pk=template.pk).first()
    if row is None:
        return
    row.retired_at = clock.now()
    row.save(update_fields=["retired_at"])
    _record(audit.Event.FAMILY_LETTER_TEXT_TAKEN_OUT, row, by)


def _record(kind: audit.Event, row: LetterTemplate, by: Any, **changes: Any) -> None:
    audit.record(kind=kind, by=by, target=row, board=row.board, label=_label(row), changes=changes)
