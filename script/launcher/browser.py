"""A Chromium for the journeys. A missing one is a failure, never a skip."""

import os
import shutil
from pathlib import Path

from launcher import packages
from launcher.say import Stop

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MACOS = [
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
]


def ensure() -> str:
    """Raises Stop."""
    if found := find():
        return found
    if packages.is_debian() and "ubuntu" not in _release():
        packages.require(["chromium", "fonts-dejavu-core"], "Chromium", brew="--cask chromium")
    if found := find():
        return found
    raise Stop(
        "The browser tests need Chromium or Google Chrome and found neither: "
        "install one, or name its program in CHROMIUM."
    )


def find() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    in_place = (str(path) for path in MACOS if path.exists())
    return next((each for each in (*on_path, *in_place) if each), None)


def _release() -> str:
    path = Path("/etc/os-release")
    return path.read_text().lower() if path.exists() else ""
