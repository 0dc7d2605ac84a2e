"""The time of an act. Operations ask here, so that a demonstration can be given a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    return _pretended.get() or timezone.now()


def today() -> date:
    """The date in London, whatever the server's own time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Raises RuntimeError outside a demonstration: a real record is never dated back."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("Only a demonstration may be given a past.")
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


@contextmanager
def standing(moment: datetime) -> Iterator[None]:
    """While a statement is composed (prepared.py); nothing is written meanwhile."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
