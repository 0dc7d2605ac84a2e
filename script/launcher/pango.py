"""Pango draws the letters of a PDF; it is a system library, not a wheel."""

import ctypes
import sys
from pathlib import Path

from launcher import packages

DEBIAN = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
LINUX_FILES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
BREW_FOLDERS = [Path("/opt/homebrew/lib"), Path("/usr/local/lib"), Path("/opt/local/lib")]


def ensure() -> None:
    """Raises Stop."""
    if not is_there():
        packages.require(DEBIAN, "Pango", brew="pango")


def is_there() -> bool:
    if sys.platform == "darwin":
        return library_folder() is not None
    return all(_loads(name) for name in LINUX_FILES)


def library_folder() -> Path | None:
    """Homebrew's, which macOS does not search by itself."""
    return next((each for each in BREW_FOLDERS if list(each.glob("libpango-1.0.*dylib"))), None)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
