"""Side effects that survive a killed worker.

The row is written in the transaction of the act; a worker claims it by a lease, carries the effect
out, and marks it done. A worker that dies leaves a lease that runs out, and the sweeper takes the
row again. The effect itself stands under a unique key, so that twice does no harm.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class LeasedQuerySet(models.QuerySet):
    def waiting(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.filter(free, done_at__isnull=True, not_before__lte=now)

    def claim(self, *, limit: int = 20, seconds: int = 60, pk: Any = None) -> list[Any]:
        """Take up to ``limit`` rows for ``seconds``; two workers never get the same one."""
        now = timezone.now()
        with transaction.atomic():
            rows = self.waiting(now).order_by("not_before", "pk")
            if pk is not None:
                rows = rows.filter(pk=pk)
            taken = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
            self.filter(pk__in=[row.pk for row in taken]).update(
                lease_until=now + timedelta(seconds=seconds), attempts=F("attempts") + 1
            )
        for row in taken:
            row.attempts += 1
        return taken

    def finish(self, pk: Any, **fields: Any) -> int:
        return self.filter(pk=pk, done_at__isnull=True).update(
            done_at=timezone.now(), lease_until=None, last_error="", **fields
        )

    def fail(self, row: Any, error: str) -> None:
        """Give the row back; the wait doubles from 30 seconds to an hour."""
        wait = min(FIRST_WAIT * 2 ** max(row.attempts - 1, 0), LONGEST_WAIT)
        self.filter(pk=row.pk, done_at__isnull=True).update(
            lease_until=None, not_before=timezone.now() + wait, last_error=error[:500]
        )


class Leased(models.Model):
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        abstract = True
