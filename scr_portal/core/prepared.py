"""Statements that Django composes once in a process and asks with other values every time.

Composing one from ``filter`` and ``Exists`` costs many times what PostgreSQL needs to answer it,
and every request begins with the same few: docs/adr/0027. PostgreSQL in turn plans each of them
once on a connection: docs/adr/0031.
"""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from psycopg2.extensions import AsIs

from scr_portal.core import clock

KEPT = 128
"""Of one statement: its shapes depend on what a person asks for, and nobody asks for so many."""
KEPT_ON_A_CONNECTION = 200
"""Each may take PostgreSQL some hundred kilobytes."""
MOMENTS = datetime(1801, 2, 3, 4, 5, tzinfo=UTC), datetime(1902, 11, 7, 20, 9, tzinfo=UTC)
STAND_INS: dict[type, Callable[[int], Any]] = {
    # No greater than the smallest column holds, else Django knows that no row can match.
    int: lambda number: 32_000 + number,
    str: lambda number: f"stand-in-{number}",
    UUID: lambda number: UUID(int=(0x51A4D << 100) + number),
    datetime: lambda number: datetime(1700, 1, 1, tzinfo=UTC) + timedelta(days=number),
}

# As psycopg2 writes them; of a text the column says what it is.
TYPES = {int: "integer", str: "unknown", UUID: "uuid", datetime: "timestamptz", date: "date"}
INTEGER_BITS = 31

_numbers = count(1)
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The names of what each of the driver's connections has prepared."""


@dataclass(frozen=True)
class _Always:
    value: Any

    def __call__(self, _given: dict[str, Any]) -> Any:
        return self.value


Give = Callable[[dict[str, Any]], Any]


def prepared(compose: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """For a function that gives a queryset: called, it gives the rows.

    Positional arguments shape the statement and are hashable. Named ones are its values: persons
    and other rows (by their key alone), numbers, texts, UUIDs and moments. ``clock.now`` and
    ``clock.today`` are asked anew each time. Raises TypeError for a statement whose shape a value
    would change, or that depends on a value by more than standing in it.
    """

    @lru_cache(KEPT)
    def composed(shape: tuple[Any, ...], kinds: tuple[tuple[str, type], ...]) -> _Statement | None:
        return _composed(compose, shape, dict(kinds))

    @wraps(compose)
    def ask(*shape: Any, **values: Any) -> list[Any]:
        statement = composed(shape, tuple((name, _kind(value)) for name, value in values.items()))
        return list(statement.rows(values)) if statement else []

    return ask


@dataclass(frozen=True)
class _Statement:
    name: str
    rows_of: type
    queryset: QuerySet
    compiler: Any
    sql: str
    gives: tuple[Give, ...]

    def rows(self, values: dict[str, Any]) -> Iterator[Any]:
        now = clock.now()
        given = {name: _plain(value) for name, value in values.items()}
        given |= {"clock.now": now, "clock.today": clock.today()}
        # Django fills a compiler while it composes: this one is full, and says what it is given.
        compiler = copy(self.compiler)
        compiler.connection = connections[self.compiler.using]
        said = self._said(compiler.connection, given)
        compiler.as_sql = lambda *_args, **_kwargs: said
        asked = self.queryset
        query = _Query(asked.query, compiler)
        told = {"db": compiler.using, "query": query, "model": asked.model}
        known: dict[str, Any] = {"_known_related_objects": {}, "_hints": {}}
        return iter(self.rows_of(SimpleNamespace(**told, **known)))

    def _said(self, connection: Any, given: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        values = [give(given) for give in self.gives if not isinstance(give, _Always)]
        long = any(type(each) is int and each.bit_length() > INTEGER_BITS for each in values)
        if long or settings.DATABASE_POOLED:
            return self.sql, tuple(give(given) for give in self.gives)
        self._prepare(connection, values)
        if not values:
            return f'EXECUTE "{self.name}"', ()
        return f'EXECUTE "{self.name}" ({", ".join(["%s"] * len(values))})', tuple(values)

    def _prepare(self, connection: Any, values: list[Any]) -> None:
        """Once on a connection, which keeps it through transactions that are rolled back."""
        connection.ensure_connection()
        known = _planned.setdefault(connection.connection, set())
        if self.name in known:
            return
        if len(known) >= KEPT_ON_A_CONNECTION:
            self._tell(connection, "DEALLOCATE ALL")
            known.clear()
        places = count(1)
        words = tuple(
            give.value if isinstance(give, _Always) else AsIs(f"${next(places)}")
            for give in self.gives
        )
        types = ", ".join(TYPES[type(each)] for each in values)
        kinds = f" ({types})" if types else ""
        self._tell(connection, f'PREPARE "{self.name}"{kinds} AS {self.sql}', words)
        known.add(self.name)

    @staticmethod
    def _tell(connection: Any, statement: str, words: tuple[Any, ...] = ()) -> None:
        """Past Django, which would count it among what a page asks."""
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(statement, words)


class _Query:
    """A query as what iterates over its rows reads it."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _kind(value: Any) -> type[Any]:
    """Of a lazy object too: the person of a request is one."""
    return value._meta.concrete_model if isinstance(value, Model) else type(value)  # type: ignore


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _stand_in(kind: type, number: int) -> Any:
    if not issubclass(kind, Model):
        return STAND_INS[kind](number)
    return kind(pk=STAND_INS[UUID if _has_uuid(kind) else int](number))


def _has_uuid(model: type[Model]) -> bool:
    assert model._meta.pk is not None
    return model._meta.pk.get_internal_type() == "UUIDField"


def _composed(
    compose: Callable[..., QuerySet], shape: tuple[Any, ...], kinds: dict[str, type]
) -> _Statement | None:
    """Twice, with other stand-ins: what differs in the parameters are the values.

    None where no row can match, whatever the values.
    """
    made, told = [], []
    for place, moment in enumerate(MOMENTS):
        numbered = enumerate(kinds.items(), 1 + place * len(kinds))
        values = {name: _stand_in(kind, number) for number, (name, kind) in numbered}
        with clock.standing(moment), connections["default"].execute_wrapper(_not_now):
            queryset = compose(*shape, **values)
            compiler = queryset.query.get_compiler(using=queryset.db)
            try:
                made.append((queryset, compiler, *compiler.as_sql()))
            except EmptyResultSet:
                return None
            today = clock.today()
        plain = {name: _plain(value) for name, value in values.items()}
        told.append(plain | {"clock.now": moment, "clock.today": today})
    (queryset, compiler, sql, first), (_queryset, _compiler, other, second) = made
    if sql != other or queryset._prefetch_related_lookups:
        raise TypeError(f"{compose.__qualname__} has another shape for other values.")
    gives = tuple(_give(pair, told, compose) for pair in zip(first, second, strict=True))
    name = f"{compose.__name__} {next(_numbers)}"
    return _Statement(name, queryset._iterable_class, queryset, compiler, sql, gives)


def _give(pair: tuple[Any, Any], told: list[dict[str, Any]], compose: Any) -> Give:
    one, other = pair
    if one == other:
        return _Always(one)
    for name in told[0]:
        if (one, other) == (told[0][name], told[1][name]):
            return lambda given: given[name]
    for name, kind in (("clock.today", date), ("clock.now", datetime)):
        if type(one) is kind and one - told[0][name] == other - told[1][name]:
            after: timedelta = one - told[0][name]
            return lambda given: given[name] + after
    raise TypeError(f"{compose.__qualname__} works with a value before it asks.")


def _not_now(*_args: Any) -> None:
    raise TypeError("A statement that is being prepared asks the database for something.")
