"""The criteria for a review, clause by clause, and what the answers to them come to (QM 1.2).

Pure functions over `data/criteria.toml`; the words of every clause are data with their source.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.case.timetable import Tag
from scr_portal.core.dates import Span

DATA = Path(__file__).parent / "data" / "criteria.toml"
YES, NO = "yes", "no"


class Outcome(TextChoices):
    MET = "met", gettext_lazy("The criteria are met")
    NOT_MET = "not_met", gettext_lazy("The criteria are not met")
    OPEN = "open", gettext_lazy("It is not known yet whether the criteria are met")


@dataclass(frozen=True)
class Clause:
    key: str
    label: str | Promise
    said: str | Promise


@dataclass(frozen=True)
class Criteria:
    clauses: tuple[Clause, ...]
    grounds: tuple[frozenset[str], ...]
    source: str | Promise
    tags: tuple[Tag, ...]
    note: str | Promise

    def said(self, keys: Collection[str]) -> str:
        """Clauses as a list inside a sentence: “a”, “b” and “c”."""
        words = [f"“{clause.said}”" for clause in self.clauses if clause.key in keys]
        if len(words) < 2:
            return "".join(words)
        return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@dataclass(frozen=True)
class Judgement:
    outcome: Outcome
    why: str

    def __str__(self) -> str:
        return f"{self.outcome.label}: {self.why}."


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def criteria_of(profile: str) -> Criteria:
    """Raises KeyError for a timetable without criteria; a test holds that there is none."""
    clauses = _data()["clause"]
    row = {key: row for row in _data()["criteria"] for key in row["profiles"]}[profile]
    return Criteria(
        clauses=tuple(
            Clause(key, gettext_lazy(clauses[key]["label"]), gettext_lazy(clauses[key]["said"]))
            for key in row["clauses"]
        ),
        grounds=tuple(frozenset(needs) for needs in row["grounds"]),
        source=gettext_lazy(row["source"]),
        tags=tuple(Tag(tag) for tag in row["tags"]),
        note=gettext_lazy(row["note"]) if "note" in row else "",
    )


def every_clause() -> list[Clause]:
    """Of all the criteria there are, whichever timetable they go with."""
    known = _data()["clause"].items()
    return [
        Clause(key, gettext_lazy(row["label"]), gettext_lazy(row["said"])) for key, row in known
    ]


def judge(criteria: Criteria, answers: Mapping[str, str]) -> Judgement:
    """One ground with yes throughout is enough; with a no in each of them none can be met."""
    yes = {key for key, answer in answers.items() if answer == YES}
    no = {key for key, answer in answers.items() if answer == NO}
    met = [needs for needs in criteria.grounds if needs <= yes]
    if met:
        return Judgement(Outcome.MET, criteria.said(frozenset().union(*met)))
    possible = [needs for needs in criteria.grounds if not needs & no]
    if not possible:
        against = frozenset().union(*criteria.grounds) & no
        return Judgement(
            Outcome.NOT_MET, _("%(what)s: answered no") % {"what": criteria.said(against)}
        )
    unknown = frozenset().union(*possible) - yes
    return Judgement(Outcome.OPEN, _("%(what)s: not known") % {"what": criteria.said(unknown)})


def contradictions(
    criteria: Criteria, answers: Mapping[str, str], *, ground: str, harm: str
) -> list[str]:
    """What in the referral does not go together. Said to the reader, never a bar."""
    found, outcome = [], judge(criteria, answers).outcome
    if ground == "criteria" and outcome == Outcome.NOT_MET:
        found.append(_("The ground is that the criteria are met, but by the answers they are not."))
    if ground == "other" and outcome == Outcome.MET:
        found.append(_("The ground is another reason, but by the answers the criteria are met."))
    for key in ("died", "harmed"):
        if harm == key and answers.get(key) == NO:
            said = criteria.said([key])
            found.append(
                _("%(said)s is answered no, against what is said of the child.") % {"said": said}
            )
    if harm == "harmed" and answers.get("died") == YES:
        found.append(_("The child is recorded as seriously harmed, and “died” is answered yes."))
    return found


def referral_limit() -> tuple[Span, str]:
    """How long a referral may take before the portal asks why, and where that comes from."""
    row = _data()["referral"]
    return Span.parse(row["limit"]), _(row["source"])
