"""The version before serves four people while this one's migrations run, and afterwards."""

import io
import os
import re
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import psycopg2
import pytest
from django.db.migrations.loader import MigrationLoader
from launcher import postgres
from launcher.processes import Company

from scr_portal.demonstration.loading import sign_ins
from tests.architecture.test_migrations import (
    LOOKED_AT,
    since_the_beginning,
    what_stops_the_version_before,
)
from tests.processes import ROOT, free_port, until
from tests.proof.frame import Claim
from tests.proof.servers import Servers
from tests.proof.visitor import Answer

CLAIM = Claim(
    id="R8",
    says="A new version's migrations run while people work in the version before",
    how="The version before is checked out and serves four people who read and write over HTTP; "
    "every migration since is run beside them; waits for locks are read from PostgreSQL every "
    "10 ms; then they go on on the new tables",
    goal="0 errors, no lock over 1 s, linter clean",
)
FIRST_OF_THIS_VERSION = "reviews/migrations/0016_what_is_kept_and_how_it_ends.py"
"""The commit before the one that brought it is the version before."""
AFTERWARDS = 15
MORE = [
    "INSERT INTO notifications_notification (user_id, kind, key, reference, link, created_at,"
    " not_before, done_at, attempts, last_error) SELECT id, 'export_ready', 'more:' || n, '', '/',"
    " now(), now(), now(), 1, '' FROM accounts_user, generate_series(1, 5000) n",
    # Not in one go: a history's head is written anew with each event, and dearer each time.
    *10
    * [
        "INSERT INTO audit_auditevent (at, kind, actor_name, target_type, target_id, target_label,"
        " changes, chain, sequence, previous_hash, hash) SELECT now(), 'review_opened', '', '', '',"
        " '', '{}', chain, 0, '', '' FROM audit_chainhead, generate_series(1, 200)"
    ],
]


@pytest.mark.timeout(1500)
def test_people_work_while_every_migration_runs(claim, tmp_path: Path, django_db_blocker):
    old = checked_out(tmp_path / "before")
    with Servers() as servers:
        url = postgres.start(servers.company, servers.place, keep=False)
        env = {
            **os.environ,
            **{"DATABASE_URL": url, "DATABASE_OWNER_URL": "", "DEMONSTRATION": "1"},
            "REDIS_URL": servers.start_valkey(),
            "DOCUMENTS_ROOT": str(tmp_path / "documents"),
            "STATIC_ROOT": str(tmp_path / "static"),
        }
        manage(old, env, "migrate", "--verbosity", "0")
        manage(old, env, "load_demonstration")
        fill(url)
        before = applied(url)
        with serving(old, env, tmp_path, servers.company) as address, watching(url) as longest:
            people = People(address)
            people.begin()
            until(lambda: people.asked > 40 or people.troubles, "the first pages", 400)
            people.check()
            manage(ROOT, env | {"PGAPPNAME": "migrating"}, "migrate", "--verbosity", "0")
            during = people.asked
            time.sleep(AFTERWARDS)
            people.end()
        run = applied(url) - before
    with django_db_blocker.unblock():
        stops = [
            stop
            for migration in since_the_beginning(None)
            if f"{migration.app_label} {migration.name}" not in LOOKED_AT
            for stop in what_stops_the_version_before(migration)
        ]
        assert run <= MigrationLoader(None).disk_migrations.keys()
    claim.measured(
        figure=f"{len(people.troubles)} errors in {people.asked} requests ({people.wrote} wrote, "
        f"{people.asked - during} on the new tables), {len(run)} migrations, longest wait for a "
        f"lock {longest[0] * 1000:.0f} ms, {len(stops)} findings of the linter"
        + "".join(f"; {trouble}" for trouble in people.troubles[:3]),
        holds=not people.troubles and longest[0] <= 1 and not stops and len(run) > 0,
    )


def checked_out(place: Path) -> Path:
    """Raises CalledProcessError where there is no history, as in a copy without .git."""
    added = git("log", "--diff-filter=A", "--format=%H", "--", FIRST_OF_THIS_VERSION)
    newest = added.decode().split()[-1]
    place.mkdir()
    with tarfile.open(fileobj=io.BytesIO(git("archive", f"{newest}~1"))) as archive:
        archive.extractall(place, filter="data")
    return place


def git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout


def manage(where: Path, env: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=where, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]


