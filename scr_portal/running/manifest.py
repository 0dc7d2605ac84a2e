"""What a backup holds, sealed, so that what was altered or lost in it is noticed."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"
FILES = "documents"


class NotWhole(Exception):
    """Of a backup, with a sentence for whoever runs the command."""


@dataclass
class Manifest:
    made_at: str
    server: str
    """Version of PostgreSQL."""
    migrations: list[str]
    tables: dict[str, list[str]]
    chains: dict[str, list[Any]]
    dump: str
    """Its SHA-256."""
    files: dict[str, list[Any]] = field(default_factory=dict)
    """Size and SHA-256 by name in the storage."""
    keys: list[str] = field(default_factory=list)
    """Marks by which the keys are told, from which nothing can be made."""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        said = json.dumps(asdict(self), indent=1, sort_keys=True)
        key = settings.FIELD_ENCRYPTION_KEYS[0]
        (folder / NAME).write_text(json.dumps({"seal": _seal(said, key), "says": said}))


def read(folder: Path) -> Manifest:
    """Raises NotWhole."""
    try:
        kept = json.loads((folder / NAME).read_text())
        said, seal = kept["says"], kept["seal"]
        manifest = Manifest(**json.loads(said))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotWhole(f"{folder} is no whole backup: its {NAME} can't be read.") from error
    if missing := [mark for mark in manifest.keys if mark not in marks()]:
        raise NotWhole(
            f"The backup was made with keys that are not here (marked {', '.join(missing)}). Put "
            "them into FIELD_ENCRYPTION_KEYS first: without them no real name could be read."
        )
    if not any(hmac.compare_digest(seal, _seal(said, key)) for key in _keys()):
        raise NotWhole(f"The {NAME} of {folder} was altered since the backup was made.")
    return manifest


def marks() -> list[str]:
    return [hashlib.sha256(f"mark of {key}".encode()).hexdigest()[:8] for key in _keys()]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keys() -> list[str]:
    return list(settings.FIELD_ENCRYPTION_KEYS)


def _seal(said: str, key: str) -> str:
    return hmac.new(f"seal of a backup {key}".encode(), said.encode(), "sha256").hexdigest()
