"""What each part does when the machine is not as hoped."""

import errno
import os
import shutil
import socket
import stat
import subprocess
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from launcher import (
    account,
    embedded,
    environment,
    main,
    pango,
    say,
    schema,
    serving,
    state,
    testing,
)
from launcher.guard import still_in
from launcher.occupancy import COMMAND, SERVER, Occupancy
from launcher.state import CHECKOUT, State

from tests.script.commands import run

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def here(tmp_path: Path) -> State:
    return State(tmp_path, tmp_path / "servers", tmp_path / "servers", account.for_servers())


def test_a_port_in_use_is_said_in_one_sentence(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(place, "server", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use by another program: stop it, or")
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_python_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", str(CHECKOUT / "script" / "server")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("SCR Portal needs Python 3.11 or newer and found none:")
    assert len(done.stderr.splitlines()) == 1


def test_a_disk_without_room_stops_before_anything_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, 12 * 2**20))
    with pytest.raises(say.Stop, match=r"is full .12 MB free, 300 MB needed."):
        state.require_space(tmp_path)


def test_a_disk_that_fills_up_meanwhile(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(arguments: list[str]) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/portal/x")

    monkeypatch.setattr(testing, "run", fails)
    monkeypatch.setattr(main.signal, "signal", lambda *given: None)
    assert main.main("test", []) == 1
    assert capsys.readouterr().err == (
        "The disk that holds /srv/portal/x is full: make room and run this again.\n"
    )


def test_what_a_tool_printed_about_a_full_disk_becomes_our_sentence() -> None:
    with pytest.raises(say.Stop, match=r"^The disk that holds /x is full"):
        say.failed("It failed:", "could not write: No space left on device", "/x")


@pytest.fixture
def deep(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state whose path is too long for a socket."""
    root = place / ("d" * 90)
    monkeypatch.setenv("SCR_PORTAL_STATE", str(root))
    yield root
    shutil.rmtree(state.kept(account.for_servers()).sockets)
    shutil.rmtree(root)


def test_a_long_path_keeps_its_data_and_has_its_sockets_elsewhere(deep: Path) -> None:
    found = state.kept(account.for_servers())
    assert found.root == deep
    assert found.servers == deep / "servers"
    assert found.sockets.parent == Path("/tmp")
    assert stat.S_IMODE(found.sockets.stat().st_mode) == 0o700
    assert state.kept(account.for_servers()) == found


def test_a_folder_that_somebody_else_could_have_made_is_not_trusted(deep: Path) -> None:
    found = state.kept(account.for_servers())
    found.sockets.chmod(0o777)
    with pytest.raises(say.Stop, match="should be a closed folder"):
        state.kept(account.for_servers())
    found.sockets.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another user")
def test_a_state_that_is_closed_to_others_has_its_data_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCR_PORTAL_STATE", str(tmp_path / "closed"))
    monkeypatch.setattr(state, "ELSEWHERE", tmp_path / "elsewhere")
    tmp_path.chmod(0o700)
    found = state.kept(account.for_servers())
    assert found.servers.parent == tmp_path / "elsewhere"
    assert state.kept(account.for_servers()) == found
    found.sockets.rmdir()


def test_keys_are_made_once_and_readable_by_us_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in environment.KEYS:
        monkeypatch.delenv(name, raising=False)
    first = environment.for_portal(tmp_path)
    assert environment.for_portal(tmp_path)["SECRET_KEY"] == first["SECRET_KEY"]
    assert first["SECRET_KEY"] != first["FIELD_ENCRYPTION_KEYS"]
    for name in environment.KEYS:
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600


def test_what_the_person_gave_wins_even_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://theirs")
    monkeypatch.setenv("REDIS_URL_FILE", "/run/secrets/redis")
    env = environment.for_portal(tmp_path, DATABASE_URL="ours", REDIS_URL="ours")
    assert env["DATABASE_URL"] == "postgres://theirs"
    assert "REDIS_URL" not in env


def test_the_guard_knows_who_is_still_in() -> None:
    assert still_in(["+10 15", "+11 2", "-10 0"]) == {11: 2}


def test_only_one_owns_the_servers_and_others_join_when_they_are_ready(here: State) -> None:
    owner, other = Occupancy(here, COMMAND), Occupancy(here, SERVER)
    assert owner.claim()
    assert not other.claim()
    with other.joined() as facts:
        assert facts == {}
    owner.announce(DATABASE_URL="x")
    with other.joined() as facts:
        assert facts["DATABASE_URL"] == "x"
    owner.release()
    with other.joined() as facts:
        assert facts == {}


def test_pango_is_found_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "is_there", lambda: False)
    monkeypatch.setattr(pango.packages, "is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(say.Stop, match=r"sudo apt-get install -y .* libpango-1.0-0"):
        pango.ensure()
    monkeypatch.setattr(pango.packages, "is_debian", lambda: False)
    monkeypatch.setattr(pango.packages.sys, "platform", "darwin")
    with pytest.raises(say.Stop, match="brew install pango"):
        pango.ensure()


def test_what_two_kills_left_is_ended_at_the_next_start_and_nothing_else(here: State) -> None:
    waits = ["/bin/sh", "-c", "echo; sleep 60; exit", "sh"]
    told = {"start_new_session": True, "stdout": subprocess.PIPE}
    ours = subprocess.Popen([*waits, str(here.servers)], **told)
    other = subprocess.Popen([*waits, "elsewhere"], **told)
    try:
        # For a moment after it was started, the system does not know yet what it was started with.
        ours.stdout.readline(), other.stdout.readline()
        here.children.write_text(f"+{ours.pid} 15\n+{other.pid} 15\n")
        embedded.end_stale(here)
        assert ours.wait(5) == -15
        assert other.poll() is None
        assert not here.children.exists()
    finally:
        os.killpg(other.pid, 9)
        other.wait()


def test_reset_deletes_what_is_kept_once_it_is_allowed(
    here: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in embedded.URLS:
        monkeypatch.delenv(name, raising=False)
    (here.servers / "data").mkdir(parents=True)
    (here.root / "keys").mkdir()
    monkeypatch.setattr("builtins.input", lambda prompt: "yes")
    serving._reset(here)
    assert not (here.servers / "data").exists()
    assert not (here.root / "keys").exists()
    monkeypatch.setenv("DATABASE_URL", "postgres://theirs")
    with pytest.raises(say.Stop, match="DATABASE_URL is set"):
        serving._reset(here)


def test_a_kept_schema_is_of_the_migrations_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(schema, "CHECKOUT", tmp_path)
    folder = tmp_path / "reviews" / "migrations"
    folder.mkdir(parents=True)
    first = schema._kept()
    (folder / "0001_initial.py").write_text("dependencies = []")
    second = schema._kept()
    (folder / "0001_initial.py").write_text("dependencies = [1]")
    assert len({first, second, schema._kept()}) == 3


def test_a_clean_clone_in_ci_runs_every_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert schema._kept() is None
