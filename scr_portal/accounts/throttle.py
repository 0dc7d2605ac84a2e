"""Counts in the cache, which all web processes share, as a brake."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest

from scr_portal.core import clock

NONE = (0, 0.0)


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
