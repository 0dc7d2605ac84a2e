"""A comparison as a page shows it: both texts beside each other, or one laid over the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Answer
from quality_markers.comparing.content import Comparison, Pair
from scr_portal.core.comparing import Piece, compared

SHOW = {
    "moved": _("What moved"),
    "left": _("Judged open, and not looked at again"),
    "all": _("Everything"),
}
AS = {"beside": _("Beside each other"), "difference": _("As one text")}
TEXTS = [name for name in Answer.FIELDS if name != "judgement"]


@dataclass(frozen=True)
class Row:
    """One text of an answer then and now; ``pieces`` where one is laid over the other."""

    label: Any
    then: str
    now: str
    pieces: list[Piece] | None = None


def narrowed(of: Comparison, show: str) -> Comparison:
    if show == "left":
        chapters = [
            replace(chapter, pairs=[pair for pair in chapter.pairs if pair.is_left])
            for chapter in of.chapters
        ]
        return replace(of, chapters=[each for each in chapters if each.pairs])
    return of if show == "all" else of.moved


def rows(pair: Pair, way: str) -> Iterator[Row]:
    """Texts that say something in one of the two, those that did not change told once."""
    for name in TEXTS:
        then = pair.then.texts[name] if pair.then else ""
        now = pair.now.texts[name] if pair.now else ""
        if then or now:
            yield _row(Answer._meta.get_field(name).verbose_name, then, now, way)  # type: ignore[union-attr]


def reflections(chapter: Any, way: str) -> Row | None:
    then = chapter.then.text if chapter.then else ""
    now = chapter.now.text if chapter.now else ""
    return _row(_("overall reflection"), then, now, way) if then or now else None


def _row(label: Any, then: str, now: str, way: str) -> Row:
    laid = compared(then, now) if way == "difference" and then != now else None
    return Row(label, then, now, laid)
