"""The list of documents: what is asked for in its address, and the page that answers it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.documents.models import Document, DocumentQuerySet

PER_PAGE = 25
WITHDRAWN = "withdrawn"
SORTS: dict[str, tuple[Any, list[str]]] = {
    "newest": (gettext_lazy("Newest first"), ["-created_at", "-pk"]),
    "oldest": (gettext_lazy("Oldest first"), ["created_at", "pk"]),
    "title": (gettext_lazy("Title"), ["title", "pk"]),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for; anything unknown in the address counts as not said."""

    text: str = ""
    kind: str = ""  # a kind, or "withdrawn"; empty is all that is in use
    sort: str = "newest"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Wanted":
        kind, sort = query.get("kind", ""), query.get("sort", "")
        return cls(
            text=query.get("q", "").replace("\x00", "").strip()[:200],
            kind=kind if kind in {*Document.Kind.values, WITHDRAWN} else "",
            sort=sort if sort in SORTS else "newest",
        )

    def address(self, **changes: Any) -> str:
        wanted = replace(self, **changes)
        sort = wanted.sort if wanted.sort != "newest" else ""
        said = {"q": wanted.text, "kind": wanted.kind, "sort": sort}
        return "?" + urlencode({key: value for key, value in said.items() if value})

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.kind)


class Listing:
    """Whatever the size: one count by kind, for the chips, and one page with its versions."""

    def __init__(self, door: DocumentQuerySet, wanted: Wanted) -> None:
        self.wanted = wanted
        self._found = door.about_words(wanted.text) if wanted.text else door

    @cached_property
    def _counts(self) -> dict[str, int]:
        out = Q(withdrawn_at__isnull=False)
        rows = self._found.order_by().values("kind")
        counted = rows.annotate(gone=Count("pk", filter=out), here=Count("pk", filter=~out))
        found = {row["kind"]: row["here"] for row in counted}
        return found | {WITHDRAWN: sum(row["gone"] for row in counted)}

    def _count(self, kind: str) -> int:
        if kind:
            return self._counts.get(kind, 0)
        return sum(self._counts.values()) - self._counts[WITHDRAWN]

    @property
    def count(self) -> int:
        return self._count(self.wanted.kind)

    def page(self, number: str | None) -> Page:
        rows = self._found
        if self.wanted.kind == WITHDRAWN:
            rows = rows.filter(withdrawn_at__isnull=False)
        else:
            rows = rows.in_use()
            rows = rows.filter(kind=self.wanted.kind) if self.wanted.kind else rows
        ordered = rows.with_versions().order_by(*SORTS[self.wanted.sort][1])
        pages = Paginator(ordered, PER_PAGE)
        pages.__dict__["count"] = self.count
        return pages.get_page(number)

    @property
    def chips(self) -> list[dict[str, Any]]:
        names = [("", _("All")), *Document.Kind.choices, (WITHDRAWN, _("Withdrawn"))]
        return [
            {
                "label": label,
                "url": self.wanted.address(kind=name),
                "active": self.wanted.kind == name,
                "count": self._count(name),
            }
            for name, label in names
            if not name or self._count(name) or self.wanted.kind == name
        ]
