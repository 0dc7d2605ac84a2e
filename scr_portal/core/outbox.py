"""Side effects that survive a killed worker.

The row is written in the transaction of the act; a worker claims it by a lease, carries the effect
out, and marks it done. A worker that dies leaves a lease that runs out, and the sweeper takes the
row again. The effect itself stands under a unique key, so that twice does no harm.

A lease is short, so that what a dead worker held is soon free, and ``holding`` renews it for as
long as the work takes. Each claim raises ``attempts``, which so tells one holder of a row from the
next: a worker that was away for longer than its lease can no longer give back what another has
taken.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import Any, Self

from django.db import Error, InterfaceError, OperationalError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

LEASE = 25
"""Seconds: with the sweep after it, what a killed worker held is taken up within a minute."""
LONGEST = 30 * 60
"""Seconds for which a lease is renewed: whoever hangs loses it in the end."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
DATABASE_AWAY = (OperationalError, InterfaceError)
"""Nobody's fault, and over soon: the run ends, the lease runs out and the row is taken up again,
without the wait that doubles."""
# After a nudge that failed, pages don't try the broker again for so many seconds.
BROKER_REST = 10.0

logger = logging.getLogger(__name__)


class LeasedQuerySet(models.QuerySet):
    def waiting(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.filter(free, done_at__isnull=True, not_before__lte=now)

    def claim(self, *, limit: int = 20, seconds: int = LEASE, pk: Any = None) -> list[Any]:
        """Take up to ``limit`` rows for ``seconds``; two workers never get the same one."""
        now = timezone.now()
        with transaction.atomic():
            rows = self.waiting(now).order_by("not_before", "pk")
            if pk is not None:
                rows = rows.filter(pk=pk)
            locked = rows.select_for_update(skip_locked=True, of=("self",))
            taken: list[Any] = list(locked[:limit])
            self.filter(pk__in=[row.pk for row in taken]).update(
                lease_until=now + timedelta(seconds=seconds), attempts=F("attempts") + 1
            )
        for row in taken:
            row.attempts += 1
        return taken

    def carry_out(self, act: Callable[[Any], Any], *, limit: int, seconds: int = LEASE) -> bool:
        """Up to ``limit`` rows, each taken when its turn comes. True when there may be more."""
        for _ in range(limit):
            if not (taken := self.claim(limit=1, seconds=seconds)):
                return False
            act(taken[0])
        return True

    def held(self, row: Any) -> Self:
        """The row, unless it is done or somebody else has taken it since."""
        return self.filter(pk=row.pk, done_at__isnull=True, attempts=row.attempts)

    @contextmanager
    def holding(self, row: Any, *, seconds: float = LEASE) -> Iterator[None]:
        """The lease stays this process's own until the work in the block is over."""
        over = Event()
        renew = partial(copy_context().run, self._renew, row, over, seconds)
        renewing = Thread(target=renew, name=f"lease of {row.pk}", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            over.set()
            renewing.join()

    def _renew(self, row: Any, over: Event, seconds: float) -> None:
        """Short work is over before the first look, and so costs no connection."""
        limit = time.monotonic() + LONGEST
        try:
            while not over.wait(seconds / 3) and time.monotonic() < limit:
                try:
                    until = timezone.now() + timedelta(seconds=seconds)
                    if not self.held(row).update(lease_until=until):
                        return
                except Error as error:
                    logger.warning("A lease was not renewed: %s", type(error).__name__)
                    connection.close()
        finally:
            connection.close()

    def finish(self, pk: Any, *, note: str = "", **fields: Any) -> int:
        """``note`` says why nothing was done, where that was right."""
        return self.filter(pk=pk, done_at__isnull=True).update(
            done_at=timezone.now(), lease_until=None, last_error=note, **fields
        )

    def fail(self, row: Any, error: str) -> None:
        """Give the row back; the wait doubles from 30 seconds to an hour."""
        wait = min(FIRST_WAIT * 2 ** min(max(row.attempts - 1, 0), 16), LONGEST_WAIT)
        self.held(row).update(
            lease_until=None, not_before=timezone.now() + wait, last_error=error[:500]
        )

    def retry(self, pk: Any) -> int:
        """Have it tried at once. One that is being tried now is left alone."""
        return (
            self.filter(pk=pk, done_at__isnull=True)
            .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now()))
            .update(not_before=timezone.now(), lease_until=None)
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


def nudge(task: Any, *args: Any) -> None:
    """Wake the worker after the commit. A broker that is away costs nothing: the sweep comes."""
    transaction.on_commit(partial(_send, task, args), robust=True)


_rest_until = 0.0


def _send(task: Any, args: tuple[Any, ...]) -> None:
    """A second at most, and once in a while only, for as long as the broker is away."""
    global _rest_until
    if time.monotonic() < _rest_until:
        return
    try:
        task.apply_async(args, retry=False, expires=60)
    except Exception as error:  # whatever the broker's client raises, the row is safe already
        _rest_until = time.monotonic() + BROKER_REST
        logger.warning("The broker is away (%s): the sweep will carry it out", error)
