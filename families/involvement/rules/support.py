"""How support goes from a wish to something done (QM 12.3)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from families.involvement.models import Support

State, Kind = Support.State, Support.Kind

MOVES: dict[str, list[Support.State]] = {
    State.WANTED: [State.AGREED, State.NOT_NEEDED],
    State.AGREED: [State.ARRANGED, State.NOT_NEEDED],
    State.ARRANGED: [State.DONE, State.NOT_NEEDED],
    State.NOT_NEEDED: [State.WANTED],
    State.DONE: [],
}
DAYS = {State.AGREED: "agreed_on", State.ARRANGED: "arranged_on", State.DONE: "done_on"}
STILL_OPEN = [State.WANTED, State.AGREED]
IN_A_LANGUAGE = frozenset({Kind.INTERPRETER, Kind.TRANSLATION})


def problems(kind: str, language: str, not_a_relative: bool, state: str) -> list[str]:
    """Against an interpreter who is one of the family, or whose dialect nobody has asked for."""
    if state not in (State.ARRANGED, State.DONE) or kind not in IN_A_LANGUAGE:
        return []
    found = []
    if not language.strip():
        found.append(_("Say which language and dialect before it is arranged."))
    if kind == Kind.INTERPRETER and not not_a_relative:
        found.append(
            _(
                "Confirm that the interpreter is not a relative, a friend or of the same community "
                "before it is arranged."
            )
        )
    return found


def days_in_order(days: dict[str, Any], today: date) -> bool:
    """Agreed, arranged, done: none before the one it follows, none still to come."""
    given = [days[name] for name in DAYS.values() if days.get(name)]
    return given == sorted(given) and all(day <= today for day in given)
