"""What one act costs: statements in one go, the least of the processor of several in another.

The processor's time is that of the portal and of its PostgreSQL: a machine that is busy with
something else does not lengthen it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

TIMES = 4


@dataclass(frozen=True)
class Cost:
    statements: list[str]
    seconds: float
    answer: Any

    @property
    def count(self) -> int:
        return len(self.statements)

    @property
    def ms(self) -> str:
        return f"{self.seconds * 1000:.0f} ms"

    def about(self, table: str) -> int:
        """Statements that read or write this table first of all."""
        names = (f'FROM "{table}"', f'UPDATE "{table}"', f'INTO "{table}"')
        return sum(any(name in each for name in names) for each in self.statements)


def cost(act: Callable[[], Any], *, times: int = TIMES) -> Cost:
    """The first run warms up and is not measured.

    Of two runs the one with fewer statements: once in a while a request also notes that its session
    is in use.
    """
    act()
    answer, statements = min((_asked(act) for _each in range(2)), key=lambda ran: len(ran[1]))
    return Cost(statements, min(_seconds(act) for _each in range(times)), answer)


def _asked(act: Callable[[], Any]) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as caught:
        answer = act()
    return answer, [query["sql"] for query in caught.captured_queries]


def in_turn(first: Callable[[], Any], second: Callable[[], Any], *, times: int) -> list[float]:
    """The least of each: the slow beginning of a process falls away where ``times`` is 2."""
    pairs = [(_seconds(first), _seconds(second)) for _each in range(times)]
    return [min(each) for each in zip(*pairs, strict=True)]


def _seconds(act: Callable[[], Any]) -> float:
    began = _spent()
    act()
    return _spent() - began


def _spent() -> float:
    """Of the processor, in seconds; without that of PostgreSQL where the system does not say it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        said = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    its_own = int(said.read_text().split()[0]) / 1e9 if said.exists() else 0.0
    return time.process_time() + its_own
