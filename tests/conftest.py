import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as generated
from xdist.scheduler import LoadScopeScheduling

from scr_portal.core import acting
from tests import cast as casting
from tests.owner import ROLE, as_owner
from tests.processes import Processes, own_broker

# Playwright's loop runs in the thread of the test: Django's guard would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Nothing is collected for a test; the journeys run real servers on files that are.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

# The portal's own hash at the lowest cost: a cast of fifteen people took a second for each test.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1

# What a test does by hand it does for the portal; each request acts for its own person.
acting.by_default(acting.Reach(is_portal=True, why="tests"))

_flush = DatabaseOperations.execute_sql_flush


def _flush_as_owner(self: Any, sql_list: Any) -> None:
    with as_owner():
        _flush(self, sql_list)


DatabaseOperations.execute_sql_flush = _flush_as_owner

# How long an example takes says how busy the machine is.
generated.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
generated.load_profile("portal")

# Folders whose tests start servers of their own, so that one worker takes each as a whole.
ON_ONE_WORKER = ("tests/journeys/", "tests/script/")


class Folders(LoadScopeScheduling):
    """Test by test, but for those folders.

    xdist's own groups are lost: it writes them where pytest 9.2 no longer reads a test's name.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((each for each in ON_ONE_WORKER if nodeid.startswith(each)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Folders:
    return Folders(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A copy of the database that script/test has migrated; migrated anew where there is none."""
    template = os.environ.get("TEST_TEMPLATE")
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """As the portal's processes: a role that owns nothing, held by row-level security."""
    options = connection.settings_dict["OPTIONS"]
    options["assume_role"] = ROLE
    connection.close()
    yield
    del options["assume_role"]
    connection.close()


@pytest.fixture(autouse=True)
def seldom_noted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request notes now and then that its session is in use, on a slow machine while we count."""
    if "session" not in request.path.stem:
        monkeypatch.setattr("scr_portal.accounts.sessions.STEP", 10_000)


@pytest.fixture
def cast(db) -> casting.Cast:
    return casting.gather()


def gave_password(client: Client, *, seconds_ago: float = 0) -> None:
    """As signing in with a password leaves the session: nobody is asked again for five minutes."""
    session = client.session
    given = {"method": "password", "at": time.time() - seconds_ago}
    session["account_authentication_methods"] = [given]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


@pytest.fixture
def sign_in(db):
    """A test client of somebody who signed in just now: ``sign_in(cast.unit)``."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user, backend="reviews.backends.SignInBackend")
        gave_password(client)
        return client

    return signed_in


@pytest.fixture
def processes(transactional_db, tmp_path: Path) -> Iterator[Processes]:
    """Real children on this test's database: ``processes.web()``, ``.worker()``, ``.beat()``."""
    with own_broker(), Processes(tmp_path) as running:
        yield running
