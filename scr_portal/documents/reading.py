"""The text of a stored file, found by a program that may die of it (extract.py)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from scr_portal.documents.kinds import PICTURES, Kind
from scr_portal.documents.models import StoredFile
from scr_portal.documents.storage import scratch

SECONDS = 90
LONGEST = 1_000_000
"""Characters that are kept: about 350 pages."""
_PROGRAM = Path(__file__).with_name("extract.py")


def read(file: IO[bytes], kind: str) -> tuple[str, StoredFile.Reading]:
    """What it says, as far as it could be read."""
    Reading = StoredFile.Reading
    if Kind(kind) in PICTURES:
        return "", Reading.NOTHING
    whole, text = _run(file, kind)
    if not text.strip():
        return "", Reading.NOTHING if whole else Reading.FAILED
    if not whole or len(text) > LONGEST:
        return text[:LONGEST], Reading.PARTLY
    return text, Reading.DONE


def _run(file: IO[bytes], kind: str) -> tuple[bool, str]:
    """Whether it came to its end; what was said before a kill is kept."""
    file.seek(0)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with tempfile.TemporaryFile(dir=scratch()) as said:
        try:
            done = subprocess.run(  # noqa: S603 - no word of it comes from outside
                [sys.executable, "-I", str(_PROGRAM), kind],
                stdin=file.fileno(),
                stdout=said,
                stderr=subprocess.DEVNULL,
                # None of our own: it would hold the keys.
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                timeout=SECONDS,
                check=False,
            )
            whole = done.returncode == 0
        except subprocess.TimeoutExpired:
            whole = False
        said.seek(0)
        return whole, said.read(4 * LONGEST).decode("utf-8", "ignore")
