"""The checkout's `.venv`, filled from the hash-locked requirements."""

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from launcher import packages, say
from launcher.state import CHECKOUT, require_space

FOLDER = CHECKOUT / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "installed.json"
LOCKS = {"local": ["local"], "dev": ["local", "dev"]}
"""What a lock contains besides itself."""


def ensure(lock: str) -> None:
    """Costs a few milliseconds when nothing changed. Raises Stop."""
    if _is_current(lock):
        return
    with _alone():
        if _is_current(lock):
            return
        if not _is_ours():
            _make()
        _install(lock)


def site_packages() -> Path:
    return next((FOLDER / "lib").glob("python3.*/site-packages"))


def _stamp() -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads(STAMP.read_text()))
    return {}


def _place() -> str:
    """A moved checkout wants a new one; another Python in front of us does not."""
    return f"{FOLDER} {platform.machine()}"


def _works() -> bool:
    """Its Python may have been removed, or replaced by one that looks for packages elsewhere."""
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    return PYTHON.exists() and _run([str(PYTHON), "-I", "-c", probe]).returncode == 0


def _digest(lock: str) -> str:
    return hashlib.sha256((CHECKOUT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def _is_current(lock: str) -> bool:
    return _stamp().get(lock) == _digest(lock) and _is_ours()


def _is_ours() -> bool:
    return _stamp().get("place") == _place() and _works()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two commands at once: the second waits, then finds the work done."""
    handle = os.open(CHECKOUT / "requirements", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make() -> None:
    require_space(CHECKOUT)
    say.step(f"Making .venv with Python {platform.python_version()}")
    if not _has_ensurepip():
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        packages.require([f"python{version}-venv"], "Python's venv module")
    done = _run([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
    if done.returncode:
        say.failed("Python could not make .venv:", done.stdout, CHECKOUT)
    STAMP.write_text(json.dumps({"place": _place()}))


def _has_ensurepip() -> bool:
    return _run([sys.executable, "-c", "import ensurepip, venv"]).returncode == 0


def _install(lock: str) -> None:
    require_space(CHECKOUT)
    path = CHECKOUT / "requirements" / f"{lock}.txt"
    total = sum(1 for each in path.read_text().splitlines() if "==" in each.split("#")[0])
    say.step(
        f"Installing the {lock} requirements: {total} packages, a minute or two the first time"
    )
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    status, output = _show_progress([*pip, "--require-hashes", "-r", str(path)], total)
    if status:
        say.failed("The requirements could not be installed; pip said:", output, CHECKOUT)
    stamp = {each: _digest(each) for each in LOCKS[lock]}
    STAMP.write_text(json.dumps({"place": _place(), **stamp}))


def _show_progress(command: list[str], total: int) -> tuple[int, str]:
    """A line every tenth package; pip itself would print hundreds."""
    output: list[str] = []
    seen = 0
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                if seen % 10 == 0:
                    say.step(f"{seen} of {total} looked at")
            elif line.startswith("Installing collected packages"):
                say.step("all fetched, unpacking")
    return process.returncode, "".join(output)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
