"""A board's own catalogue while it is being made: begun, filled with its own words, or given up."""

from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from quality_markers.catalogue.book import Book
from quality_markers.catalogue.local import with_own
from quality_markers.catalogue.models import (
    LOCAL,
    CatalogueVersion,
    Marker,
    Question,
    Source,
    VersionState,
)
from quality_markers.catalogue.operations.storing import store
from quality_markers.catalogue.queries import book_of
from quality_markers.catalogue.sheets.checking import MOST_QUESTIONS, refuse_what_falls_short
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event
from scr_portal.core.reasons import Reason, Refused


def locked(board: Board, by: Any) -> Board:
    """One writer at a time of a board's catalogue. Raises PermissionDenied."""
    require(by, Permission.KEEP_REGISTERS, board)
    return Board.objects.select_for_update(no_key=True).get(pk=board.pk)


@transaction.atomic
def begin(
    *, board: Board, based_on: CatalogueVersion, by: Any, keep_own: bool = True
) -> CatalogueVersion:
    """A draft of what the board can choose from, with its own words of now where it wants them.

    Raises Refused where the board has a draft already.
    """
    board = locked(board, by)
    if based_on.is_draft or based_on.board_id not in (None, board.pk):
        raise Refused(_("Choose a version that is published."))
    book = book_of(based_on)
    current = CatalogueVersion.objects.current(board)
    if keep_own and current and current.board_id:
        book = with_own(book, book_of(current))
    title = based_on.title if based_on.board_id else f"{based_on.title}, {board.name}"
    return _stored(board, book, Source.BOARD, based_on, title[:200], by)


@transaction.atomic
def load(*, board: Board, book: Book, by: Any) -> CatalogueVersion:
    """A sheet as the board's draft. Raises Refused for one that falls short, or a second draft."""
    board = locked(board, by)
    refuse_what_falls_short(book)
    current = CatalogueVersion.objects.current(board)
    based_on = current if current and current.framework == book.framework else None
    return _stored(board, book, Source.IMPORTED, based_on, book.title, by)


def _stored(
    board: Board, book: Book, source: str, based_on: CatalogueVersion | None, title: str, by: Any
) -> CatalogueVersion:
    if draft := CatalogueVersion.objects.filter(board=board, state=VersionState.DRAFT).first():
        text = _("The board has a draft of a catalogue already. Publish it or discard it first.")
        raise Refused([Reason(text, draft.get_absolute_url(), _("Go to it"))])
    draft = CatalogueVersion(
        title=title,
        source=source,
        edition=book.edition,
        framework=book.framework,
        board=board,
        based_on=based_on,
        imported_by=by,
    )
    store(draft, book)
    audit.record(kind=Event.CATALOGUE_DRAFTED, by=by, target=draft, board=board)
    return draft


@transaction.atomic
def discard(*, draft: CatalogueVersion, by: Any) -> None:
    """Nothing was begun with it, so nothing is lost but itself."""
    row = _fetched(draft, by)
    if row is None:
        return
    audit.record(kind=Event.CATALOGUE_DISCARDED, by=by, target=row, board=row.board)
    row.delete()


@transaction.atomic
def change_guidance(*, marker: Marker, text: str, version: int, by: Any) -> None:
    """What the board tells its own people at this marker. Raises Stale after a lost race."""
    marker = _marker(marker, by)
    if marker.local_guidance == text:
        return
    _refuse_stale(marker, version, local_guidance=marker.local_guidance)
    marker.local_guidance = text
    marker.revision += 1
    marker.save(update_fields=["local_guidance", "revision"])
    _record(marker, marker, _("guidance"), by)


@transaction.atomic
def add_question(*, marker: Marker, text: str, by: Any) -> Question:
    """Under the board's next number, which is given once. Raises Refused for words twice."""
    marker = _marker(marker, by)
    _refuse_twice(marker, text)
    question = Question.objects.create(marker=marker, number=_next_number(marker), text=text)
    _record(question, marker, _("added %(number)s") % {"number": question.reference}, by)
    return question


@transaction.atomic
def change_question(*, question: Question, text: str, version: int, by: Any) -> None:
    """One of the board's own. Raises Stale after a lost race."""
    question = _own(question, by)
    if question.text == text:
        return
    _refuse_stale(question, version, text=question.text)
    _refuse_twice(question.marker, text)
    question.text = text
    question.revision += 1
    question.save(update_fields=["text", "revision"])
    _record(question, question.marker, _("changed %(n)s") % {"n": question.reference}, by)


@transaction.atomic
def remove_question(*, question: Question, by: Any) -> None:
    """From the draft; what was asked in published versions stays there."""
    question = _own(question, by)
    _record(question, question.marker, _("took out %(n)s") % {"n": question.reference}, by)
    question.delete()


def _fetched(draft: CatalogueVersion, by: Any) -> CatalogueVersion | None:
    """The draft under its board's lock; None where it is one no more."""
    if draft.board is None:
        raise Refused(_gone())
    locked(draft.board, by)
    drafts = CatalogueVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT)
    return drafts.select_related("board").first()


def _gone() -> str:
    return _("This draft has been published or discarded meanwhile.")


def _marker(marker: Marker, by: Any) -> Marker:
    if _fetched(marker.version, by) is None:
        raise Refused(_gone())
    return Marker.objects.select_related("version__board").get(pk=marker.pk)


def _own(question: Question, by: Any) -> Question:
    marker = _marker(question.marker, by)
    row = marker.questions.filter(pk=question.pk).first()
    if row is None:
        raise Refused(_("Somebody has taken this question out meanwhile."))
    if not row.is_local:
        raise Refused(_("This is a published question. A board changes its own alone."))
    row.marker = marker
    return row


def _refuse_stale(row: Any, version: int, **now: str) -> None:
    """A marker's ``version`` is its catalogue's: the form's is its revision."""
    if row.revision != version:
        raise Stale(SimpleNamespace(_meta=row._meta, pk=row.pk, version=row.revision, **now))


def _refuse_twice(marker: Marker, text: str) -> None:
    if marker.questions.filter(text=text).exists():
        raise Refused(_("This marker asks the same already."))


def _next_number(marker: Marker) -> int:
    """Beyond every number that a version of this board has given at this marker."""
    versions = CatalogueVersion.objects.filter(
        board=marker.version.board, framework=marker.version.framework
    )
    given = Question.objects.filter(
        marker__version__in=versions, marker__number=marker.number, number__gt=LOCAL
    ).aggregate(last=Max("number"))
    number = (given["last"] or LOCAL) + 1
    if number > LOCAL + MOST_QUESTIONS:
        raise Refused(
            _("The board has given this marker %(most)s questions of its own, which is the most.")
            % {"most": MOST_QUESTIONS}
        )
    return number


def _record(row: Any, marker: Marker, act: str, by: Any) -> None:
    audit.record(
        kind=Event.CATALOGUE_CHANGED,
        by=by,
        target=row,
        board=marker.version.board,
        label=str(marker),
        changes={"act": act, "version": row.revision},
    )
