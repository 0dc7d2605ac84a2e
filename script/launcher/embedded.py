"""The servers we bring along, for whichever of the two the person did not give."""

import contextlib
import subprocess

from launcher import postgres, valkey
from launcher.environment import given
from launcher.guard import alive, end, still_in
from launcher.processes import Company
from launcher.state import CHECKOUT, State

URLS = ("DATABASE_URL", "REDIS_URL")


def needed() -> list[str]:
    return [name for name in URLS if not given(name)]


def start(company: Company, state: State) -> dict[str, str]:
    """Returns the addresses by name. Raises Stop."""
    urls: dict[str, str] = {}
    if "DATABASE_URL" in needed():
        owner = postgres.start(company, state, keep=True)
        urls |= {"DATABASE_URL": postgres.for_application(owner), "DATABASE_OWNER_URL": owner}
    if "REDIS_URL" in needed():
        urls["REDIS_URL"] = valkey.start(company, state)
    return urls


def end_stale(state: State) -> None:
    """What an earlier run left, when it and its guard were both killed."""
    with contextlib.suppress(OSError, ValueError):
        left = still_in(state.children.read_text().splitlines())
        end({pid: number for pid, number in left.items() if alive(pid) and _is_ours(pid, state)})
    state.children.unlink(missing_ok=True)


def _is_ours(pid: int, state: State) -> bool:
    """The number may long belong to somebody else."""
    asked = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    shown = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return any(str(place) in shown for place in (state.servers, state.sockets, CHECKOUT))
