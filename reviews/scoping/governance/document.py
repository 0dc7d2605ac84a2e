"""The governance as a paper, for those who have no account."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reviews.scoping.governance.models import Impasse
from reviews.scoping.governance.queries import Arrangements
from scr_portal.core.paper import Block, Facts, Note, Paper, Section, Table, Text


def paper_of(found: Arrangements, *, by: Any, at: datetime) -> Paper:
    review, texts = found.review, found.texts
    sections = [
        Section(_("Who answers for what"), [_responsibilities(found)]),
        Section(_("The route of the report"), [_steps(found)]),
        Section(_("Challenge"), [_said(texts.challenge if texts else "")]),
        Section(_("Independence and ownership"), [_said(texts.balance if texts else "")]),
        Section(_("When no agreement is reached"), [_said(texts.impasse if texts else "")]),
    ]
    if found.impasses:
        sections.append(
            Section(_("Impasses"), [block for row in found.impasses for block in _impasse(row)])
        )
    return Paper(
        title=_("Governance of the review"),
        reference=review.reference,
        board=review.board.name,
        marking=review.get_marking_display(),
        version=texts.version if texts else "",
        made_by=by.name,
        made_at=at,
        sections=sections,
    )


def _said(text: str) -> Block:
    return Text(text) if text else Note(_("Not written down yet."))


def _responsibilities(found: Arrangements) -> Block:
    if not found.responsibilities:
        return Note(_("Nobody is named yet."))
    rows = [(label, row.name, row.note) for label, held in found.by_duty for row in held] + [
        (label, _("Nobody is named"), "") for label, held in found.by_duty if not held
    ]
    return Table([_("What"), _("Who"), _("In what capacity")], rows, widths=(3, 3, 3))


def _steps(found: Arrangements) -> Block:
    if not found.steps:
        return Note(_("No step is set yet."))
    head = [_("Step"), _("Who does it"), _("Planned for"), _("Done on")]
    rows = [(step.what, step.who, step.planned_on, step.done_on) for step in found.steps]
    return Table(head, rows, widths=(4, 3, 2, 2))


def _impasse(row: Impasse) -> list[Block]:
    return [
        Facts(
            [(_("Arose on"), row.arose_on), (_("Settled on"), row.settled_on)], heading=row.about
        ),
        Text(row.reviewer_position, heading=_("Position of the reviewer")),
        Text(row.board_position, heading=_("Position of the board")),
        Text(row.outcome or _("It is open."), heading=_("What came of it")),
    ]
