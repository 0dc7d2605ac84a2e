"""Every table with content of a case, and what becomes of its rows: each room names its own.

A table that holds something of a review and that nobody names stops every end of keeping
(``unnamed``), so that none is missed in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core.contributions import collect
from scr_portal.core.fields import EncryptedTextField

REMOVED = "[removed]"
# They speak of a review by its number alone and are the proof of what was done: they stay.
OUTLIVES: dict[str, str | Promise] = {
    "audit.AuditEvent": _(
        "The history: who did what and when, with numbers and labels and no text of the case. It "
        "proves what was done, and it can’t be cut without breaking its chain."
    ),
    "reviews.Disposal": _("Certificates, of which this is one: the proof that keeping has ended."),
    "reviews.DisposalFile": _("Drawn names of files that were removed; they say nothing."),
}


class Ending(Enum):
    """What anonymising does. Destroying removes the rows of every one of them."""

    STRIP = "strip"
    REMOVE = "remove"


@dataclass(frozen=True)
class Holding:
    """One table. ``of`` are the ways from its rows to the number of their review.

    Stripping replaces every text that has no choices, whoever adds one later; ``keeps`` are those
    that say nothing of anybody, ``sets`` what must stay readable, ``numbered`` a name to count by.
    ``of_received`` are the ways to a referral that came in and became no review.

    ``reads`` is what one must hold to read a row in a request for personal information,
    ``is_close`` that only people close to the family do, ``is_person`` that a row is a person.
    """

    name: str
    ending: Ending = Ending.STRIP
    keeps: tuple[str, ...] = ()
    sets: tuple[tuple[str, Any], ...] = ()
    numbered: tuple[str, ...] = ()
    of: tuple[str, ...] = ("review_id",)
    of_received: tuple[str, ...] = ()
    reads: Permission | None = Permission.VIEW
    is_close: bool = False
    is_person: bool = False

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.name)

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def rows(self, *, review: Any = None, received: Any = None) -> QuerySet[Any]:
        ways, pk = (self.of, review) if review is not None else (self.of_received, received)
        found = Q(pk__in=[])
        for way in ways:
            found |= Q(**{way: str(pk) if "contains" in way else pk})
        return self.model._base_manager.filter(found)

    def stripped(self) -> Iterator[models.Field]:
        """The fields whose words go, but for the numbered ones and those that are set."""
        spared = {*self.keeps, *self.numbered, *dict(self.sets)}
        for field in self.model._meta.concrete_fields:
            if is_text(field) and field.name not in spared:
                yield field


def is_text(field: models.Field) -> bool:
    if field.choices or field.primary_key or isinstance(field, models.GeneratedField):
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def is_encrypted(field: models.Field) -> bool:
    return isinstance(field, EncryptedTextField)


@cache
def holdings() -> tuple[Holding, ...]:
    return tuple(collect("holdings"))


@cache
def by_name() -> dict[str, Holding]:
    """Raises ValueError where two rooms name the same table."""
    found: dict[str, Holding] = {}
    for each in holdings():
        if found.setdefault(each.model._meta.label, each) is not each:
            raise ValueError(f"{each.name} is named twice")
    return found


def of_a_case() -> set[str]:
    """Labels of all tables whose rows lead to a review, by a key or by its bare number."""
    tables = [each for each in apps.get_models() if not each._meta.auto_created]
    found = {each._meta.label for each in tables if each is Review or _names_review(each)}
    while True:
        more = {
            each._meta.label
            for each in tables
            if each._meta.label not in found and _parents(each) & found
        }
        if not more:
            return found
        found |= more


def _names_review(model: type[models.Model]) -> bool:
    return any(
        field.name == "review_id" or field.related_model is Review
        for field in model._meta.concrete_fields
    )


def _parents(model: type[models.Model]) -> set[str]:
    """Tables without which a row could not be: keys that may not be empty."""
    return {
        field.related_model._meta.label  # type: ignore[union-attr]
        for field in model._meta.concrete_fields
        if field.is_relation and not field.null and field.related_model
    }


def unnamed() -> set[str]:
    return of_a_case() - set(by_name()) - set(OUTLIVES)


def children_first(labels: Iterable[str]) -> list[str]:
    """Rows are seen by way of what they hang on: a parent that went first would hide its own."""
    wanted, found = set(labels), list[str]()

    def visit(label: str) -> None:
        if label in found or label in path:
            return
        path.append(label)
        for other in sorted(wanted):
            if label in _targets(by_name()[other].model):
                visit(other)
        path.pop()
        found.append(label)

    path: list[str] = []
    for label in sorted(wanted):
        visit(label)
    return found


def _targets(model: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.label  # type: ignore[union-attr]
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model and field.related_model is not model
    }


def between(chosen: Iterable[str]) -> list[tuple[type[models.Model], str, str]]:
    """The tables that Django made between two others: (table, its key, the table at its end)."""
    wanted = set(chosen)
    return [
        (table, field.attname, field.related_model._meta.label)  # type: ignore[union-attr]
        for table in apps.get_models(include_auto_created=True)
        if table._meta.auto_created
        for field in table._meta.concrete_fields
        if field.is_relation and field.related_model._meta.label in wanted  # type: ignore[union-attr]
    ]
