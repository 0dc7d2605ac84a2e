"""What family members said, as a paper, for who may read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from families.contributions import queries
from families.contributions.models import Contribution
from families.contributions.queries import Account
from reviews.case.models import Review
from scr_portal.core.dates import on_screen
from scr_portal.core.paper import Block, Bullets, Facts, Note, Paper, Section, Table, Text


def paper_of(review: Review, rows: Sequence[Contribution], *, by: Any, at: datetime) -> Paper:
    beside = queries.accounts_of(by, review, rows)
    return Paper(
        title=_("What family members said"),
        subtitle=review.pseudonym,
        reference=review.reference,
        board=review.board.name,
        marking=review.get_marking_display(),
        version=_("As it stood on %(day)s") % {"day": on_screen(localdate(at))},
        made_by=str(by),
        made_at=at,
        sections=[_section(row, beside[row.pk]) for row in rows],
        state=_("What this reader may read, and perhaps not all that was said"),
    )


def _section(row: Contribution, accounts: list[Account]) -> Section:
    title = _("%(person)s: %(topic)s") % {"person": row.person, "topic": row.topic}
    blocks: list[Block] = [Facts(_facts(row)), Text(row.text, heading=_("What they said"))]
    blocks += [_beside(row, each) for each in accounts]
    blocks += [Note(each.row.remark) for each in accounts if each.row.remark]
    return Section(title, [*blocks, _check(row), _uses(row)])


def _facts(row: Contribution) -> list[tuple[Any, Any]]:
    period = [on_screen(day) if day else "…" for day in (row.period_from, row.period_to)]
    words = _("Their own words, as agreed with them") if row.in_their_words else ""
    return [
        (_("Said on"), row.said_on),
        (_("To whom"), row.said_to),
        (_("Interpreter"), row.interpreter),
        (_("Speaks of"), " – ".join(period) if row.period_from or row.period_to else ""),
        (_("Whose words"), words),
        (_("Who may read it"), row.get_visibility_display()),
        (_("Their check"), row.get_check_state_display()),
    ]


def of_whom(row: Contribution) -> str:
    said = {"person": row.person, "day": on_screen(row.said_on)}
    return _("%(person)s, %(day)s") % said


def _beside(row: Contribution, account: Account) -> Block:
    other = of_whom(account.other) if account.other else account.row.source
    heading = _("Accounts differ: %(about)s") % {"about": account.row.about}
    return Table([of_whom(row), other], [(row.text, account.text)], (1, 1), heading=heading)


def _check(row: Contribution) -> Block:
    lines = [
        ", ".join(filter(None, [on_screen(line.on), str(line.get_step_display()), line.how]))
        + (f": {line.words}" if line.words else "")
        for line in row.checks.all()
    ]
    nothing = Note(_("It has not been shown to them yet."), heading=_("Their own check"))
    return Bullets(lines, heading=_("Their own check")) if lines else nothing


def _uses(row: Contribution) -> Block:
    heading = _("What became of it")
    told = _("They were told on %(day)s.")
    lines = [
        f"{', '.join(filter(None, [str(use.get_where_display()), use.place]))}: {use.reason}"
        + (f" {told % {'day': on_screen(use.person_told_on)}}" if use.person_told_on else "")
        for use in row.uses.all()
    ]
    return Bullets(lines, heading=heading) if lines else Note(_("Nothing yet."), heading=heading)
