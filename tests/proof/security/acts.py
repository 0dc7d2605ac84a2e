"""Watches what is written, and which events of the history it leaves."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from types import FunctionType
from typing import Any

from django.db import connection

from scr_portal.audit.models import AuditEvent

OURS = ("scr_portal", "reviews", "families", "quality_markers")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What carries an act about and is none itself: messages, what is typed and not sent, sessions,
# the brakes on guessing, the signs of life, and the history.
NOT_TOLD = re.compile(
    r"^(notifications_|drafts_|accounts_session|cache$|audit_|guests_guestletter|pg_|public$"
    r"|django_content_type|auth_permission)"
)


@dataclass
class Act:
    name: str
    tables: set[str] = field(default_factory=set)
    events: list[AuditEvent] = field(default_factory=list)

    @property
    def wrote(self) -> set[str]:
        return {table for table in self.tables if not NOT_TOLD.match(table)}

    @property
    def is_missing(self) -> bool:
        return bool(self.wrote) and not self.events

    @property
    def twice(self) -> list[Any]:
        said = Counter(
            (row.kind, row.target_type, row.target_id, row.target_label, str(row.changes))
            for row in self.events
        )
        return [what for what, number in said.items() if number > 1]


@contextmanager
def watched(name: str) -> Iterator[Act]:
    """The act is filled when the block ends, before whoever opened a transaction takes it back."""
    act = Act(name)

    def note(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if found := WRITES.match(_own(sql)):
            act.tables.add(found[1])
        return execute(sql, *args)

    before = _newest()
    with connection.execute_wrapper(note):
        yield act
    act.events = list(AuditEvent.objects.filter(pk__gt=before).order_by("pk"))


def _own(sql: str) -> str:
    """Without what is put before each statement to say whom it acts for."""
    return re.sub(r"^\s*SELECT set_config\([^;]*;\s*", "", str(sql))


def _newest() -> int:
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def operations() -> dict[str, FunctionType]:
    """Every public function of the rooms' operations that somebody does: it takes ``by``."""
    for package in OURS:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            if ".operations" in module.name:
                importlib.import_module(module.name)
    return {
        f"{name}.{each}": value
        for name, module in list(sys.modules.items())
        if name.startswith(OURS) and ".operations" in name
        for each, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__module__ == name
        and not each.startswith("_")
        and "by" in inspect.signature(value).parameters
    }


@contextmanager
def every_operation() -> Iterator[list[Act]]:
    """Each call from outside, with all that it does, is one act; one that is refused is none."""
    acts: list[Act] = []
    depth = 0

    def watching(name: str, operation: FunctionType) -> Callable[..., Any]:
        @wraps(operation)
        def watch(*args: Any, **kwargs: Any) -> Any:
            nonlocal depth
            if depth:
                return operation(*args, **kwargs)
            depth += 1
            try:
                with watched(name) as act:
                    done = operation(*args, **kwargs)
                acts.append(act)
            finally:
                depth -= 1
            return done

        return watch

    instead = {value: watching(name, value) for name, value in operations().items()}
    back = []
    for name, module in list(sys.modules.items()):
        if not name.startswith((*OURS, "tests")) or module is None:
            continue
        for each, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value in instead:
                back.append((module, each, value))
                setattr(module, each, instead[value])
    try:
        yield acts
    finally:
        for module, each, value in back:
            setattr(module, each, value)
