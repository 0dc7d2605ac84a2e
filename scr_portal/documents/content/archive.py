"""A zip, mistrusted: what it declares, and what comes out of it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.kinds import MIB

MOST_PARTS = 10_000
LARGEST_UNPACKED = 500 * MIB
MOST_TIMES = 150
"""XML packs twenty times, a sheet of equal cells a hundred; a bomb, a thousand."""
FREE = 20 * MIB
"""Below this nobody is hurt, however well it was packed."""
_LOCAL = struct.Struct("<4s22xHH")
_PIECE = 256 * 1024


class Broken(Exception):
    """Not a zip that every program reads alike."""


@contextmanager
def opened(file: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """Raises Refused for a bomb and for a locked archive, Broken for a puzzle."""
    file.seek(0)
    try:
        parts = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise Broken from error
    with parts:
        size = file.seek(0, 2)
        _require_modest(parts.infolist(), size, name)
        _require_plain(parts.infolist(), size, name)
        yield parts


def _require_modest(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    grows = unpacked > FREE and unpacked > MOST_TIMES * size
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or grows:
        raise Refused(
            _(
                "“%(name)s” would unpack to far more than it is, as a zip bomb does. Open it, "
                "save it anew as a PDF and upload that copy."
            )
            % {"name": name}
        )


def _require_plain(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    if any(part.flag_bits & 0x41 for part in parts):
        raise Refused(
            _(
                "“%(name)s” is locked with a password inside. Take the password away and upload it "
                "again."
            )
            % {"name": name}
        )
    paths = [part.filename.lower() for part in parts]
    # Of two parts with one name each program takes another; parts that overlap are a bomb.
    if len(paths) != len(set(paths)) or sum(part.compress_size for part in parts) > size:
        raise Broken
    for path, part in zip(paths, parts, strict=True):
        known = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if not known or path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise Broken


def unpack(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The first bytes of a part, when all of it came out as large as it was declared.

    Read past Python's own reader, which stops at the declared size where others go on.
    """
    file = parts.fp
    if file is None:
        raise Broken
    file.seek(part.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise Broken
    _mark, name, extra = _LOCAL.unpack(header)
    file.seek(name + extra, 1)
    is_stored = part.compress_type == zipfile.ZIP_STORED
    return _measured(file, part, None if is_stored else zlib.decompressobj(-15))


def _measured(file: IO[bytes], part: zipfile.ZipInfo, inflate: "zlib._Decompress | None") -> bytes:
    head, left, came = b"", part.compress_size, 0
    while left:
        piece = file.read(min(_PIECE, left))
        if not piece:
            raise Broken
        left -= len(piece)
        for out in _inflated(piece, inflate):
            head = head or out[:16]
            came += len(out)
            if came > part.file_size:
                raise Broken
    if came != part.file_size or (inflate and not inflate.eof):
        raise Broken
    return head


def _inflated(piece: bytes, inflate: "zlib._Decompress | None") -> Iterator[bytes]:
    if inflate is None:
        yield piece
        return
    try:
        while piece:
            yield inflate.decompress(piece, _PIECE)
            piece = inflate.unconsumed_tail
    except zlib.error as error:
        raise Broken from error
