"""One row for one sending of a form, however often it comes."""

from hashlib import sha256
from typing import Any


def key_of(review: Any, by: Any, token: str) -> str:
    return sha256(f"{review.pk}:{by.pk}:{token}".encode()).hexdigest()
