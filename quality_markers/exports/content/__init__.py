"""What a file holds, in one order for all four forms, and nothing that its reader may not read."""

from quality_markers.exports.content.making import book
from quality_markers.exports.content.wish import Wish

__all__ = ["Wish", "book"]
