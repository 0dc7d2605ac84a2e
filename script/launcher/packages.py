"""System packages: installed where we may, named where we may not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import say
from launcher.say import Stop


def is_debian() -> bool:
    """Debian and what descends from it."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def require(names: list[str], what: str, brew: str = "") -> None:
    """Installs them as root on Debian, else raises Stop with the one line to run."""
    if is_debian():
        line = f"apt-get install -y --no-install-recommends {' '.join(names)}"
        if os.geteuid() != 0:
            raise Stop(f"{what} is missing. Run this, then start again:\n    sudo {line}")
        _install(names, what, line)
    elif sys.platform == "darwin" and brew:
        raise Stop(f"{what} is missing. Run this, then start again:\n    brew install {brew}")
    else:
        raise Stop(f"{what} is missing: install it with your system's packages and start again.")


def _install(names: list[str], what: str, line: str) -> None:
    """Tries the lists at hand first; a bare image has none."""
    say.step(f"Installing {what}: {line}")
    for prepare in (False, True):
        if prepare:
            _apt("update")
        done = _apt("install", "-y", "--no-install-recommends", *names)
        if done.returncode == 0:
            return
    say.failed(f"{what} could not be installed; apt-get said:", done.stdout, "/")


def _apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=180", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
