"""An invented family: who they are, how they take part, what they said and what they were told."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from families.contributions.models import Contribution
from families.contributions.operations import beside, checking, keepsakes, using, writing
from families.involvement.models import Contact, Inclusion
from families.involvement.operations import (
    contacts,
    deciding,
    focus,
    promises,
    safety,
    support,
)
from families.people.models import Person
from families.people.operations import households, people, relations
from reviews.case.models import Review
from scr_portal.accounts.models import User
from scr_portal.core import clock

DATA = Path(__file__).parent / "data" / "family.toml"
On = Callable[[int], AbstractContextManager[None]]
"""Pretends to be so many days ago."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def is_told_of(review: Review) -> bool:
    return review.pseudonym == _data()["case"]


class Family:
    """``begin`` and ``went_on`` before the work is under way, and ``went_on`` again after it."""

    def __init__(
        self, review: Review, *, decided: int, unit: User, lead: User, liaison: User, on: On
    ) -> None:
        self.review, self.decided, self.on = review, decided, on
        self.unit, self.lead, self.liaison = unit, lead, liaison
        self.people: dict[str, Person] = {}

    def begin(self, appointed: int) -> None:
        """The register, and what the business unit did before there was a family liaison."""
        with self.on(self.decided - 1):
            self._register()
        self._as_it_went(self.decided, appointed, by=self.unit)
        with self.on(appointed - 1):
            self._support_and_safety()

    def went_on(self, since: int, until: int = 0) -> None:
        """What liaison and lead reviewer did from so many days ago to so many."""
        self._as_it_went(since, until, by=self.liaison)

    def _register(self) -> None:
        data = _data()
        self.people["child"] = Person.objects.get(review=self.review, child__isnull=False)
        for row in data["person"]:
            if "after" not in row:
                self._add(row, self.unit)
        for kind, one, other in data["relations"]["ties"]:
            self._relate(kind, one, other)
        for one, other, is_past, words in data["relations"]["partners"]:
            self._relate("partner", one, other, is_past=is_past, words=words)
        for row in data["household"]:
            home = households.add_household(
                review=self.review, name=row["name"], by=self.unit, address=row.get("address", "")
            )
            for key, note in row["people"]:
                households.add_living(
                    household=home, person=self.people[key], by=self.unit, note=note
                )

    def _add(self, row: dict[str, Any], by: User) -> None:
        said = {name: value for name, value in row.items() if name not in {"key", "after"}}
        self.people[row["key"]] = people.add_person(review=self.review, by=by, **said)

    def _relate(self, kind: str, one: str, other: str, **said: Any) -> None:
        between = {"one": self.people[one], "other": self.people[other]}
        relations.add_relation(review=self.review, kind=kind, by=self.unit, **between, **said)

    def _as_it_went(self, since: int, until: int, *, by: User) -> None:
        """Everything that happened from ``since`` days ago to ``until`` days ago, in order."""
        tell = {
            "person": self._add,
            "decision": self._decide,
            "contact": self._contact,
            "promise": self._promise,
            "question": self._ask,
            "influence": self._influence,
            "contribution": self._contribute,
            "keepsake": self._keep,
        }
        rows = [
            (row["after"], what, row) for what in tell for row in _data()[what] if "after" in row
        ]
        for after, what, row in sorted(rows, key=lambda each: each[0]):
            if until < self.decided - after <= since:
                with self.on(self.decided - after):
                    tell[what](row, by)

    def _decide(self, row: dict[str, Any], by: User) -> None:
        said = {name: row[name] for name in row.keys() & {"choice", "why", "reason", "decided_by"}}
        if "look_again_in" in row:
            said["look_again_on"] = clock.today() + timedelta(days=row["look_again_in"])
        made = deciding.decide(
            person=self.people[row["person"]],
            decided_on=clock.today(),
            decided_with=row.get("decided_with", ""),
            token=f"demonstration-{row['person']}",
            by=by,
            **said,
        )
        if "disagreement" in row:
            self._disagree(made, row["disagreement"])

    def _disagree(self, inclusion: Inclusion, text: str) -> None:
        deciding.disagree(
            inclusion=inclusion, text=text, token=f"demonstration-{inclusion.pk}", by=self.lead
        )

    def _contact(self, row: dict[str, Any], by: User) -> Contact:
        said = {name: row[name] for name in row.keys() & {"phase", "how", "by_whom", "note"}}
        return contacts.make(
            review=self.review,
            people=[self.people[key] for key in row["people"]],
            on=clock.today(),
            is_offer=row.get("is_offer", False),
            answers={self.people[key].pk: (answer, words) for key, answer, words in row["answers"]},
            token=f"demonstration-{row['after']}-{row['people'][0]}",
            by=by,
            **said,
        )

    def _promise(self, row: dict[str, Any], by: User) -> None:
        made = promises.promise(
            person=self.people[row["person"]],
            promised_on=clock.today(),
            due_on=clock.today() + timedelta(days=row["due"]),
            text=row["text"],
            promised_by=row["promised_by"],
            token=f"demonstration-{row['after']}",
            by=by,
        )
        if "kept" in row:
            with self.on(self.decided - row["after"] - row["kept"]):
                promises.keep(
                    promise=made,
                    version=made.version,
                    kept_on=clock.today(),
                    outcome=row["outcome"],
                    by=by,
                )

    def _ask(self, row: dict[str, Any], by: User) -> None:
        focus.ask(
            review=self.review,
            people=[self.people[row["person"]]],
            direction=row["direction"],
            text=row["text"],
            asked_on=clock.today(),
            token=f"demonstration-{row['after']}",
            by=by,
        )

    def _influence(self, row: dict[str, Any], by: User) -> None:
        made = focus.ask_of_the_terms(
            person=self.people[row["person"]],
            text=row["text"],
            asked_on=clock.today(),
            token=f"demonstration-{row['after']}",
            by=by,
        )
        if "outcome" in row:
            focus.weigh(
                influence=made,
                version=made.version,
                outcome=row["outcome"],
                why=row["why"],
                settled_on=clock.today(),
                by=by,
            )

    def _contribute(self, row: dict[str, Any], by: User) -> None:
        known = {"topic", "said_to", "text", "in_their_words", "visibility"}
        made = writing.write_down(
            review=self.review,
            person=self.people[row["person"]],
            said_on=clock.today(),
            readers=[getattr(self, key) for key in row.get("readers", [])],
            token=f"demonstration-{row['key']}",
            by=by,
            **{name: row[name] for name in row.keys() & known},
        )
        for step, after in row.get("checks", []):
            with self.on(self.decided - after):
                made = self._check(made, step, row.get("corrected", ""), by)
        self._became(made, row, by)

    def _check(self, made: Contribution, step: str, corrected: str, by: User) -> Contribution:
        checking.record_check(
            contribution=made,
            version=made.version,
            step=step,
            on=clock.today(),
            how="Read together",
            text=corrected if step == Contribution.Check.CORRECTED else "",
            token=f"demonstration-{made.pk}-{step}",
            by=by,
        )
        return Contribution.objects.get(pk=made.pk)

    def _became(self, made: Contribution, row: dict[str, Any], by: User) -> None:
        if "use" in row:
            where, place, reason = row["use"]
            using.record_use(contribution=made, where=where, place=place, reason=reason, by=by)
        if "beside" in row:
            about, source, account, remark = row["beside"]
            beside.put_beside(
                contribution=made,
                about=about,
                source=source,
                account=account,
                remark=remark,
                by=by,
            )

    def _keep(self, row: dict[str, Any], by: User) -> None:
        keepsakes.add_keepsake(
            review=self.review,
            person=self.people[row["person"]],
            what=row["what"],
            consent=row["consent"],
            consent_by=row["consent_by"],
            consent_on=clock.today(),
            note=row["note"],
            token=f"demonstration-{row['after']}",
            by=by,
        )

    def _support_and_safety(self) -> None:
        for row in _data()["support"]:
            said = {name: row[name] for name in row.keys() & {"provider", "detail", "kind"}}
            made = support.add_support(person=self.people[row["person"]], by=self.liaison, **said)
            for state in _UP_TO[row["state"]]:
                support.move_support(support=made, state=state, on=clock.today(), by=self.liaison)
        for row in _data()["safety"]:
            person = self.people[row["person"]]
            said = {k: v for k, v in row.items() if k not in {"person", "reason"}}
            safety.keep_safety(person=person, version=1, by=self.liaison, **said)
            safety.keep_reason(person=person, version=1, by=self.liaison, reason=row["reason"])


_UP_TO = {
    "wanted": [],
    "agreed": ["agreed"],
    "arranged": ["agreed", "arranged"],
    "done": ["agreed", "arranged", "done"],
}
