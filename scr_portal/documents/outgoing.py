"""The copy of a file that leaves: as it was kept, without what programs wrote into it unasked.

It is made at each download by the rules of that day, and kept nowhere. The original never changes.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.kinds import Kind
from scr_portal.documents.storage import PIECE, scratch

SECONDS = 90
_PROGRAM = Path(__file__).parent / "apart" / "program.py"
AS_THEY_ARE = frozenset({Kind.TXT, Kind.CSV, Kind.MSG})
"""Text says nothing beside its words; Outlook's own emails cannot be written again without loss."""
_OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})


@dataclass(frozen=True)
class Copy:
    file: IO[bytes]
    size: int
    sha256: str


def copy_of(file: IO[bytes], kind: str) -> Copy:
    """Takes the file over and closes it with the copy's. Raises Refused where none can be made."""
    if Kind(kind) in AS_THEY_ARE:
        return _measured(file)
    out = tempfile.TemporaryFile(dir=scratch())  # noqa: SIM115 - the answer closes it
    with file:
        if not _run("copy", kind, file, out):
            out.close()
            raise Refused(
                _(
                    "No copy of this file can be made without what programs wrote into it, so it "
                    "is not given out. Whoever adds documents can download the original, or "
                    "upload it anew as a PDF."
                )
            )
    return _measured(out)


def look(file: IO[bytes], kind: str) -> set[str]:
    """What ``apart`` finds in it, as words; ``broken`` where it dies of it."""
    with tempfile.TemporaryFile(dir=scratch()) as out:
        whole = _run("look", kind, file, out)
        out.seek(0)
        return set(out.read(1000).decode().split()) if whole else {"broken"}


def left_inside(file: IO[bytes], kind: str) -> set[str]:
    """``changes``, ``comments``, ``hidden``: what people wrote, and what every copy still holds."""
    return look(file, kind) - {"broken"} if Kind(kind) in _OFFICE else set()


def _run(act: str, kind: str, file: IO[bytes], out: IO[bytes]) -> bool:
    """Whether it came to its end."""
    with _on_disk(file) as found:
        try:
            done = subprocess.run(  # noqa: S603 - no word of it comes from outside
                [sys.executable, "-I", str(_PROGRAM), act, Kind(kind).value],
                stdin=found.fileno(),
                stdout=out,
                stderr=subprocess.DEVNULL,
                # None of our own: it would hold the keys.
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def _on_disk(file: IO[bytes]) -> IO[bytes]:
    """From its beginning, under a number of its own; a file in memory gets one."""
    file = getattr(file, "file", file)
    found: IO[bytes]
    try:
        found = open(os.dup(file.fileno()), "rb")  # noqa: SIM115
    except OSError:
        found = tempfile.TemporaryFile(dir=scratch())  # noqa: SIM115
        file.seek(0)
        while piece := file.read(PIECE):
            found.write(piece)
        found.flush()
    else:
        if hasattr(file, "flush") and getattr(file, "writable", lambda: False)():
            file.flush()
    os.lseek(found.fileno(), 0, os.SEEK_SET)
    return found


def _measured(file: IO[bytes]) -> Copy:
    digest, size = sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return Copy(file, size, digest.hexdigest())