@contextmanager
def cursor_on(url: str) -> Iterator[psycopg2.extensions.cursor]:
    own = psycopg2.connect(url)
    own.autocommit = True
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        own.close()


def fill(url: str) -> None:
    with cursor_on(url) as cursor:
        for statement in MORE:
            cursor.execute(statement)


def applied(url: str) -> set[tuple[str, str]]:
    with cursor_on(url) as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


@contextmanager
def watching(url: str) -> Iterator[list[float]]:
    """Seconds of the longest wait of anybody but what migrates, which gives way by itself."""
    longest, over = [0.0], threading.Event()

    def look() -> None:
        with cursor_on(url) as cursor:
            while not over.wait(0.01):
                cursor.execute(
                    "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)"
                    " FROM pg_locks JOIN pg_stat_activity USING (pid)"
                    " WHERE NOT granted AND application_name <> 'migrating'"
                )
                longest[0] = max(longest[0], float(cursor.fetchone()[0]))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield longest
    finally:
        over.set()
        thread.join()


@contextmanager
def serving(old: Path, env: dict[str, str], folder: Path, company: Company) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    manage(old, env, "collectstatic", "--no-input", "--verbosity", "0")
    gunicorn = ["-m", "gunicorn", "--bind", address, "--workers", "2", "--no-control-socket"]
    threads = ["--worker-class", "gthread", "--threads", "8", "scr_portal.wsgi"]
    command = [sys.executable, *gunicorn, *threads]
    web = company.start("web", command, log=folder / "before.log", env=env, cwd=old)
    until(lambda: answers(address), "the version before", 60)
    try:
        yield f"http://{address}"
    finally:
        web.process.terminate()
        web.process.wait()


def answers(address: str) -> bool:
    with suppress(OSError):
        return Browser(f"http://{address}").get("/sign-in/login/").status == 200
    return False


class Browser:
    """With cookies, and with the sign-in page of whichever version answers."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Answer:
        return self._ask(Request(f"{self.address}{path}"))

    def post(self, path: str, **fields: str) -> Answer:
        token = next(each.value for each in self.cookies if each.name == "csrftoken")
        body = urlencode(fields).encode()
        return self._ask(Request(f"{self.address}{path}", body, {"X-CSRFToken": str(token)}))

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in/login/")
        self.post("/sign-in/login/", login=email, password=password)
        assert "/sign-out" in self.get("/").body or "session" in {c.name for c in self.cookies}

    def write(self, words: str) -> Answer:
        return self.post("/drafts/proof:upgrade/", text=words, version="0")

    def _ask(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode(errors="replace"), {})
        except HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"), {})


class People:
    """Four, each of whom reads pages and writes drafts or answers for as long as it lasts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.over = threading.Event()
        self.asked = self.wrote = 0
        self.troubles: list[str] = []
        wanted = ("una", "charles", "leonard", "fatima")
        emails = [(mail, word) for _what, mail, word in sign_ins() if mail.split("@")[0] in wanted]
        self.threads = [threading.Thread(target=self._work, args=each) for each in emails]

    def begin(self) -> None:
        for each in self.threads:
            each.start()

    def end(self) -> None:
        self.over.set()
        for each in self.threads:
            each.join()

    def check(self) -> None:
        assert not self.troubles, self.troubles[:3]

    def _work(self, email: str, password: str) -> None:
        try:
            browser = Browser(self.address)
            browser.sign_in(email, password)
            self._walk(browser)
        except Exception as error:
            self.troubles.append(f"{email}: {type(error).__name__} {error}")

    def _walk(self, browser: Browser) -> None:
        home = browser.get("/reviews/").body
        reviews = sorted(set(re.findall(r"/reviews/[0-9a-f-]{36}", home)))
        assert reviews, home[:300]
        pages = ["/", "/reviews/", "/inbox/"]
        pages += [f"{each}/{page}" for each in reviews for page in ("", "dates", "history")]
        while not self.over.is_set():
            for page in pages:
                self._ask(lambda page=page: browser.get(page), page)
                self._ask(lambda: browser.write(f"upgrade {uuid4().hex}"), "a draft", writes=True)
                if self.over.is_set():
                    return

    def _ask(self, act: Callable, what: str, writes: bool = False) -> None:
        answer = act()
        self.asked += 1
        self.wrote += writes and answer.status < 400
        if answer.status >= 500:
            self.troubles.append(f"{answer.status} at {what}")
