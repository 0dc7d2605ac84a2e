"""What one act costs: statements in one go, the shortest time of several in another."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

TIMES = 5


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
    """The first run warms up and is not measured."""
    act()
    with CaptureQueriesContext(connection) as caught:
        answer = act()
    statements = [query["sql"] for query in caught.captured_queries]
    return Cost(statements, min(_seconds(act) for _each in range(times)), answer)


def in_turn(first: Callable[[], Any], second: Callable[[], Any], *, times: int) -> list[float]:
    """The least of the processor that each takes; in turn, so that a busy machine is for both."""
    first()
    clock = time.process_time
    pairs = [(_seconds(first, clock), _seconds(second, clock)) for _each in range(times)]
    return [min(each) for each in zip(*pairs, strict=True)]


def _seconds(act: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    act()
    return clock() - began
