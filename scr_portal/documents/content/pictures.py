"""Pictures are walked from mark to mark: sizes are believed only as a reason to refuse."""

import io
import struct
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.content.foreign import require_no_archive
from scr_portal.documents.kinds import MIB, Kind

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MOST_PIXELS = 100_000_000
"""A large scanner makes 35 million. A few hundred bytes may declare more than any memory holds."""
# Frame headers of every JPEG process; C4, C8 and CC are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def inspect_png(file: IO[bytes], name: str) -> Kind:
    """IHDR first, whole chunks, IEND last, nothing behind it. Raises Refused."""
    end = file.seek(0, 2)
    file.seek(len(PNG))
    first = True
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if first != (kind == b"IHDR") or file.tell() + length + 4 > end:
            break
        if first:
            _require_size(name, *struct.unpack(">II", file.read(8)))
            file.seek(-8, 1)
            first = False
        if kind == b"IEND" and file.tell() + length + 4 == end:
            return _harmless(file, name, Kind.PNG)
        file.seek(length + 4, 1)
    raise Refused(_broken(name))


def inspect_jpeg(file: IO[bytes], name: str) -> Kind:
    """Raises Refused."""
    file.seek(2)
    while (marker := _next_marker(file)) is not None:
        if marker in _ALONE:
            continue
        length = int.from_bytes(file.read(2), "big")
        if marker in _FRAMES and length >= 8:
            height, width = struct.unpack(">xHH", file.read(5).ljust(5, b"\0"))
            _require_size(name, width, height)
            return _harmless(file, name, Kind.JPEG)
        if length < 2:
            break
        file.seek(length - 2, 1)
    raise Refused(_broken(name))


def require_modest(file: IO[bytes], name: str) -> None:
    """Of a picture inside a document, which may be cut off or have more behind it. Raises Refused.

    What says no size where it must draws nothing.
    """
    head = file.read(24)
    if head.startswith(PNG):
        _require_size(name, *struct.unpack(">II", head[16:24].ljust(8, b"\0")))
        return
    held = io.BytesIO(head + file.read(MIB))
    held.seek(2)
    while (marker := _next_marker(held)) is not None:
        if marker in _ALONE:
            continue
        length = int.from_bytes(held.read(2), "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">xHH", held.read(5).ljust(5, b"\0"))
            _require_size(name, width, height)
            return
        held.seek(max(length - 2, 0), 1)


def _next_marker(file: IO[bytes]) -> int | None:
    """None where there is none, or where the picture's own data begins without a frame."""
    if file.read(1) != b"\xff":
        return None
    while (found := file.read(1)) == b"\xff":
        continue
    return None if found in {b"", b"\x00", b"\xd9", b"\xda"} else found[0]


def _require_size(name: str, width: int, height: int) -> None:
    if not width or not height:
        raise Refused(_broken(name))
    if width * height > MOST_PIXELS:
        raise Refused(
            _(
                "“%(name)s” says that it is %(width)d by %(height)d pixels, more than can be "
                "opened. Save it in a smaller size, at most %(limit)d megapixels."
            )
            % {"name": name, "width": width, "height": height, "limit": MOST_PIXELS // 1_000_000}
        )


def _harmless(file: IO[bytes], name: str, kind: Kind) -> Kind:
    require_no_archive(file, name)
    file.seek(0)
    if b"<script" in file.read(MIB).lower():
        raise Refused(_broken(name))
    return kind


def _broken(name: str) -> str:
    return _(
        "“%(name)s” is damaged or holds more than a picture. Open it, save it anew and upload "
        "that copy."
    ) % {"name": name}
