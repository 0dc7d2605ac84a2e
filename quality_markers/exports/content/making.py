"""From a wish to the content of the file. Raises PermissionDenied where nothing of it is left."""

from collections.abc import Callable
from typing import Any

from quality_markers.exports.content import comparing, history, single
from quality_markers.exports.content.wish import Wish
from quality_markers.exports.models import Export
from scr_portal.core.book import Book

_MAKERS: dict[Any, Callable[[Wish], Book]] = {
    Export.Of.PASS: single.book,
    Export.Of.COMPARISON: comparing.book,
    Export.Of.HISTORY: history.book,
}


def book(wish: Wish) -> Book:
    return _MAKERS[wish.of](wish)
