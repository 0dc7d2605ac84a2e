"""For whom the statements of this thread act: PostgreSQL's policies ask it (row_security.py).

Nobody is the default, and nobody sees a row of a case. A request acts for its person, a guest's
for their link, a task or a command for the portal, under a name.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor

# What else begins a statement is no business of a policy, and ROLLBACK must work where all else
# fails.
_READS_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(", "MERGE", "EXPLAIN", "EXECUTE")


@dataclass(frozen=True)
class Reach:
    """How far a person's statements go at most; what they may do there, permissions say.

    ``boards``: with all of their reviews. ``alone``: rows of a board that belong to no review.
    ``closed``: reviews from which the person is recused, whatever else is said.
    """

    person: int | None = None
    boards: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    reviews: tuple[UUID, ...] = ()
    closed: tuple[UUID, ...] = ()
    is_portal: bool = False
    why: str = ""

    @property
    def statement(self) -> str:
        """Before each statement, since a setting must not outlive a pooled transaction.

        Numbers and UUIDs alone go into it, so there is nothing to quote.
        """
        values = {
            "person": "portal" if self.is_portal else str(int(self.person or 0)),
            "boards": _array(str(int(each)) for each in self.boards),
            "alone": _array(str(int(each)) for each in self.alone),
            "reviews": _array(str(UUID(str(each))) for each in self.reviews),
            "closed": _array(str(UUID(str(each))) for each in self.closed),
        }
        settings = (f"set_config('acting.{name}','{value}',true)" for name, value in values.items())
        return f"SELECT {','.join(settings)};"


def _array(values: Iterable[str]) -> str:
    return f"{{{','.join(values)}}}"


NOBODY = Reach()
_acting: ContextVar[tuple[Reach, str] | None] = ContextVar("acting", default=None)
_default: tuple[Reach, str] = (NOBODY, "")


def now() -> Reach:
    return (_acting.get() or _default)[0]


@contextmanager
def for_person(reach: Reach) -> Iterator[None]:
    token = _acting.set((reach, reach.statement))
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def for_portal(why: str) -> Iterator[None]:
    """Every board and review. For a task, a command, or the look-up by which a guest is known."""
    with for_person(Reach(is_portal=True, why=why)):
        yield


def nobody() -> Any:
    return for_person(NOBODY)


def by_default(reach: Reach) -> None:
    """For programs that are nobody's request: tests, a shell that somebody opened on purpose."""
    global _default
    _default = (reach, reach.statement)


class ActingCursor(cursor):
    """Says before each statement for whom it acts, in the same message to the server.

    Works alike in a transaction, outside of one and behind a pool of connections, and a savepoint
    that is rolled back takes nothing along.
    """

    def execute(self, query: Any, vars: Any = None) -> None:
        said = (_acting.get() or _default)[1]
        if said:
            words = query if isinstance(query, str) else _text(query, self)
            if words.lstrip().upper().startswith(_READS_ROWS):
                query = said + words
        super().execute(query, vars)

    @property
    def query(self) -> bytes | None:  # type: ignore[override]
        """As it was given: for logs and for tests that count statements."""
        sent = super().query
        said = (_acting.get() or _default)[1].encode()
        return sent.removeprefix(said) if sent and said else sent


def _text(query: Any, here: cursor) -> str:
    return query.decode() if isinstance(query, bytes) else query.as_string(here)
