"""What only the tables' owner may do: emptying them, and tampering."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

ROLE = "scr_portal_app"


@contextmanager
def as_owner() -> Iterator[None]:
    """The test's connection, for the statements inside."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            if connection.connection is not None and not connection.needs_rollback:
                cursor.execute(f"SET ROLE {ROLE}")
