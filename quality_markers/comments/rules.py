"""Who is meant by an @ in a text."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

LONGEST = 10_000
"""Characters in one comment."""


def spoken_to(text: str, people: Iterable[Any]) -> list[Any]:
    """Those of these people whose whole name stands after an @.

    Whatever else follows an @ is plain text: the portal looks nobody up. Two people of one name
    are told apart by choosing them, never by a guess.
    """
    names = [(str(person).casefold(), person) for person in people]
    how_many = Counter(name for name, _person in names)
    known = {name: person for name, person in names if name and how_many[name] == 1}
    if not known:
        return []
    longest_first = sorted(known, key=len, reverse=True)
    name = "|".join(re.escape(each) for each in longest_first)
    found = re.findall(rf"(?<!\w)@({name})(?!\w)", text.casefold())
    return list({known[each].pk: known[each] for each in found}.values())
