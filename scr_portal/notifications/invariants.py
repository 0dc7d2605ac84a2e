from scr_portal.core.invariants import Invariant, found
from scr_portal.notifications.kinds import ALWAYS_AT_ONCE


def invariants() -> list[Invariant]:
    return [
        Invariant("told once", "Nobody is told twice of one act", _told_twice),
        Invariant("sent", "What goes at once was tried before it counts as sent", _never_tried),
        Invariant("daily messages", "A day's message holds its own person's lines", _of_others),
    ]


def _told_twice() -> list[str]:
    """The unique rule holds it too, unless its index is torn: so the rows are counted."""
    return found(
        "SELECT 'person ' || user_id || ', ' || key || ': ' || count(*) || ' times'"
        " FROM notifications_notification GROUP BY user_id, key HAVING count(*) > 1"
    )


def _never_tried() -> list[str]:
    return found(
        "SELECT 'notification ' || id || ' of kind ' || kind FROM notifications_notification"
        " WHERE done_at IS NOT NULL AND attempts = 0 AND last_error = '' AND kind = ANY(%s)",
        sorted(str(kind) for kind in ALWAYS_AT_ONCE),
    )


def _of_others() -> list[str]:
    return found(
        "SELECT 'notification ' || line.id || ' of person ' || line.user_id"
        " || ' is in the message of person ' || digest.user_id"
        " FROM notifications_notification line"
        " JOIN notifications_digest digest ON digest.id = line.digest_id"
        " WHERE digest.user_id <> line.user_id"
    )
