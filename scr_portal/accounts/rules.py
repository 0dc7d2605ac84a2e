"""Who may give and end which role of a board, and what stands against it."""

from collections.abc import Collection
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts.models import BoardRole

Role = BoardRole.Role

# Nobody gives themselves more than they have: the chair's role comes from an administrator alone.
MAY_GIVE: dict[str, frozenset[str]] = {
    Role.CHAIR: frozenset({Role.UNIT, Role.MEMBER, Role.AUDITOR}),
    Role.UNIT: frozenset({Role.MEMBER, Role.AUDITOR}),
    Role.MEMBER: frozenset(),
    Role.AUDITOR: frozenset(),
}

# A board without one of these comes to a halt, so the last one stays until there is another.
NEVER_VACANT = frozenset({Role.UNIT, Role.CHAIR})

MANAGE_PEOPLE = "accounts.manage_people"


def may_give(held: Collection[str], *, administrator: bool) -> list[str]:
    """Roles that somebody who holds ``held`` on a board may give there, in the order of Role."""
    allowed = set(Role.values) if administrator else set()
    for role in held:
        allowed |= MAY_GIVE[role]
    return [role for role in Role.values if role in allowed]


def against_giving(
    *, role: str, ends: Any, starts: Any, allowed: Collection[str], to_self: bool
) -> str | Promise | None:
    """The sentence that says why not, or None."""
    if to_self:
        return _("Nobody gives a role to themselves. Ask somebody else who manages people.")
    if role not in allowed:
        return _("You may not give this role.")
    if role == Role.AUDITOR and not ends:
        return _("An auditor's role needs the day it ends.")
    if ends and ends < starts:
        return _("The role must end on or after the day it starts.")
    return None


def against_ending(
    *, role: str, allowed: Collection[str], of_self: bool, last: bool
) -> str | Promise | None:
    if of_self:
        return _("Nobody ends their own role. Ask somebody else who manages people.")
    if role not in allowed:
        return _("You may not end this role.")
    if last and role == Role.CHAIR:
        return _("This is the board's only chair. Give the role to somebody else first.")
    if last and role == Role.UNIT:
        return _("This is the board's only business unit. Give the role to somebody else first.")
    return None
