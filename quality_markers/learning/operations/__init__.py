"""Writes of what is learned: noted in a review, gathered for the board, ordered by themes."""

from quality_markers.learning.operations.gathering import Traceable, gather, take_back
from quality_markers.learning.operations.noting import change, drop, note, put_back
from quality_markers.learning.operations.themes import add_theme, put_back_theme, retire_theme

__all__ = [
    "Traceable",
    "add_theme",
    "change",
    "drop",
    "gather",
    "note",
    "put_back",
    "put_back_theme",
    "retire_theme",
    "take_back",
]
