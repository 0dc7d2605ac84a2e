"""People as they are called in a file: by name, or by what they are to the review."""

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from reviews.case.models import Appointment, Review
from reviews.permissions import Role
from scr_portal.accounts.models import BoardRole

# Who holds several is called by the first.
_RANK = [Role.LEAD, Role.LIAISON, Role.CHAIR, Role.PANEL, Role.AUDITOR, Role.UNIT, Role.MEMBER]


class Names:
    """Without names, a whole name inside a text is its role too, so that none is left by chance."""

    def __init__(self, review: Review, is_named: bool, *others: Any) -> None:
        self.review, self.is_named, self.others = review, is_named, others

    def __call__(self, person: Any) -> str:
        if person is None:
            return ""
        return str(person) if self.is_named else self._roles.get(person.pk, _("Somebody else"))

    def text(self, words: str) -> str:
        if self.is_named or not words:
            return words
        roles = {name.casefold(): role for name, role in self._veils.items()}
        return self._pattern.sub(lambda found: roles.get(found[0].casefold(), "…"), words)

    @cached_property
    def _held(self) -> dict[str, dict[int, Any]]:
        """By role, in the order in which people came to it; those who have left keep theirs."""
        appointments = Appointment.objects.filter(review=self.review).order_by("pk")
        roles = BoardRole.objects.filter(board=self.review.board_id).order_by("pk")
        held: dict[str, dict[int, Any]] = defaultdict(dict)
        for rows in (appointments.select_related("user"), roles.select_related("user")):
            for row in rows:  # type: ignore[attr-defined]
                held[row.role].setdefault(row.user_id, row.user)
        return held

    @cached_property
    def _roles(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for role in sorted(self._held, key=_rank):
            people = [pk for pk in self._held[role] if pk not in found]
            for number, pk in enumerate(people, start=1):
                label = str(Role(role).label)
                found[pk] = f"{label} {number}" if len(people) > 1 else label
        return found

    @cached_property
    def _veils(self) -> dict[str, str]:
        held = (each for people in self._held.values() for each in people.values())
        return {str(each): self(each) for each in [*held, *self.others] if str(each)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._veils, key=len, reverse=True)
        names = "|".join(re.escape(name) for name in longest_first)
        return re.compile(rf"(?<!\w)(?:{names or '(?!)'})(?!\w)", re.IGNORECASE)


def _rank(role: str) -> int:
    return _RANK.index(Role(role)) if role in _RANK else len(_RANK)
