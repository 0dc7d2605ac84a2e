"""What a reader of the governance would miss, and why it matters (QM 7). It blocks nothing."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.scoping.governance.models import AssuranceStep, Responsibility
from scr_portal.core.dates import on_screen

Duty = Responsibility.Duty

# Our own words to begin with; a board puts its own in their place.
TEMPLATE = {
    "challenge": gettext_lazy(
        "Panel members and agencies read the draft chronology and the draft analysis. They say in "
        "writing what they hold to be wrong in fact and what they see differently, and with what "
        "evidence. The lead reviewer answers each point in writing. Both go to the panel, which "
        "meets on them before the report is finished."
    ),
    "balance": gettext_lazy(
        "The analysis is the lead reviewer's. The board may ask for evidence, point out an error "
        "and say that it disagrees; it does not ask for a finding to be taken out. The board owns "
        "what it does about the findings, and says so in its response. Whoever assures the quality "
        "had no part in the case."
    ),
    "impasse": gettext_lazy(
        "Where the reviewer and the panel can't agree, the chair hears both within ten working "
        "days and looks for words that both can sign. If there are none, each position is written "
        "down in its own words. Both go into the report, and the board is told."
    ),
}

NOBODY = {
    Duty.CONDUCTS: gettext_lazy("Nobody is named who conducts the review."),
    Duty.ASSURES: gettext_lazy("Nobody is named who assures its quality."),
    Duty.CHALLENGES: gettext_lazy("Nobody is named who challenges information and analysis."),
    Duty.SIGNS: gettext_lazy("Nobody is named who signs the report off."),
    Duty.ACCOUNTABLE: gettext_lazy("Nobody is named who is accountable in the end."),
}
WHY_NOBODY = {
    Duty.CONDUCTS: gettext_lazy("Members and agencies need to know whose review it is."),
    Duty.ASSURES: gettext_lazy("Weak work is then found when the report is done, or never."),
    Duty.CHALLENGES: gettext_lazy("Disagreement then comes late, and sideways."),
    Duty.SIGNS: gettext_lazy(
        "In the portal the chair signs. Say it here too, so that nobody else expects to."
    ),
    Duty.ACCOUNTABLE: gettext_lazy("When it goes wrong, it must be plain who answers for it."),
}
OTHER_SIDE = {
    Duty.ASSURES: gettext_lazy("assures its quality"),
    Duty.CHALLENGES: gettext_lazy("challenges it"),
    Duty.SIGNS: gettext_lazy("signs it off"),
}
TITLES = re.compile(r"^(?:dr|mr|mrs|ms|miss|prof|professor|sir|dame)\b\.?\s+")


@dataclass(frozen=True)
class Finding:
    """Something that a reader would miss, and why it matters."""

    text: str
    why: str


def normal(name: str) -> str:
    """For telling whether two entries are one person: without title, case and spacing."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return TITLES.sub("", plain)


def gaps(rows: Iterable[Responsibility]) -> list[Finding]:
    held = {row.duty for row in rows}
    return [
        Finding(str(words), str(WHY_NOBODY[duty]))
        for duty, words in NOBODY.items()
        if duty not in held
    ]


def both_sides(rows: Iterable[Responsibility], signers: Iterable[Any]) -> list[Finding]:
    """Who conducts and also assures, challenges or signs: by account, or else by the same name.

    ``signers`` sign by their role, whether or not somebody wrote it down.
    """
    duties: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in rows:
        name = row.user.name if row.user else row.name
        duties[normal(name)].add(row.duty)
        names.setdefault(normal(name), name)
    for person in signers:
        duties[normal(person.name)].add(Duty.SIGNS)
    return [
        _on_both_sides(names[key], held)
        for key, held in duties.items()
        if Duty.CONDUCTS in held and held & OTHER_SIDE.keys()
    ]


def _on_both_sides(name: str, held: set[str]) -> Finding:
    others = [str(words) for duty, words in OTHER_SIDE.items() if duty in held]
    return Finding(
        _("%(who)s conducts the review and %(others)s.")
        % {"who": name, "others": _(" and ").join(others)},
        _(
            "Nobody tests their own work. Name somebody else for one of the two, or say in the "
            "text on independence how it is made up for. Two people of one name are told apart by "
            "a note."
        ),
    )


def about_steps(steps: Sequence[AssuranceStep], begun_at: datetime | None) -> list[Finding]:
    """Whether the route stood, with its days, before the work began (QM 7.2)."""
    if not steps:
        return [
            Finding(
                _("The route of the report has no step yet."),
                _("Who reads a draft, and when, is fairest agreed before there is one."),
            )
        ]
    return [*_without_a_day(steps, begun_at), *_out_of_order(steps), *_late(steps, begun_at)]


def _without_a_day(steps: Sequence[AssuranceStep], begun_at: datetime | None) -> Iterable[Finding]:
    if bare := [step.what for step in steps if not step.planned_on]:
        yield Finding(
            _("No day is set for: %(steps)s.") % {"steps": ", ".join(bare)},
            _("Set the days before the work begins, so that nobody is hurried at its end.")
            if begun_at is None
            else _("The work has begun, and nobody knows yet when this will be wanted of them."),
        )


def _out_of_order(steps: Sequence[AssuranceStep]) -> Iterable[Finding]:
    dated = [step for step in steps if step.planned_on]
    for before, step in pairwise(dated):
        if step.planned_on < before.planned_on:  # type: ignore[operator]
            yield Finding(
                _("“%(step)s” is planned before “%(before)s”, which comes first.")
                % {"step": step.what, "before": before.what},
                _("Put the steps, or their days, into order."),
            )


def _late(steps: Sequence[AssuranceStep], begun_at: datetime | None) -> Iterable[Finding]:
    late = [step for step in steps if begun_at and step.planned_at and step.planned_at > begun_at]
    if late and begun_at:
        yield Finding(
            _("These got their day after the work had begun on %(day)s: %(steps)s.")
            % {"day": on_screen(localdate(begun_at)), "steps": ", ".join(s.what for s in late)},
            _("The report should say why the route was settled late."),
        )
