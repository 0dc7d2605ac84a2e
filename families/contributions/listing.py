"""The list: what is asked for in its address, and the page that answers it."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from families.contributions import queries
from families.contributions.forms.filter import FilterForm
from families.contributions.models import Use
from families.contributions.rules import UNCHECKED, Became

PER_PAGE = 25


class Listing:
    """``door`` is what the reader may read: choices, counts and rows all come from it."""

    def __init__(self, door: Any, query: QueryDict) -> None:
        self.door = queries.with_what_became(door)
        kept = door.order_by()
        people = kept.values_list("person", "person__pseudonym").distinct()
        topics = kept.values_list("topic", flat=True).distinct()
        self.form = FilterForm(
            query or None,
            people=sorted(people, key=lambda row: row[1].casefold()),
            topics=sorted(topics, key=str.casefold),
        )
        self.wanted = self.form.wanted()

    @cached_property
    def counts(self) -> dict[str, int]:
        rows = self.door.order_by()
        return rows.aggregate(
            all=Count("pk"),
            unchecked=Count("pk", filter=Q(check_state=UNCHECKED)),
            nothing=Count("pk", filter=Q(settled=False)),
        )

    @property
    def rows(self) -> Any:
        wanted, rows = self.wanted, self.door
        same = {name: wanted[name] for name in ("person", "topic", "check_state") if name in wanted}
        rows = rows.filter(**same)
        if "became" in wanted:
            rows = queries.that_became(rows, wanted["became"])
        if "since" in wanted or "until" in wanted:
            rows = rows.exclude(period_from=None, period_to=None)
        if since := wanted.get("since"):
            rows = rows.filter(Q(period_to=None) | Q(period_to__gte=since))
        if until := wanted.get("until"):
            rows = rows.filter(Q(period_from=None) | Q(period_from__lte=until))
        return rows

    def page(self, number: str | None) -> Page:
        """Without what was said: a list reads no text."""
        uses = Prefetch("uses", queryset=Use.objects.defer("reason"))
        rows = self.rows.defer("text").prefetch_related(uses)
        return Paginator(rows, PER_PAGE).get_page(number)

    @property
    def chips(self) -> list[dict[str, Any]]:
        counts, query = self.counts, self.wanted
        return [
            {
                "label": label,
                "url": f"?{address}",
                "active": query == asked,
                "count": counts[name],
            }
            for name, label, address, asked in (
                ("all", _("All"), "", {}),
                (
                    "unchecked",
                    _("Not shown to them yet"),
                    f"check_state={UNCHECKED.value}",
                    {"check_state": UNCHECKED.value},
                ),
                (
                    "nothing",
                    _("Nothing has become of it yet"),
                    f"became={Became.NOTHING.value}",
                    {"became": Became.NOTHING.value},
                ),
            )
        ]
