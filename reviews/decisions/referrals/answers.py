"""What somebody sent in, as it is kept: read back for the pages, the copy and the review."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from reviews.case.models import Child
from reviews.decisions.referrals.criteria import criteria_of, judge
from reviews.decisions.referrals.models import ClauseTest, ReceivedReferral, Referral
from reviews.decisions.referrals.rules import lines, tags_in

_DAYS = ("incident_on", "aware_on")
_TEXTS = ("role", "organisation", "pseudonym", "harm", "age_at_incident", "ground")
_LONG = ("rationale", "support", "urgent_risks", "delay_reason", "adults", "settings", "others")


@dataclass(frozen=True)
class Answers:
    """``kept`` is JSON: texts as typed, days as ISO, clauses as answer and note by key."""

    kept: dict[str, Any]

    @classmethod
    def from_form(
        cls, profile: str, data: Mapping[str, Any], clauses: Mapping[str, tuple[str, str]]
    ) -> "Answers":
        texts = {name: data[name] for name in (*_TEXTS, *_LONG)}
        days = {name: data[name].isoformat() for name in _DAYS}
        said = {key: list(each) for key, each in clauses.items()}
        return cls({"profile": profile, "clauses": said} | texts | days)

    @classmethod
    def of(cls, received: ReceivedReferral) -> "Answers":
        return cls(json.loads(received.answers))

    @property
    def incident_on(self) -> date:
        return date.fromisoformat(self.kept["incident_on"])

    @property
    def case(self) -> dict[str, Any]:
        return {name: date.fromisoformat(self.kept[name]) for name in _DAYS}

    @property
    def child(self) -> dict[str, Any]:
        return {name: self.kept[name] for name in ("pseudonym", "harm", "age_at_incident")}

    @property
    def sender(self) -> str:
        return f"{self.kept['role']}, {self.kept['organisation']}"

    @property
    def referral(self) -> dict[str, Any]:
        names = ("ground", "rationale", "support", "urgent_risks", "delay_reason")
        return {"referrer_name": self.sender} | {name: self.kept[name] for name in names}

    @property
    def clauses(self) -> dict[str, tuple[str, str]]:
        return {key: (answer, note) for key, (answer, note) in self.kept["clauses"].items()}

    @property
    def tags(self) -> list[tuple[str, str]]:
        return tags_in(self.kept)

    def sections(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """Headings with questions and answers, in the order in which they were asked."""
        kept = self.kept
        return [
            (
                _("Who sent it"),
                [(_("Role"), kept["role"]), (_("Organisation"), kept["organisation"])],
            ),
            (_("The child and the incident"), self._child()),
            (_("The criteria"), self._criteria()),
            (
                _("Why the case is referred"),
                [
                    (_("Rationale"), kept["rationale"]),
                    (_("Information that supports it"), kept["support"]),
                    (_("Risks that cannot wait"), kept["urgent_risks"]),
                ],
            ),
            (
                _("What may link it to other cases"),
                [
                    (_("Adults, by token"), ", ".join(lines(kept["adults"]))),
                    (_("Settings"), ", ".join(lines(kept["settings"]))),
                    (_("Other tags"), ", ".join(lines(kept["others"]))),
                ],
            ),
        ]

    def _child(self) -> list[tuple[str, Any]]:
        kept = self.kept
        return [
            (_("Called here"), kept["pseudonym"]),
            (_("What happened to the child"), str(Child.Harm(kept["harm"]).label)),
            (_("Age at the incident"), kept["age_at_incident"]),
            (_("Date of the incident"), self.case["incident_on"]),
            (_("Learned of it on"), self.case["aware_on"]),
            (_("Why the referral took this long"), kept["delay_reason"]),
        ]

    def _criteria(self) -> list[tuple[str, Any]]:
        criteria = criteria_of(self.kept["profile"])
        rows: list[tuple[str, Any]] = []
        for clause in criteria.clauses:
            answer, note = self.clauses.get(clause.key, ("", ""))
            said = str(ClauseTest.Answer(answer).label) if answer else ""
            rows.append((str(clause.label), f"{said}\n{note}".strip()))
        found = judge(criteria, {key: answer for key, (answer, _note) in self.clauses.items()})
        rows.append((_("What the answers come to"), str(found)))
        rows.append((_("Ground"), str(Referral.Ground(self.kept["ground"]).label)))
        return rows
