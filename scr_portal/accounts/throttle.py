"""Counts in the cache, which all web processes share, as a brake, and answers of one length."""

import hashlib
import time
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from scr_portal.accounts.access import View
from scr_portal.core import clock

NONE = (0, 0.0)
# Longer than either takes: to write to somebody, and to find that there is nobody.
STEP_SECONDS = 0.5


def _key(name: str, request: HttpRequest) -> str:
    visitor = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:32]
    return f"throttle:{name}:{visitor}"


def too_many(name: str, request: HttpRequest, *, limit: int) -> bool:
    found, _ends = cache.get(_key(name, request), NONE)
    return bool(found >= limit)


def count(name: str, request: HttpRequest, *, seconds: int) -> None:
    """One more from this visitor's address; the count is forgotten ``seconds`` after its first.

    The cache reads and writes in two statements, so those of one address queue: none is lost.
    """
    key, now = _key(name, request), clock.now().timestamp()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
        found, ends = cache.get(key, NONE)
        ends = ends if found else now + seconds
        cache.set(key, (found + 1, ends), timeout=max(1, ends - now))


def evenly(view: View) -> View:
    """A POST takes whole steps of time, so that how long it took says nothing of whom it found."""

    @wraps(view)
    def padded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(STEP_SECONDS - (time.monotonic() - began) % STEP_SECONDS)
        return response

    return padded
