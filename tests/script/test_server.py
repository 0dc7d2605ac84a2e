"""The commands themselves, on a state of their own: real servers, real signals."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from launcher.guard import alive, still_in

from tests.script.commands import free_port, popen, run, shown_until, started, wait_gone

pytestmark = pytest.mark.xdist_group("launcher")


def children_of(state: Path) -> list[int]:
    return list(still_in((state / "children").read_text().splitlines()))


def by_command(pids: list[int], words: str) -> int:
    asked = ["ps", "-o", "pid=,args=", "-p", ",".join(str(pid) for pid in pids)]
    shown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[0]) for line in shown.splitlines() if words in line)


@pytest.fixture(scope="module")
def kept(place: Path) -> Path:
    """A state that has been served before, so that each test starts warm."""
    with started(place, free_port()) as server:
        shown_until(server, "SCR Portal is at")
    return place


def test_serves_and_leaves_nothing_behind_on_term(kept: Path) -> None:
    port = free_port()
    with started(kept, port) as server:
        shown_until(server, f"SCR Portal is at http://127.0.0.1:{port}")
        assert "Board chair" in shown_until(server, "Ctrl-C stops everything")
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/no-such-page")
        assert missing.value.code == 404
        pids = children_of(kept)
        assert len([pid for pid in pids if alive(pid)]) == 5
        server.terminate()
        assert server.wait(20) == 0
    assert not any(alive(pid) for pid in pids)


def test_a_second_server_and_a_command_beside_the_first(kept: Path) -> None:
    with started(kept, free_port()) as server:
        shown_until(server, "SCR Portal is at")
        second = run(kept, "server", "--port", str(free_port()))
        assert second.returncode == 1
        assert "The portal already runs from this checkout, at http://127.0.0.1:" in second.stderr
        command = run(kept, "manage", "migrate", "--check")
        assert command.returncode == 0, command.stderr
        assert server.poll() is None


def test_one_dead_child_ends_the_rest_and_is_named(kept: Path) -> None:
    with started(kept, free_port()) as server:
        shown_until(server, "SCR Portal is at")
        pids = children_of(kept)
        os.kill(by_command(pids, " worker "), signal.SIGKILL)
        assert server.wait(20) == 1
        said = server.stdout.read()
    assert "The worker was killed by SIGKILL, so everything stops. Its log ends:" in said
    assert not any(alive(pid) for pid in pids)


def test_a_killed_launcher_leaves_no_orphans_and_the_next_start_waits(kept: Path) -> None:
    with started(kept, free_port()) as server:
        shown_until(server, "SCR Portal is at")
        pids = children_of(kept)
        server.kill()
        server.wait()
    command = run(kept, "manage", "migrate", "--check")
    assert command.returncode == 0, command.stderr
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
