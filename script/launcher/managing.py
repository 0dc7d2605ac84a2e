"""`script/manage`: a management command on the servers of this checkout."""

import time

from launcher import account, embedded, environment, pango, say, state, venv
from launcher.occupancy import COMMAND, Occupancy
from launcher.processes import Company
from launcher.say import Stop
from launcher.state import CHECKOUT, State


def run(arguments: list[str]) -> int:
    """Returns the command's exit status. Raises Stop."""
    pango.ensure()
    venv.ensure("local")
    place = state.kept(account.for_servers())
    here = Occupancy(place, COMMAND)
    began = time.monotonic()
    while True:
        if here.claim():
            return _on_our_own(here, place, arguments)
        with here.joined() as facts:
            if facts:
                return _on_theirs(place, facts, arguments)
        if time.monotonic() - began > 3:
            say.step("Waiting for the servers of this checkout")
            began = time.monotonic() + 60
        time.sleep(0.1)


def _on_our_own(here: Occupancy, place: State, arguments: list[str]) -> int:
    embedded.end_stale(place)
    company = Company(record=place.children)
    try:
        urls = embedded.start(company, place)
        here.announce(**urls)
        return _command(company, place, urls, arguments)
    finally:
        here.release()
        company.close()


def _on_theirs(place: State, facts: dict[str, str], arguments: list[str]) -> int:
    missing = [name for name in embedded.needed() if name not in facts]
    if missing:
        raise Stop(f"The running server was given {' and '.join(missing)}: give it here as well.")
    known = (*embedded.needed(), environment.OWNER)
    urls = {name: facts[name] for name in known if name in facts}
    company = Company()
    try:
        return _command(company, place, urls, arguments)
    finally:
        company.close()


def _command(company: Company, place: State, urls: dict[str, str], arguments: list[str]) -> int:
    env = environment.for_portal(place.root, **urls, DEMONSTRATION="1")
    if "DATABASE_URL" in urls:
        env |= {"PGHOST": str(place.sockets), "PGUSER": "scr_portal"}
    place.prepared.unlink(missing_ok=True)
    command = [venv.PYTHON, CHECKOUT / "manage.py", *arguments]
    return company.run(command, env=env, cwd=CHECKOUT)
