"""`script/prove`: what the portal claims, proved on servers made for this one run."""

import os
import shutil
import time
from pathlib import Path

from launcher import (
    account,
    browser,
    claims,
    environment,
    pango,
    postgres,
    proof_pages,
    say,
    schema,
    state,
    testing,
    valkey,
    venv,
)
from launcher.processes import Child, Company
from launcher.state import CHECKOUT, State

LONG = "R9"
"""Half an hour of clients who mostly wait: it runs beside the others, on servers of its own."""
PATIENCE = 1_500
"""Seconds for one test that does not say for itself how long it may take."""
HELP = """\
script/prove                  all of it: under 40 minutes on two processors
script/prove S7 R2            these claims
script/prove --security       S1 to S16; --reliability R1 to R12, --performance P1 to P11
script/prove --write          and put the figures into docs/security.md and its neighbours
It ends with a line for each claim, and with status 1 where one of them does not hold."""


def run(arguments: list[str]) -> int:
    """Returns the exit status. Raises Stop."""
    if {"-h", "--help"} & set(arguments):
        say.line(HELP)
        return 0
    try:
        ids = claims.chosen(each for each in arguments if each != "--write")
    except ValueError as unknown:
        raise say.Stop(f"There is no claim {unknown}: script/prove --help says which.") from None
    pango.ensure()
    venv.ensure("dev")
    for name in testing.DROPPED:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    began = time.monotonic()
    found = _proved(ids)
    if "--write" in arguments:
        proof_pages.write(found)
    _tell(found, time.monotonic() - began)
    return int(any(not one.holds for one in found.values()))


def _proved(ids: list[str]) -> dict[str, claims.Proved]:
    place = state.thrown_away(account.for_servers())
    company = Company(remove=place.root)
    figures = place.root / "figures"
    try:
        _all_proofs(company, place, ids, figures)
    except say.Stop as stop:
        say.trouble(str(stop))
    finally:
        company.stop()
        found = claims.proved(ids, figures)
        company.close()  # which removes the place, the figures in it too
        shutil.rmtree(place.root, ignore_errors=True)
    return found


def _all_proofs(company: Company, place: State, ids: list[str], figures: Path) -> None:
    """The times of bench/ last, when nothing else runs."""
    told = {
        "PROVE": "whole",
        "PROOF_FIGURES": str(figures),
        "CHROMIUM": (browser.ensure() if os.geteuid() == 0 else browser.find()) or "",
    }
    beside = _beside(company, told) if LONG in ids else None
    if modules := [path for each in ids if each != LONG for path in claims.modules(each)]:
        say.step(f"Proving {', '.join(each for each in ids if each != LONG)}")
        env = _servers(company, place) | told
        company.run(_pytest(*modules, "-n", "2"), env=env, cwd=CHECKOUT)
    if beside:
        say.step(f"Waiting for {LONG}")
        beside.process.wait()
    if measured := [each for each in ids if each[0] == "P"]:
        say.step(f"Measuring {', '.join(measured)}")
        bench = [venv.PYTHON, CHECKOUT / "bench" / "run.py", "--claims", ",".join(measured)]
        company.run(bench, env={**os.environ, **told}, cwd=CHECKOUT)


def _servers(company: Company, place: State) -> dict[str, str]:
    say.step("Starting PostgreSQL and Valkey for this run")
    env = environment.for_portal(
        place.root,
        DATABASE_URL=postgres.start(company, place, keep=False),
        REDIS_URL=valkey.start(company, place),
        DEMONSTRATION="1",
    )
    return env | {"TEST_TEMPLATE": schema.make(company, place, env)}


def _beside(company: Company, told: dict[str, str]) -> Child | None:
    """What it prints stays in a log: two runs on one terminal cannot be read."""
    if not (modules := claims.modules(LONG)):
        return None
    say.step(f"Beginning {LONG}, beside the others")
    log = Path(told["PROOF_FIGURES"]).with_name("beside.log")
    none = {"DATABASE_URL": "postgres://nobody@/none", "REDIS_URL": "unix:///nowhere"}
    env = environment.for_portal(log.parent, **none, DEMONSTRATION="1") | told
    return company.start("soak", _pytest(*modules), log=log, env=env, cwd=CHECKOUT, grace=60)


def _pytest(*arguments: object) -> list[object]:
    options = ["-q", "--continue-on-collection-errors", f"--timeout={PATIENCE}"]
    return [venv.PYTHON, "-m", "pytest", *options, "-p", "no:randomly", *arguments]


def _tell(found: dict[str, claims.Proved], seconds: float) -> None:
    say.line()
    for one in found.values():
        took = f"{one.seconds:.0f} s" if one.seconds else ""
        say.line(f"{one.id:<4} {one.result:<12} {took:>7} {claims.NAMES[one.id]}: {one.figure}")
    held = sum(one.holds is True for one in found.values())
    say.line(f"\n{held} of {len(found)} claims hold. It took {seconds / 60:.0f} minutes.")
