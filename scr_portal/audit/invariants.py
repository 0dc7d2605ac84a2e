from scr_portal.audit import verify
from scr_portal.core.invariants import Invariant


def invariants() -> list[Invariant]:
    return [
        Invariant("history", "Every history is as it was written, from end to end", _broken),
    ]


def _broken() -> list[str]:
    first = verify.first_break()
    return [str(first)] if first else []
