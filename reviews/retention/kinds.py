"""What a board decides a period for: from when it counts, and what the portal proposes.

The periods proposed are ours and invented: what binds a board is its own agreement, its authority's
records policy, and the law. Only the chair's agreement puts a schedule in force.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.retention.models import Act
from scr_portal.core.dates import add_months


class Kind(models.TextChoices):
    REVIEW = "review", _("Serious case review, closed")
    NO_REVIEW = "no_review", _("Case that was not taken forward to a review")
    DECLINED = "declined", _("Referral that was declined")
    COPIES = "copies", _("Exports and question packs")
    GUESTS = "guests", _("Names and addresses on links for people outside")
    HISTORY = "history", _("History and certificates")


@dataclass(frozen=True)
class Proposed:
    """``months`` None is for good. ``acts`` has one where there is no choice."""

    months: int | None
    act: Act
    since: str | Promise
    what: str | Promise
    acts: tuple[Act, ...]


OURS = _("Proposed by the portal, invented: the board’s to decide")
_BOTH = (Act.DESTROY, Act.ANONYMISE)
_DESTROY = (Act.DESTROY,)

KINDS: dict[Kind, Proposed] = {
    Kind.REVIEW: Proposed(
        35 * 12,
        Act.ANONYMISE,
        _("the day the review was closed"),
        _("People look at each one: propose, decide, certify"),
        _BOTH,
    ),
    Kind.NO_REVIEW: Proposed(
        10 * 12,
        Act.DESTROY,
        _("the day it was closed"),
        _("People look at each one: propose, decide, certify"),
        _BOTH,
    ),
    Kind.DECLINED: Proposed(
        24,
        Act.DESTROY,
        _("the day it was declined"),
        _("People look at each one: propose, decide, certify"),
        _DESTROY,
    ),
    Kind.COPIES: Proposed(
        6,
        Act.DESTROY,
        _("the day the file was made, or the pack handed out"),
        _("By itself, each night, unless a legal hold stands"),
        _DESTROY,
    ),
    Kind.GUESTS: Proposed(
        24,
        Act.ANONYMISE,
        _("the day the link was used, withdrawn or ran out"),
        _("By itself, each night, unless a legal hold stands"),
        (Act.ANONYMISE,),
    ),
    Kind.HISTORY: Proposed(
        None,
        Act.DESTROY,
        _("the day keeping ended"),
        _("Never by the portal: the chain can’t be cut. It holds no text of a case"),
        _DESTROY,
    ),
}
# Those that people look at one by one; the others go by themselves once a schedule is agreed.
ONE_BY_ONE = (Kind.REVIEW, Kind.NO_REVIEW, Kind.DECLINED)
LONGEST = 1200  # months


def due_on(since: date, months: int | None) -> date | None:
    """The last day of keeping; None where it is kept for good."""
    return None if months is None else add_months(since, months)


def in_words(months: int | None) -> str:
    from scr_portal.core.dates import Span, Unit

    if months is None:
        return str(_("for good"))
    years, rest = divmod(months, 12)
    return str(Span(months, Unit.MONTH) if rest or not years else Span(years, Unit.YEAR))
