"""What must be so of every answer to somebody who asks what is held about them."""

from reviews.subject_access import rules
from reviews.subject_access.models import AccessRequest
from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [
        Invariant("answers", "Who signed an answer off has prepared none of it", _alone),
        Invariant("answer days", "A request is due on the day that follows from its dates", _days),
    ]


def _alone() -> list[str]:
    """Whoever put it, or decided on one of its items, has prepared it."""
    return found(
        """
        SELECT 'request ' || request.id || CASE
                   WHEN request.state IN ('open', 'put', 'closed')
                   THEN ' is signed off, and stands as ' || request.state
                   WHEN request.sha256 = '' THEN ' is signed off, and nothing says what was'
                   ELSE ' was signed off by who prepared it' END
          FROM reviews_accessrequest request
         WHERE request.state IN ('open', 'put', 'closed') AND request.signed_by_id IS NOT NULL
            OR request.state IN ('signed', 'sent') AND (
               request.sha256 = '' OR request.put_by_id IS NULL
               OR request.signed_by_id IS NOT DISTINCT FROM request.put_by_id
               OR EXISTS (
                  SELECT FROM reviews_accessitem item
                    JOIN reviews_accesspart part ON part.id = item.part_id
                   WHERE part.request_id = request.id
                     AND item.decided_by_id = request.signed_by_id))
         ORDER BY request.id
        """
    )


def _days() -> list[str]:
    dates = ("received_on", "identity_asked_on", "identity_on", "extended_on", "due_on")
    return [
        f"request {row.pk} is due on {due}, and {row.due_on} is written down"
        for row in AccessRequest.objects.order_by("pk").only(*dates)
        if row.due_on != (due := _due(row))
    ]


def _due(row: AccessRequest) -> object:
    due = rules.due_on(
        received_on=row.received_on,
        asked_on=row.identity_asked_on,
        confirmed_on=row.identity_on,
    )
    return rules.longest(due) if row.extended_on else due
