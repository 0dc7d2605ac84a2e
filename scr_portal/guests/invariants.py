from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [
        Invariant("guests", "A link that is used or withdrawn keeps nothing typed", _kept),
    ]


def _kept() -> list[str]:
    return found(
        "SELECT 'link ' || id FROM guests_guestlink"
        " WHERE (used_at IS NOT NULL OR withdrawn_at IS NOT NULL) AND draft <> ''"
    )
