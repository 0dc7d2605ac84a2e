"""Looks into one file, or writes the copy of it that goes out.

    python -I program.py look|copy KIND < file > findings or copy

Memory, processor time and what it writes are limited: a hostile file ends this process alone.
"""

import resource
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

MOST_MEMORY = 1536 * 1024**2
MOST_SECONDS = 60
MOST_WRITTEN = 250 * 1024**2
_MODULES = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), "office"),
    **dict.fromkeys(("png", "jpeg"), "pictures"),
    "pdf": "pages",
    "eml": "mail",
}


def confine() -> None:
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: MOST_WRITTEN,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(what, (most, most))


def main(act: str, kind: str) -> None:
    confine()
    sys.path.insert(0, str(Path(__file__).parent))
    module: Any = import_module(_MODULES[kind])
    if act == "look":
        for found in sorted(module.look(sys.stdin.buffer)):
            print(found)
        return
    module.copy(sys.stdin.buffer, sys.stdout.buffer, import_module("pictures").cleaned)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
