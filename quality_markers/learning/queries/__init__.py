"""What is read of what was learned: on a review, and by its board."""

from quality_markers.learning.queries.board import Chosen, learned, lists_of, themes_of
from quality_markers.learning.queries.figures import Figures, figures
from quality_markers.learning.queries.review import gathers, improvements_of, waiting

__all__ = [
    "Chosen",
    "Figures",
    "figures",
    "gathers",
    "improvements_of",
    "learned",
    "lists_of",
    "themes_of",
    "waiting",
]
