"""Who may see the refusals at a board's pages."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

ON_BOARD = {P.SEE_REFUSALS: "reviews:refusals"}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    return {}
