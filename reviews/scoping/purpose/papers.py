"""The statement of purpose with the ledger, as a paper (QM 5)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reviews.scoping.purpose import queries
from reviews.scoping.purpose.models import PurposeStatement, Telling
from scr_portal.core.dates import on_screen
from scr_portal.core.paper import Block, Facts, Note, Paper, Section, Table, Text


def paper_of(statement: PurposeStatement, *, by: Any, at: datetime) -> Paper:
    review = statement.review
    return Paper(
        title=_("Statement of purpose"),
        subtitle=review.pseudonym,
        reference=review.reference,
        board=review.board.name,
        marking=review.get_marking_display(),
        version=_("Version %(number)s") % {"number": statement.number},
        made_by=str(by),
        made_at=at,
        sections=[_statement(statement), _groups(statement), _ledger(statement)],
        state=_("Agreed") if statement.agreed_at else _("Draft"),
    )


def _statement(statement: PurposeStatement) -> Section:
    harder: Block = Text(statement.complications, heading=_("What makes that harder"))
    if statement.no_complications:
        harder = Note(_("Nothing is known that complicates the purpose."))
    facts = [(_("Agreed by"), statement.agreed_by), (_("Agreed"), statement.agreed_at)]
    return Section(_("What the review is for"), [Text(statement.text), harder, Facts(facts)])


def _groups(statement: PurposeStatement) -> Section:
    rows = [(row.group.label, row.words) for row in queries.standings(statement.review)]
    table = Table([_("Who"), _("How it stands")], rows, (2, 3))
    return Section(_("Who has been told"), [table])


def _ledger(statement: PurposeStatement) -> Section:
    head = [_("Told on"), _("Who"), _("How and by whom"), _("Note")]
    rows = [
        (on_screen(row.told_on), _who(row), f"{row.get_how_display()}, {row.told_by}", _note(row))
        for row in queries.tellings(statement.review)
    ]
    empty: Block = Note(_("Nobody has been told yet."))
    return Section(_("Ledger"), [Table(head, rows, (2, 3, 3, 4)) if rows else empty])


def _who(row: Telling) -> str:
    who = f"{row.get_group_display()}: {row.who}" if row.who else str(row.get_group_display())
    return _("%(who)s (version %(number)s)") % {"who": who, "number": row.statement.number}


def _note(row: Telling) -> str:
    if row.struck_at is None:
        return row.note
    return _("STRUCK OUT: %(reason)s") % {"reason": row.struck_reason}
