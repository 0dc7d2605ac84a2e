"""By what the figures are split: the columns of their tables. One at a time, so that no two tables
can be taken together to find a small number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from quality_markers.learning.queries.board import of_clause
from reviews.case.lifecycle import Stage
from reviews.decisions.referrals.criteria import every_clause
from scr_portal.core.suppression import Band, bands

STAGES = list(Stage)
CLAUSE = "clause:"


@dataclass(frozen=True)
class Column:
    """Values of the split that are counted together."""

    label: str
    values: frozenset[int]


@dataclass(frozen=True)
class Split:
    key: str

    def value(self, path: str = "") -> Any:
        """A whole number for each review, which stands at ``path`` of the row ("review__")."""
        if self.key == "year":
            return ExtractYear(f"{path}referred_on")
        if self.key == "stage":
            whens = [When(**{f"{path}stage": one}, then=i) for i, one in enumerate(STAGES)]
            return Case(*whens, default=Value(0), output_field=IntegerField())
        if self.key:
            yes = of_clause(self.key.removeprefix(CLAUSE), f"{path}pk")
            return Case(When(yes, then=0), default=Value(1), output_field=IntegerField())
        return Value(0, output_field=IntegerField())

    def columns(self, reviews: Mapping[int, int]) -> list[Column]:
        """Empty without anything to split. Neighbours with few reviews are counted together."""
        if self.key.startswith(CLAUSE):
            labels = (_("Yes"), _("No, or not known"))
            return [Column(label, frozenset({i})) for i, label in enumerate(labels)]
        if not self.key:
            return []
        found = [
            Column(self._label(band), frozenset(range(band.first, band.last + 1)))
            for band in bands(reviews)
        ]
        return found if len(found) > 1 else []

    def _label(self, band: Band) -> str:
        if self.key == "year":
            return str(band)
        first, last = STAGES[band.first].label, STAGES[band.last].label
        if first == last:
            return str(first)
        return _("%(first)s to %(last)s") % {"first": first, "last": last}


def splits() -> list[tuple[str, str]]:
    """What a reader may choose, with its words."""
    clauses = [(f"{CLAUSE}{each.key}", str(each.label)) for each in every_clause()]
    return [
        ("", _("Not split")),
        ("year", _("Year of the referral")),
        ("stage", _("Stage now")),
    ] + [(key, _("Criteria: %(question)s") % {"question": label}) for key, label in clauses]


def split(key: str) -> Split:
    """Anything unknown is no split."""
    return Split(key if key in dict(splits()) else "")
