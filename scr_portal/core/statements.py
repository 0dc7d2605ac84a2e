"""A statement whose making costs more than its running: made once, asked for each person."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from scr_portal.core import clock

SOMEBODY = 2**62 + 1
"""Stands for the key of the person, where a statement is made before it is known who asks."""


class Made:
    """Of rows that hang on nothing of a person but who it is, on the day and on the moment.

    Whoever keeps one keeps it no longer than a day: its dates are those of the day it was made on.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.sql, self.given = rows.query.sql_with_params()

    def ask(self, person: Any) -> list[tuple[Any, ...]]:
        """As the database gives them, in the order in which they were asked for."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(person.pk, clock.now()))
            return list(cursor.fetchall())

    def filled(self, pk: Any, now: datetime) -> list[Any]:
        stands_for = {SOMEBODY: pk}
        return [
            now if isinstance(each, datetime) else stands_for.get(each, each) for each in self.given
        ]
