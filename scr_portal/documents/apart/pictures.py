"""Pictures without what a camera or a program wrote beside them: place, time, device, thumbnail.

From mark to mark, so that the picture itself is not touched. Which way up it is stays.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# What draws the picture (PNG 11.2, 11.3, and the frames of a moving one). Texts, times, eXIf and
# whatever a program made up are not among them.
_DRAWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT "
    b"acTL fcTL fdAT".split()
)
_APP0, _APP2, _APP14, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION = 0x0112


def copy(file: IO[bytes], out: IO[bytes], _cleaned: Callable[[bytes], bytes]) -> None:
    picture = file.read()
    if not picture.startswith((PNG, JPEG)):
        raise ValueError("no picture")
    out.write(cleaned(picture))


def cleaned(picture: bytes) -> bytes:
    """The same picture; what is neither PNG nor JPEG comes back as it is.

    Raises ValueError for one that is broken.
    """
    if picture.startswith(PNG):
        return PNG + b"".join(_chunks(picture))
    if picture.startswith(JPEG):
        return b"".join(_segments(picture))
    return picture


def _chunks(picture: bytes) -> Iterator[bytes]:
    place = len(PNG)
    while place + 12 <= len(picture):
        length, kind = struct.unpack_from(">I4s", picture, place)
        end = place + 12 + length
        if kind in _DRAWN:
            yield picture[place:end]
        elif kind == b"eXIf" and (up := _orientation(picture[place + 8 : end - 4])):
            data = b"eXIf" + _upright(up)
            yield struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
        if kind == b"IEND":
            return
        place = end
    raise ValueError("a PNG without an end")


def _segments(picture: bytes) -> Iterator[bytes]:
    """Behind the end a telephone may keep a second picture, or a film: it goes."""
    yield picture[:2]
    place, up = 2, 0
    while place + 4 <= len(picture):
        if picture[place] != 0xFF:
            raise ValueError("no mark where one must be")
        kind = picture[place + 1]
        if kind == 0xFF:
            place += 1
        elif kind == _END:
            yield picture[place : place + 2]
            return
        elif kind in _ALONE:
            yield picture[place : place + 2]
            place += 2
        else:
            end = place + 2 + struct.unpack_from(">H", picture, place + 2)[0]
            segment = picture[place:end]
            if segment[4:10] == b"Exif\0\0" and not up:
                if up := _orientation(segment[10:]):
                    data = b"Exif\0\0" + _upright(up)
                    yield b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
            elif _is_drawn(kind, segment):
                yield segment
            if kind == _SCAN:
                scanned = _scanned(picture, end)
                yield picture[end:scanned]
                end = scanned
            place = end
    if picture[place : place + 2] == b"\xff\xd9":
        yield picture[place : place + 2]
        return
    raise ValueError("a JPEG without an end")


def _is_drawn(kind: int, segment: bytes) -> bool:
    """Of what programs add, that alone which says how the colours are meant."""
    if kind == _APP0:
        return segment[4:9] == b"JFIF\0"
    if kind == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"
    if kind == _APP14:
        return segment[4:9] == b"Adobe"
    return kind != _COMMENT and not _APP0 <= kind <= 0xEF


def _scanned(picture: bytes, place: int) -> int:
    """Where the next mark is; FF 00 and the restarts are the picture's own."""
    while (place := picture.find(b"\xff", place)) >= 0:
        following = picture[place + 1 : place + 2]
        if following and following != b"\x00" and not 0xD0 <= following[0] <= 0xD7:
            return place
        place += 2
    raise ValueError("a JPEG without an end")


def _orientation(tiff: bytes) -> int:
    """1 to 8, or nothing where it is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order or len(tiff) < 10:
        return 0
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return 0
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(count):
        place = start + 2 + 12 * number
        if place + 12 > len(tiff):
            return 0
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, place)
        if tag == _ORIENTATION:
            return value if 1 < value <= 8 else 0
    return 0


def _upright(up: int) -> bytes:
    """A directory of one entry."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, up, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
