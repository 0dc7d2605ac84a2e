"""What must be so at every moment, whoever was killed in the middle of what.

Each room names its own by the contribution ``invariants``. A finding names rows by their numbers
and never by their words: it is read by whoever runs the servers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from scr_portal.core.contributions import collect
from scr_portal.core.outbox import LONGEST_WAIT, Leased

LONGEST_LEASE = "1 hour"
"""Longer than any room takes a row for."""


@dataclass(frozen=True)
class Invariant:
    """``find`` gives what is against it, in words; nothing where it holds.

    ``thorough`` is one that reads every file, or every encrypted text, and so is asked for by name.
    """

    name: str
    says: str
    find: Callable[[], list[str]]
    thorough: bool = False


def every() -> list[Invariant]:
    """Of all rooms, the lowest first."""
    return [*_OWN, *collect("invariants")]


def found(sql: str, *parameters: Any) -> list[str]:
    """The first column of each row that the statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return [str(row[0]) for row in cursor.fetchall()]


def union(parts: list[str]) -> list[str]:
    """One statement out of those of many tables."""
    return found(" UNION ALL ".join(parts)) if parts else []


def tables(kind: type[models.Model]) -> Iterator[type[models.Model]]:
    """Models made from this abstract one."""
    yield from (each for each in apps.get_models() if issubclass(each, kind))


def named(model: type[models.Model]) -> tuple[str, str]:
    """Its table and the column of its key."""
    key: Any = model._meta.pk
    return model._meta.db_table, key.column


def _pending() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"migration {each.app_label} {each.name} was not run" for each, _back in plan]


def _behind() -> list[str]:
    """A sequence that is behind its table gives the next row a number that is taken."""
    parts = [
        f"SELECT '{table}: the next number is ' || coalesce(last_value, 0) + 1"  # noqa: S608
        f" || ', and there is a row ' || newest.number"
        f" FROM (SELECT max({column}) AS number FROM {table}) newest,"
        f" pg_sequence_last_value(pg_get_serial_sequence('{table}', '{column}')) last_value"
        f" WHERE newest.number > coalesce(last_value, 0)"
        for table, column in _numbered()
    ]
    return union(parts)


def _numbered() -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for model in apps.get_models(include_auto_created=True):
        key: Any = model._meta.pk
        if model._meta.managed and not model._meta.proxy and isinstance(key, models.AutoField):
            found.add((model._meta.db_table, str(key.column)))
    return sorted(found)


def _guards() -> list[str]:
    """Constraints that were never checked, indexes that are torn, triggers that stand aside."""
    lost = sorted(_declared() - _standing())
    return [f"{name} is missing" for name in lost] + found(
        """
        SELECT 'constraint ' || conname || ' of ' || conrelid::regclass || ' is not enforced'
          FROM pg_constraint
         WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
        UNION ALL
        SELECT 'index ' || indexrelid::regclass || ' is not valid'
          FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE relnamespace = current_schema()::regnamespace AND NOT (indisvalid AND indisready)
        UNION ALL
        SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' is switched off'
          FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
         WHERE relnamespace = current_schema()::regnamespace AND tgenabled = 'D'
        """
    )


def _declared() -> set[str]:
    names = set()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        table = model._meta.db_table
        names |= {f"rule {table} {each.name}" for each in model._meta.constraints}
        triggers = getattr(model._meta, "triggers", [])
        names |= {f"trigger {table} {each.get_pgid(model)}" for each in triggers}
    return names


def _standing() -> set[str]:
    """A unique rule with a condition is an index to PostgreSQL, so indexes count as rules."""
    return set(
        found(
            """
            SELECT 'rule ' || relname || ' ' || conname
              FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
            UNION SELECT 'rule ' || tablename || ' ' || indexname FROM pg_indexes
            UNION SELECT 'trigger ' || relname || ' ' || tgname
              FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            """
        )
    )


def _outbox() -> list[str]:
    """A row that is done and held, held longer than any worker takes it, or put off for ever."""
    too_long = f"now() + interval '{LONGEST_LEASE}'"
    too_late = f"now() + interval '{LONGEST_WAIT.total_seconds() + 60:.0f} seconds'"
    return union(
        [
            f"SELECT '{table} ' || {key} || CASE"  # noqa: S608 - names of our own models
            "  WHEN done_at IS NOT NULL THEN ': done, and still held'"
            f" WHEN lease_until > {too_long} THEN ': held for too long'"
            "  ELSE ': put off for too long' END"
            f" FROM {table} WHERE done_at IS NOT NULL AND lease_until IS NOT NULL"
            f" OR lease_until > {too_long} OR done_at IS NULL AND not_before > {too_late}"
            for table, key in map(named, tables(Leased))
        ]
    )


def _unreadable() -> list[str]:
    from scr_portal.core.rotating import counts

    return [
        f"{count.label}: {count.lost} texts that no key opens"
        for count in counts(write=False)
        if count.lost
    ]


_OWN = [
    Invariant("migrations", "Every migration of this version was run", _pending),
    Invariant("sequences", "Every table's next number is free", _behind),
    Invariant("guards", "Every rule and trigger of the models stands in the database", _guards),
    Invariant("outbox", "What is done is let go, and nothing is held or put off for ever", _outbox),
    Invariant("keys", "Every encrypted text opens with a key that is here", _unreadable, True),
]
