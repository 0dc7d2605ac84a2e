"""Counts in the cache, which all web processes share, as a brake."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def _key(name: str, request: HttpRequest) -> str:
    visitor = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:32]
    return f"throttle:{name}:{visitor}"


def too_many(name: str, request: HttpRequest, *, limit: int) -> bool:
    return cache.get(_key(name, request), 0) >= limit


def count(name: str, request: HttpRequest, *, seconds: int) -> None:
    """One more from this visitor's address; the count is forgotten ``seconds`` after its first."""
    key = _key(name, request)
    cache.add(key, 0, timeout=seconds)
    try:
        cache.incr(key)
    except ValueError:
        cache.set(key, 1, timeout=seconds)
