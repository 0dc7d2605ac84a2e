"""What a statement of purpose needs, and how each group stands (QM 5)."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.scoping.purpose.models import Group, PurposeStatement, Telling, TellingWaiver
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason

DATA = Path(__file__).parent / "data" / "purpose.toml"


@cache
def template() -> str:
    """Words to begin a first statement from."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))["text"].strip()


def missing(statement: PurposeStatement) -> list[Reason]:
    url = f"{statement.review.get_absolute_url()}purpose/edit"
    found = []
    if not statement.text.strip():
        found.append(Reason(_("Say what the review is for."), f"{url}#id_text"))
    if not statement.complications.strip() and not statement.no_complications:
        found.append(
            Reason(
                _("Say what complicates the purpose, or that nothing is known that does."),
                f"{url}#id_complications",
            )
        )
    return found


@dataclass(frozen=True)
class Standing:
    """One group: the last time it was told, or why it is not told yet."""

    group: Group
    telling: Telling | None
    waiver: TellingWaiver | None
    agreed: PurposeStatement | None

    @property
    def is_behind(self) -> bool:
        """Told, but of a version that has been replaced since."""
        told, now = self.telling, self.agreed
        return bool(told and now and told.statement_id != now.pk and told.told_on < agreed_on(now))

    @property
    def is_open(self) -> bool:
        return self.telling is None and self.waiver is None

    @property
    def words(self) -> str:
        if self.telling is None:
            if self.waiver is None:
                return _("Not told yet")
            return _("Waived: %(reason)s") % {"reason": self.waiver.reason}
        said: dict[str, Any] = {"day": on_screen(self.telling.told_on)}
        if self.is_behind and self.agreed:
            said |= {"number": self.telling.statement.number, "now": self.agreed.number}
            return (
                _("Told of version %(number)s on %(day)s, before version %(now)s was agreed") % said
            )
        return _("Told on %(day)s") % said


def agreed_on(statement: PurposeStatement) -> date:
    return localdate(statement.agreed_at)


def standings(
    tellings: Iterable[Telling],
    waivers: Iterable[TellingWaiver],
    agreed: PurposeStatement | None,
) -> list[Standing]:
    """Every group in the order of the list. A line that was struck out tells nothing."""
    told: dict[str, Any] = {}
    for row in sorted(tellings, key=lambda row: (row.told_on, row.pk)):
        if row.struck_at is None:
            told[row.group] = row
    waived = {row.group: row for row in waivers if row.ended_at is None}
    return [
        Standing(group, told.get(group.value), waived.get(group.value), agreed) for group in Group
    ]
