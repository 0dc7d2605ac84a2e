"""One row for one sending of a form, however often it comes."""

from hashlib import sha256
from typing import Any


def key_of(review: Any, by: Any, token: str, *of: Any) -> str:
    """64 characters, of one person on one review. ``of`` tells apart what one sending makes."""
    return sha256(":".join(map(str, (review.pk, by.pk, token, *of))).encode()).hexdigest()
