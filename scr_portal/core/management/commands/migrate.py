"""Django's migrate, which waits for nobody long enough to hold anybody up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from psycopg2.errorcodes import LOCK_NOT_AVAILABLE

from scr_portal.core import acting

LONGEST_WAIT = "300ms"
"""For a lock: whoever comes later waits behind a migration that waits."""
BREATH = 0.5
PATIENCE = 300.0


class Command(migrate.Command):
    help = f"{migrate.Command.help} It gives way to whoever uses a table, and tries again."

    @acting.for_portal("migrating")
    def handle(self, *args: Any, **options: Any) -> None:
        recorder = MigrationRecorder(connections[options["database"]])
        alone = nullcontext() if recorder.applied_migrations() else _each_model_by_itself()
        with alone:
            self._until_through(*args, **options)

    def _until_through(self, *args: Any, **options: Any) -> None:
        limit = time.monotonic() + PATIENCE
        while not self._is_through(*args, **options):
            if time.monotonic() > limit:
                raise OperationalError("A table was in use all the time: run migrate once more.")
            time.sleep(BREATH)

    def _is_through(self, *args: Any, **options: Any) -> bool:
        """A migration that gave way is taken back as a whole, and the next run begins with it."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT])
        try:
            super().handle(*args, **options)
            _check_rules(connection)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                raise
            self.stdout.write("  A table is in use: giving way.")
            return False
        finally:
            if connection.connection is not None and connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("RESET lock_timeout")
        return True


@contextmanager
def _each_model_by_itself() -> Iterator[None]:
    """Django makes all related models anew after each operation, here nearly all there are.

    That is for migrations that move rows, of which an empty database has none: minutes become
    seconds (ADR 25). A test compares the tables of both ways.
    """
    name = "_find_reload_model"
    related = getattr(ProjectState, name)
    setattr(ProjectState, name, lambda state, app, model, delay=False: {(app, model)})
    try:
        yield
    finally:
        setattr(ProjectState, name, related)


def _check_rules(connection: Any) -> None:
    """Rules that were added NOT VALID hold for new rows; the others are read while people work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I', conrelid::regclass, conname)"
            " FROM pg_constraint"
            " WHERE NOT convalidated AND connamespace = 'public'::regnamespace"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
