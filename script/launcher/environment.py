"""What the portal is told through the environment, and the keys kept for it."""

import base64
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from launcher import pango

KEYS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "FIELD_ENCRYPTION_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}


def for_portal(root: Path, **values: str) -> dict[str, str]:
    """The person's own environment wins, whether it gives a value or a file with it."""
    env = dict(os.environ)
    for name, value in {**_keys(root), **values}.items():
        if not given(name):
            env[name] = value
    env.setdefault("DOCUMENTS_ROOT", str(root / "documents"))
    env["DJANGO_SETTINGS_MODULE"] = "scr_portal.settings"
    env["PYTHONUNBUFFERED"] = "1"
    return with_libraries(env)


OWNER = "DATABASE_OWNER_URL"


def as_owner(env: Mapping[str, str]) -> dict[str, str]:
    """For what migrates. Where only one address was given, it is the owner's for everybody."""
    return {**env, "DATABASE_URL": env[OWNER]} if env.get(OWNER) else dict(env)


def as_application(env: Mapping[str, str]) -> dict[str, str]:
    """For the portal's processes, which are not told how the owner signs in."""
    return {name: value for name, value in env.items() if not name.startswith(OWNER)}


def given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def with_libraries(env: Mapping[str, str]) -> dict[str, str]:
    folder = pango.library_folder() if sys.platform == "darwin" else None
    return {**env, "DYLD_FALLBACK_LIBRARY_PATH": str(folder)} if folder else dict(env)


def _keys(root: Path) -> dict[str, str]:
    """Made once and kept: a new field key would make the stored names unreadable."""
    return {name: _kept(root / "keys" / name, make) for name, make in KEYS.items()}


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(make())
        unfinished.rename(path)
    return path.read_text().strip()
