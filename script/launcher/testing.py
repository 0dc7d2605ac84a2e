"""`script/test`: every check, then every test, on servers made for this one run."""

import os
import shutil

from launcher import (
    account,
    browser,
    environment,
    pango,
    postgres,
    say,
    schema,
    state,
    valkey,
    venv,
)
from launcher.processes import Company
from launcher.state import CHECKOUT

PACKAGES = ["scr_portal", "reviews", "families", "quality_markers"]
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as run; run()"
DROPPED = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY"),
    *("FIELD_ENCRYPTION_KEYS", "EMAIL_URL"),
    *("DOCUMENTS_ROOT", "DOCUMENTS_S3_BUCKET", "CLAMAV_SOCKET", "TEST_TEMPLATE"),
)
"""Of the person's environment: a test run never touches real servers."""


def run(arguments: list[str]) -> int:
    """Returns the exit status. Raises Stop."""
    pango.ensure()
    venv.ensure("dev")
    chromium = browser.ensure() if not arguments or os.geteuid() == 0 else browser.find()
    for name in DROPPED:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    place = state.thrown_away(account.for_servers())
    company = Company(remove=place.root)
    try:
        env = _servers(company, place)
        env["CHROMIUM"] = chromium or ""
        if arguments:
            return _pytest(company, place, arguments, env)
        return _everything(company, place, env)
    finally:
        company.close()
        shutil.rmtree(place.root, ignore_errors=True)


def _servers(company: Company, place: state.State) -> dict[str, str]:
    say.step("Starting PostgreSQL and Valkey for this run")
    return environment.for_portal(
        place.root,
        DATABASE_URL=postgres.start(company, place, keep=False),
        REDIS_URL=valkey.start(company, place),
        DEMONSTRATION="1",
    )


def _everything(company: Company, place: state.State, env: dict[str, str]) -> int:
    for name, command in _checks().items():
        say.step(name)
        if status := company.run(command, env=env, cwd=CHECKOUT):
            say.trouble(f"Stopped: {name} found something to put right.")
            return status
    return _pytest(company, place, ["-n", "2", "--dist", "loadgroup"], env)


def _checks() -> dict[str, list[str]]:
    python, djade = str(venv.PYTHON), str(venv.PYTHON.with_name("djade"))
    code = [name for name in (*PACKAGES, "script", "manage.py") if _exists(name)]
    templates = sorted(str(path) for path in (CHECKOUT / "templates").rglob("*.html"))
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy", *code],
        "import-linter": [python, "-c", IMPORT_LINTER],
        "template format": [djade, "--target-version", "5.2", "--check", *templates],
        "missing migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
    }


def _exists(name: str) -> bool:
    return (CHECKOUT / name).exists()


def _pytest(company: Company, place: state.State, arguments: list[str], env: dict[str, str]) -> int:
    env = {**env, "TEST_TEMPLATE": schema.make(company, place, env)}
    say.step("pytest")
    return company.run([venv.PYTHON, "-m", "pytest", *arguments], env=env, cwd=CHECKOUT)
