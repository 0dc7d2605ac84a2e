"""What must be so of all that is no longer kept."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from reviews.retention import holdings
from reviews.retention.holdings import Holding
from reviews.retention.models import Act, Disposal
from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [
        Invariant("destroyed", "Of what was destroyed no row is left", _left),
        Invariant("certificates", "A certificate stands as made, and its files are gone", _amiss),
    ]


def _left() -> list[str]:
    """A statement for each table that holds something of a case, however much was destroyed."""
    states = [Disposal.State.ROWS_GONE, Disposal.State.DONE]
    gone = Disposal.objects.filter(act=Act.DESTROY, state__in=states).order_by()
    return [
        f"{each.model._meta.db_table} {pk} is of something that was destroyed"
        for each in holdings.holdings()
        for pk in _rows(each, gone).order_by("pk").values_list("pk", flat=True).distinct()
    ]


def _rows(holding: Holding, gone: QuerySet[Disposal]) -> QuerySet[Any]:
    """What names a review in the middle of a text is not looked for: it would read every text."""
    wanted = Q(pk__in=[])
    for way, column in _ways(holding):
        keys = gone.filter(**{f"{column}__isnull": False}).values(column)
        wanted |= Q(**{f"{way}__in": keys})
    return holding.model._base_manager.filter(wanted)


def _ways(holding: Holding) -> Iterator[tuple[str, str]]:
    for way in holding.of:
        if not way.endswith("contains"):
            yield way, "review_id"
    for way in holding.of_received:
        yield way, "received_id"


def _amiss() -> list[str]:
    """Hashed where it lies."""
    return found(
        """
        SELECT 'certificate ' || made.id || CASE WHEN waiting.number > 0
                   THEN ' was given while files waited to be removed'
                   ELSE ' is not what was certified' END
          FROM reviews_disposal made, LATERAL (
               SELECT count(*) AS number FROM reviews_disposalfile one
                WHERE one.disposal_id = made.id AND one.gone_at IS NULL) waiting
         WHERE made.state = 'done' AND (waiting.number > 0
            OR made.sha256 <> encode(sha256(convert_to(made.certificate, 'UTF8')), 'hex'))
         ORDER BY made.id
        """
    )
