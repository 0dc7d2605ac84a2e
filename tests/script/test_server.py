"""The commands themselves, on a state of their own: real servers, real signals."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from launcher.guard import alive, still_in

from tests.script.commands import free_port, popen, run, shown_until, started, wait_gone

pytestmark = [pytest.mark.xdist_group("launcher"), pytest.mark.timeout(600)]


def children_of(state: Path) -> list[int]:
    return list(still_in((state / "children").read_text().splitlines()))


def by_command(pids: list[int], words: str) -> int:
    asked = ["ps", "-ww", "-o", "pid=,args=", "-p", ",".join(str(pid) for pid in pids)]
    shown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[0]) for line in shown.splitlines() if words in line)


@dataclass
class FirstRun:
    said: str
    answers: list[int]
    children: list[int]
    status: int


@pytest.fixture(scope="module")
def first_run(place: Path) -> FirstRun:
    """From nothing until TERM; the others then start warm."""
    port = free_port()
    with started(place, port) as server:
        said = shown_until(server, "Ctrl-C stops everything")
        answers = [status_of(port, page) for page in ("/sign-in/login/", "/no-such-page")]
        children = [pid for pid in children_of(place) if alive(pid)]
        server.terminate()
        status = server.wait(30)
    assert f"SCR Portal is at http://localhost:{port}" in said
    return FirstRun(said, answers, children, status)


@pytest.fixture
def kept(place: Path, first_run: FirstRun) -> Path:
    return place


def status_of(port: int, page: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_serves_and_says_who_may_sign_in(first_run: FirstRun) -> None:
    assert first_run.answers == [200, 404]
    assert "Board chair" in first_run.said


def test_leaves_nothing_behind_on_term(first_run: FirstRun) -> None:
    assert first_run.status == 0
    assert len(first_run.children) == 5
    assert not any(alive(pid) for pid in first_run.children)


def test_one_dead_child_ends_the_rest_and_is_named(kept: Path) -> None:
    with started(kept, free_port()) as server:
        shown_until(server, "SCR Portal is at")
        pids = children_of(kept)
        os.kill(by_command(pids, " worker "), signal.SIGKILL)
        assert server.wait(20) == 1
        said = server.stdout.read()
    assert "The worker was killed by SIGKILL, so everything stops. Its log ends:" in said
    assert not any(alive(pid) for pid in pids)


def test_others_beside_a_server_and_no_orphans_when_it_is_killed(kept: Path) -> None:
    with started(kept, free_port()) as server:
        shown_until(server, "SCR Portal is at")
        second = run(kept, "server", "--port", str(free_port()))
        assert second.returncode == 1
        assert "The portal already runs from this checkout, at http://localhost:" in second.stderr
        command = run(kept, "manage", "migrate", "--check")
        assert command.returncode == 0, command.stderr
        assert server.poll() is None
        pids = children_of(kept)
        server.kill()
        server.wait()
    wait_gone(pids)


def test_commands_at_once_share_their_servers(kept: Path) -> None:
    code = "import time; from django.db import connection as c; c.ensure_connection(); "
    long = f"{code} time.sleep(1.5); c.cursor().execute('select 1'); print('long')"
    first = subprocess.Popen(
        **popen(kept, "manage", "shell", "-v0", "-c", f"{code} print('short')")
    )
    second = subprocess.Popen(**popen(kept, "manage", "shell", "-v0", "-c", long))
    assert [first.wait(30), second.wait(30)] == [0, 0]
    assert first.stdout.read().splitlines()[-1] == "short"
    assert second.stdout.read().splitlines()[-1] == "long"
    assert json.loads((kept / "owner.json").read_text()) == {}


def test_a_command_gives_back_its_own_status(kept: Path) -> None:
    assert run(kept, "manage", "shell", "-c", "raise SystemExit(7)").returncode == 7


def test_reset_asks_first(kept: Path) -> None:
    data = kept / "servers" / "data" / "PG_VERSION"
    refused = run(kept, "server", "--reset", "--port", str(free_port()), input="no\n")
    assert refused.returncode == 1
    assert "Nothing was deleted." in refused.stderr
    assert data.exists()
