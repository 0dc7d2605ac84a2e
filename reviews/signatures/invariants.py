from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [Invariant("signatures", "What was signed is word for word what was signed", _altered)]


def _altered() -> list[str]:
    return found(
        "SELECT 'signature ' || id FROM reviews_signature"
        " WHERE sha256 <> encode(sha256(convert_to(content, 'UTF8')), 'hex')"
    )
