"""What a board reads of what its reviews learned; the case behind it only who may see the case."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import QueryDict

from quality_markers.learning.models import Improvement, Theme
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.decisions.referrals.criteria import every_clause
from reviews.decisions.referrals.models import ClauseTest
from reviews.permissions import Permission
from scr_portal.accounts.models import Board

NONE = "none"  # of the themes: what has none


@dataclass(frozen=True)
class Chosen:
    """What a reader asked for; anything unknown in the address counts as not said."""

    theme: str = ""
    year: str = ""
    stage: str = ""
    clause: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Chosen":
        theme, year = query.get("theme", ""), query.get("year", "")
        stage, clause = query.get("stage", ""), query.get("clause", "")
        return cls(
            theme=theme if theme == NONE or _is_number(theme, 9) else "",
            year=year if _is_number(year, 4) and date.min.year <= int(year) else "",
            stage=stage if stage in Stage.values else "",
            clause=clause if clause in {each.key for each in every_clause()} else "",
        )

    def address(self, **changes: Any) -> str:
        said = {name: text for name, text in vars(replace(self, **changes)).items() if text}
        return "?" + urlencode(said)

    @property
    def of_the_case(self) -> bool:
        return bool(self.year or self.stage or self.clause)


def _is_number(text: str, longest: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= longest


def of_clause(clause: str, review: str = "review") -> Exists:
    """Reviews whose referral answered yes to this clause of the criteria."""
    yes = ClauseTest.objects.filter(clause=clause, answer=ClauseTest.Answer.YES)
    return Exists(yes.filter(review=OuterRef(review)))


def seen_by(user: Any, board: Board) -> QuerySet[Review]:
    """Reviews of the board whose self-assessments this person may read."""
    return Review.objects.visible_to(user, Permission.READ_MARKERS).filter(board=board)


def gathered(board: Board, user: Any) -> QuerySet[Any]:
    """Everything the board reads, alike for all of its readers; ``seen``: they see its review."""
    rows = Improvement.objects.filter(board=board, gathered_at__isnull=False)
    if not user.has_perm(Permission.READ_LEARNING, board):
        return rows.none()
    return rows.annotate(seen=Exists(seen_by(user, board).filter(pk=OuterRef("review"))))


def learned(board: Board, user: Any, chosen: Chosen) -> QuerySet[Any]:
    """A choice by facts of the case leaves what is from cases that this person may not see."""
    rows = gathered(board, user).select_related("marker", "review", "gathered_by")
    rows = rows.prefetch_related("themes").order_by("-gathered_at", "-pk")
    if chosen.of_the_case:
        rows = rows.filter(seen=True)
    if chosen.year:
        rows = rows.filter(review__referred_on__year=int(chosen.year))
    if chosen.stage:
        rows = rows.filter(review__stage=chosen.stage)
    if chosen.clause:
        rows = rows.filter(of_clause(chosen.clause, "review"))
    if chosen.theme == NONE:
        return rows.filter(themes=None)
    return rows.filter(themes=int(chosen.theme)) if chosen.theme else rows


def lists_of(board: Board, user: Any) -> dict[str, list[Any]]:
    """Years and stages of the reviews behind what is read, where this person sees them."""
    rows = gathered(board, user).filter(seen=True).order_by()
    pairs = set(rows.values_list(ExtractYear("review__referred_on"), "review__stage"))
    stages = {stage for _year, stage in pairs}
    return {
        "years": sorted({year for year, _stage in pairs}, reverse=True),
        "stages": [stage for stage in Stage if stage in stages],
        "clauses": every_clause(),
    }


def themes_of(board: Board) -> list[Theme]:
    """Each with how much the board reads of it: ``count``."""
    of_theme = Improvement.objects.filter(board=board, gathered_at__isnull=False)
    through = Improvement.themes.through.objects.filter(improvement__in=of_theme)
    counted = dict(through.order_by().values_list("theme").annotate(Count("pk")))
    rows = list(Theme.objects.filter(board=board).filter(Q(retired_at=None) | Q(pk__in=counted)))
    for row in rows:
        row.count = counted.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows
