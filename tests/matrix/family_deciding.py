"""What lies behind the addresses of the family's rooms (deciding), and who may open them."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission
from tests.cast import Cast

ON_REVIEW: list[tuple[set[Permission], str]] = []


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    return {}
