"""Ten or a hundred times as much of everything that people write, whatever it is.

Rows are copied by their models alone, so that a table of next year is multiplied too. Where a
unique constraint stands against a copy, its texts, numbers and days are varied, or it belongs to
the copy of the person or thing that the constraint names. What can exist once exists once.
"""

import copy
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import Error, connection, models, transaction

from reviews.case.models import Review, ReviewUserObjectPermission
from scr_portal.accounts.models import Board
from tests.owner import as_owner

OURS = ("scr_portal", "reviews", "families", "quality_markers")
ONCE = {
    *("accounts.board", "accounts.session", "audit.chainhead", "notifications.heartbeat"),
    *("quality_markers.catalogueversion", "quality_markers.marker", "quality_markers.question"),
}
"""The markers are published: there are so many of them and no more."""
NAMES_OF_OURS = {"clause", "factor", "section"}
"""Texts that name something in the code: none can be made up."""


class Multiplied:
    """``times(10)`` and then ``times(100)`` of what was there when this was made."""

    def __init__(self) -> None:
        self.rows = {model: list(model._default_manager.all()) for model in _models()}
        self.copies: dict[tuple[type[models.Model], int], dict[Any, Any]] = {}
        self.there = 1
        self.not_copied: dict[str, str] = {}

    def times(self, number: int) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model, rows in self.rows.items():
                self._copy(model, rows, number)
            cursor.execute("SET LOCAL session_replication_role = origin")
            # The copies chose their keys, and a page that notes something takes the next one.
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
                cursor.execute(statement)
            cursor.execute("ANALYZE")
        self.there = number

    def _copy(self, model: type[models.Model], rows: list[Any], number: int) -> None:
        made: list[Any] = []
        next_pk = _next_pk(model)
        for at in range(self.there, number):
            known = self.copies.setdefault((model, at), {})
            for row in rows:
                for new in self._copies_of(row, at):
                    if not isinstance(new.pk, uuid.UUID) and not _pk_is_a_link(model):
                        new.pk = next(next_pk)
                    known.setdefault(row.pk, new.pk)
                    made.append(new)
        try:
            with transaction.atomic():
                model._default_manager.bulk_create(made, batch_size=500, ignore_conflicts=True)
        except Error as trouble:
            self.not_copied[model._meta.label] = str(trouble).splitlines()[0]

    def _copies_of(self, row: Any, at: int) -> Iterator[Any]:
        """Two where it can be: one beside the row, and one of the copy of what the row is of.

        A document's copy without a version would be none, and so would a version that is alone.
        """
        beside, of_a_copy = _copied(row), _copied(row)
        is_of_a_copy = False
        for fields in _unique(type(row)):
            links = [each for each in fields if each.is_relation]
            if free := next(filter(_may_vary, fields), None):
                value = _varied(free, getattr(row, free.attname), at)
                setattr(beside, free.attname, value)
                if self._to_a_copy(of_a_copy, row, links, at, own=True):
                    is_of_a_copy = True
                else:
                    setattr(of_a_copy, free.attname, value)
            else:
                self._to_a_copy(beside, row, links, at)
                self._to_a_copy(of_a_copy, row, links, at)
        if is_of_a_copy:
            yield of_a_copy
        yield beside

    def _to_a_copy(
        self, new: Any, row: Any, links: list[Any], at: int, *, own: bool = False
    ) -> bool:
        """Rather of a person or thing than of the review: its own pages are to grow.

        ``own``: never of the review. Returns whether there was a copy to belong to.
        """
        for field in sorted(links, key=lambda each: _is_the_review(type(row), each)):
            if own and _is_the_review(type(row), field) > 1:
                continue
            known = self.copies.get((field.related_model, at), {})
            if (pk := known.get(getattr(row, field.attname))) is not None:
                setattr(new, field.attname, pk)
                return True
        return False


def _copied(row: Any) -> Any:
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new._state.adding, new._state.fields_cache = True, {}
    if isinstance(row.pk, uuid.UUID):
        new.pk = uuid.uuid4()
    return new


def _models() -> Iterator[type[models.Model]]:
    """Those that others name come first."""
    left = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
        and model._meta.managed
        and model._meta.label_lower not in ONCE
    ]
    while left:
        free = [model for model in left if not _named_by(model) & set(left) - {model}]
        yield from (found := free or left[:1])
        left = [model for model in left if model not in found]


def _named_by(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def _unique(model: type[models.Model]) -> Iterator[list[Any]]:
    meta = model._meta
    for field in meta.concrete_fields:
        if (field.unique and not field.primary_key) or (_pk_is_a_link(model) and field.primary_key):
            yield [field]
    for together in meta.unique_together:
        yield [meta.get_field(name) for name in together]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            names = constraint.fields or list(_names_in(constraint.expressions))
            yield [meta.get_field(name) for name in names]


def _names_in(expressions: Iterable[Any]) -> Iterator[str]:
    """A bare name is no expression yet, so ``flatten`` is not asked."""
    for each in expressions:
        if isinstance(each, models.F):
            yield each.name
        else:
            yield from _names_in(each.get_source_expressions())


def _pk_is_a_link(model: type[models.Model]) -> bool:
    return bool(model._meta.pk and model._meta.pk.is_relation)


def _may_vary(field: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.IntegerField, models.DateField)
    is_ours = field.choices or field.name in NAMES_OF_OURS
    return isinstance(field, kinds) and not is_ours and not field.is_relation


def _varied(field: Any, value: Any, at: int) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=at)
    if isinstance(value, int):
        return value + 300 * at  # a hundred of them fit into a small integer
    if isinstance(value, str):
        end = f"-{at}"
        if "@" in value:
            return f"x{at}.{value}"
        return value[: (field.max_length or 10_000) - len(end)] + end
    return value


def _is_the_review(model: type[models.Model], field: Any) -> int:
    if field.related_model is Review:
        return 0 if model is ReviewUserObjectPermission else 2
    return 3 if field.related_model is Board else 1


def _next_pk(model: type[models.Model]) -> Iterator[int]:
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"]
    start = last if isinstance(last, int) else 0
    yield from range(start + 1, start + 10**7)
