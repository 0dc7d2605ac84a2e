"""`script/server`: the whole portal on this machine, until somebody stops it."""

import argparse
import contextlib
import errno
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from launcher import account, embedded, environment, pango, preparing, say, state, venv
from launcher.occupancy import SERVER, Occupancy
from launcher.processes import Company
from launcher.say import Signalled, Stop
from launcher.state import CHECKOUT, State

HOST = "127.0.0.1"
NAME = "localhost"
"""Of the same place: browsers keep passkeys for a name, never for an address in numbers."""
PATIENCE = 60.0


def run(arguments: list[str]) -> int:
    """Returns the exit status. Raises Stop."""
    options = _options(arguments)
    place = state.kept(account.for_servers())
    here = Occupancy(place, SERVER)
    _claim(here)
    embedded.end_stale(place)
    _require_port(options.port)
    if options.reset:
        _reset(place)
    pango.ensure()
    venv.ensure("local")
    return _until_stopped(here, place, options.port)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Serves the portal from this checkout with an invented board on it. "
        "DATABASE_URL and REDIS_URL put it on servers of your own; Ctrl-C stops everything.",
    )
    parser.add_argument("--port", type=_port, default=8000, help="of the address (8000)")
    parser.add_argument("--reset", action="store_true", help="begin afresh, after asking")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError
    return number


def _require_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Stop(f"Port {port} is for root only: choose another with --port.") from error
            raise Stop(
                f"Port {port} is in use by another program: stop it, or choose another port "
                f"with script/server --port {port + 1 if port < 65535 else 8000}."
            ) from error


def _claim(here: Occupancy) -> None:
    """Waits for a command that is about to end, not for another server."""
    told = False
    while not here.claim():
        facts = here.found()
        if facts.get("kind") == SERVER:
            where = facts.get("address", "an address it has yet to tell")
            raise Stop(f"The portal already runs from this checkout, at {where}.")
        if not told:
            say.step("Waiting for an earlier command on this checkout to finish")
            told = True
        time.sleep(0.1)


def _reset(place: State) -> None:
    if "DATABASE_URL" not in embedded.needed():
        raise Stop("--reset empties only the database we bring along, and DATABASE_URL is set.")
    print(f"This deletes every review, account and key kept in {place.root}.")
    try:
        answer = input("Type yes to begin afresh: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise Stop("Nothing was deleted.")
    kept = ("keys", "static", "documents")
    for folder in (place.servers / "data", *(place.root / name for name in kept)):
        if folder.exists():
            shutil.rmtree(folder)


def _until_stopped(here: Occupancy, place: State, port: int) -> int:
    company = Company(record=place.children)
    try:
        _bring_up(here, company, place, port)
        company.watch()
    except Signalled:
        say.step("Stopping")
    finally:
        try:
            here.release()
        finally:
            company.close()
    say.line(f"Stopped. The data stays in {place.root} for the next start.")
    return 0


def _bring_up(here: Occupancy, company: Company, place: State, port: int) -> None:
    address = f"http://{NAME}:{port}"
    say.step("Starting PostgreSQL and Valkey")
    urls = embedded.start(company, place)
    env = environment.for_portal(
        place.root,
        **urls,
        DEMONSTRATION="1",
        ALLOWED_HOSTS=f"{HOST},{NAME}",
        PORTAL_URL=address,
        STATIC_ROOT=str(place.root / "static"),
    )
    sign_ins = preparing.prepare(company, place, env)
    _start_portal(company, place, environment.as_application(env), port)
    here.announce(address=address, **urls)
    _tell(address, sign_ins, place)


def _start_portal(company: Company, place: State, env: dict[str, str], port: int) -> None:
    cores = os.cpu_count() or 1
    celery = ["-m", "celery", "--app", "scr_portal.celery"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    gunicorn = ["-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", str(cores + 1)]
    # A browser keeps connections open ahead of need. With no proxy in front each of them would
    # hold up a whole process for half a minute; so it holds up one thread of many.
    gunicorn += ["--worker-class", "gthread", "--threads", "8"]
    gunicorn += ["--logger-class", "scr_portal.web_log.AccessLog"]
    commands: dict[str, list[object]] = {
        "web server": [*gunicorn, "--preload", "--no-control-socket", "scr_portal.wsgi"],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", str(cores), *quiet],
        "scheduler": [*celery, "beat", "--pidfile=", "--schedule", place.root / "beat"],
    }
    say.step("Starting the web server, the worker and the scheduler")
    for name, command in commands.items():
        log = place.log(name.partition(" ")[0])
        company.start(name, [venv.PYTHON, *command], log=log, env=env, cwd=CHECKOUT)
        if name == "web server":
            # Somebody waits for it, and each of the three loads all of the portal.
            _wait(company, f"http://{HOST}:{port}")


def _wait(company: Company, address: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not _answers(address):
        company.check()
        if time.monotonic() > limit:
            raise Stop(f"The web server did not answer within {PATIENCE:.0f} seconds.")
        time.sleep(0.05)
    company.check()


def _answers(address: str) -> bool:
    """Any answer at all: what /health says is for those who watch over it."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=20):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _tell(address: str, sign_ins: Path, place: State) -> None:
    say.line(f"\nSCR Portal is at {address}\n")
    with contextlib.suppress(OSError):
        say.line(sign_ins.read_text().rstrip() + "\n")
    say.line(f"Logs are in {place.logs}. Ctrl-C stops everything; the data is kept.")
