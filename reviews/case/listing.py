"""The list of reviews: what is asked for in its address, and the page that answers it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.case.lifecycle import Stage
from reviews.case.models import Pause, Review
from reviews.case.queries import with_a_date_over, with_next_date
from scr_portal.core.prepared import prepared

PER_PAGE = 25
SORTS: dict[str, tuple[Any, list[Any]]] = {
    "newest": (gettext_lazy("Newest referral first"), ["-referred_on", "reference", "pk"]),
    "next": (gettext_lazy("Next date first"), [F("next_due").asc(nulls_last=True), "reference"]),
    "reference": (gettext_lazy("Reference"), ["reference", "pk"]),
    "stage": (gettext_lazy("Longest at its stage first"), ["stage_since", "pk"]),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for; anything unknown in the address counts as not said."""

    text: str = ""
    stage: str = ""  # a stage, "open" or "closed"; empty is all
    paused: bool = False
    over: bool = False
    sort: str = "newest"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Wanted":
        stage, sort = query.get("stage", ""), query.get("sort", "")
        return cls(
            text=query.get("q", "").replace("\x00", "").strip()[:100],
            stage=stage if stage in {*Stage.values, "open"} else "",
            paused=query.get("paused") == "1",
            over=query.get("over") == "1",
            sort=sort if sort in SORTS else "newest",
        )

    def address(self, **changes: Any) -> str:
        wanted = replace(self, **changes)
        said = {
            "q": wanted.text,
            "stage": wanted.stage,
            "paused": "1" if wanted.paused else "",
            "over": "1" if wanted.over else "",
            "sort": wanted.sort if wanted.sort != "newest" else "",
        }
        return "?" + urlencode({key: value for key, value in said.items() if value})

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.stage or self.paused or self.over)


class _Counted(Paginator):
    """Its count is known from the count by stage, so it asks no more."""

    def __init__(self, rows: "_Rows", per_page: int, known: int) -> None:
        super().__init__(rows, per_page)  # type: ignore[arg-type]
        self._known = known

    @cached_property
    def count(self) -> int:
        return self._known


def _ask(asked: Any, wanted: Wanted, *shape: Any, user: Any) -> Any:
    """A word that is looked for is worked on before it is asked for, so nothing is prepared."""
    compose = asked.__wrapped__ if wanted.text else asked
    return compose(wanted, *shape, user=user)


def _narrowed(wanted: Wanted, user: Any) -> QuerySet[Review]:
    """But for the stage, by which they are counted."""
    reviews = Review.objects.visible_to(user)
    if wanted.text:
        reviews = reviews.filter(
            Q(reference__icontains=wanted.text) | Q(pseudonym__icontains=wanted.text)
        )
    if wanted.paused:
        reviews = reviews.filter(pauses__in=Pause.objects.filter(ended_on__isnull=True))
    return with_a_date_over(reviews) if wanted.over else reviews


@prepared
def _by_stage(wanted: Wanted, *, user: Any) -> Any:
    return _narrowed(wanted, user).order_by().values_list("stage").annotate(Count("pk"))


@prepared
def _page(wanted: Wanted, first: int, last: int, *, user: Any) -> Any:
    rows = _narrowed(wanted, user)
    if wanted.stage == "open":
        rows = rows.exclude(stage=Stage.CLOSED)
    elif wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    rows = with_next_date(rows).select_related("board").order_by(*SORTS[wanted.sort][1])
    return rows[first:last]


@dataclass(frozen=True)
class _Rows:
    """What a paginator cuts a page from."""

    user: Any
    wanted: Wanted

    def __getitem__(self, part: slice) -> Any:
        return _ask(_page, self.wanted, part.start, part.stop, user=self.user)


class Listing:
    """Two statements whatever the size: the count by stage, for chips and pages, and one page."""

    def __init__(self, user: Any, wanted: Wanted) -> None:
        self.user, self.wanted = user, wanted

    @cached_property
    def by_stage(self) -> dict[str, int]:
        return dict(_ask(_by_stage, self.wanted, user=self.user))

    def _count(self, stage: str) -> int:
        if stage == "open":
            return sum(n for name, n in self.by_stage.items() if name != Stage.CLOSED)
        return self.by_stage.get(stage, 0) if stage else sum(self.by_stage.values())

    @property
    def count(self) -> int:
        return self._count(self.wanted.stage)

    def page(self, number: str | None) -> Page:
        rows = _Rows(self.user, self.wanted)
        return _Counted(rows, PER_PAGE, self.count).get_page(number)

    @property
    def stage_chips(self) -> list[dict[str, Any]]:
        names = [("", _("All")), ("open", _("Open"))]
        names += [
            (stage.value, str(stage.label))
            for stage in Stage
            if self.by_stage.get(stage.value) or self.wanted.stage == stage.value
        ]
        return [
            {
                "label": label,
                "url": self.wanted.address(stage=name),
                "active": self.wanted.stage == name,
                "count": self._count(name),
            }
            for name, label in names
        ]

    @property
    def other_chips(self) -> list[dict[str, Any]]:
        wanted = self.wanted
        return [
            {
                "label": _("Paused"),
                "url": wanted.address(paused=not wanted.paused),
                "active": wanted.paused,
            },
            {
                "label": _("A date is over"),
                "url": wanted.address(over=not wanted.over),
                "active": wanted.over,
            },
        ]
