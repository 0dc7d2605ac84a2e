"""What must be so of emergencies at every moment."""

from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [
        Invariant("emergencies", "What an emergency opened ends with it", _astray),
        Invariant("ended", "An emergency that has had its time was ended", _late),
    ]


def _astray() -> list[str]:
    """A right until a moment that belongs to no open emergency of that person, or outlives it."""
    return found(
        """
        SELECT 'right ' || leave.id || ' belongs to no open emergency'
          FROM reviews_reviewuserobjectpermission leave
         WHERE leave.until IS NOT NULL AND NOT EXISTS (
               SELECT FROM reviews_emergency one
                WHERE one.user_id = leave.user_id AND one.review_id = leave.content_object_id
                  AND one.ended_at IS NULL AND one.until = leave.until)
         ORDER BY leave.id
        """
    )


def _late() -> list[str]:
    """The sweep comes each minute; an hour is more than a worker is away without being missed."""
    return found(
        """
        SELECT 'emergency ' || id || ' is over and was not ended'
          FROM reviews_emergency
         WHERE ended_at IS NULL AND until < now() - interval '1 hour'
         ORDER BY id
        """
    )
