"""After closure: what a review noted becomes part of what its board reads."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.learning import rules
from quality_markers.learning.models import Improvement, Theme
from quality_markers.learning.operations.noting import locked, save
from reviews.case.lifecycle import Stage
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


class Traceable(Refused):
    """The text holds words by which somebody could tell the case; ``words`` are those."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        text = _("Readers could tell the case by: %(words)s. Say it in other words.")
        super().__init__(text % {"words": ", ".join(words)})


@transaction.atomic
def gather(
    *,
    improvement: Improvement,
    version: int,
    gathered_text: str,
    by: Any,
    gathered_quote: str = "",
    themes: Iterable[Theme] = (),
    despite: bool = False,
) -> Improvement:
    """Put it, or put it anew, into words for the board, which may not know the case.

    Raises Refused before closure, Traceable unless ``despite`` says that a word there points to
    nobody, and Stale where ``version`` is not the present one.
    """
    row = _of_closed(improvement, by)
    said = {"gathered_text": gathered_text.strip(), "gathered_quote": gathered_quote.strip()}
    if not said["gathered_text"]:
        raise Refused(_("Say it as the board is to read it."))
    if row.dropped_at:
        raise Refused(_("It was set aside in the review and is not for the board."))
    words = rules.traces(row.review, by, *said.values())
    if words and not despite:
        raise Traceable(words)
    first = {"gathered_by": by, "gathered_at": clock.now()} if not row.gathered_at else {}
    save(row, version, said | first, themes, kind=audit.Event.IMPROVEMENT_GATHERED, by=by)
    return row


@transaction.atomic
def take_back(*, improvement: Improvement, by: Any) -> None:
    """Out of the board's learning; what the review noted stays. A second click finds it so."""
    row = _of_closed(improvement, by)
    if not row.gathered_at:
        return
    row.gathered_at = row.gathered_by = None
    row.gathered_text = row.gathered_quote = ""
    row.version += 1
    row.save()
    audit.record(kind=audit.Event.IMPROVEMENT_TAKEN_BACK, by=by, target=row)


def _of_closed(improvement: Improvement, by: Any) -> Improvement:
    row = locked(improvement)
    require(by, Permission.ANSWER_MARKERS, row.review)
    if row.review.stage != Stage.CLOSED:
        raise Refused(_("What is learned is gathered once the review is closed."))
    return row
