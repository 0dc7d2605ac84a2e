"""Word, Excel and PowerPoint since 2007: a zip with a list of what its parts are.

Each part is unpacked once, in pieces, to see that it is no larger than it says and no program.
"""

import io
import posixpath
import zipfile
import zlib
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import archive, foreign, pictures
from scr_portal.documents.kinds import MIB, Kind

_TYPES = "[content_types].xml"
_MAIN = {
    "wordprocessingml.document.main+xml": (Kind.DOCX, "word/"),
    "spreadsheetml.sheet.main+xml": (Kind.XLSX, "xl/"),
    "presentationml.presentation.main+xml": (Kind.PPTX, "ppt/"),
}
_MACROS = ("macroenabled", "vbaproject", "macrosheet", "vbadata", "activex")
_MACRO_PARTS = ("vbaproject", "vbadata", "/macrosheets/", "/activex/", "attachedtoolbars")
# What a document may name elsewhere: it is asked for by a click, or by a yes. A picture is not: it
# is fetched when the document is opened, and tells its server so.
_LINKS = ("hyperlink", "externallinkpath", "xlpathmissing")
_LARGEST_XML = 8 * MIB


def inspect(file: IO[bytes], name: str, *, depth: int = 0) -> Kind:
    """Raises Refused."""
    try:
        with archive.opened(file, name) as parts:
            kind = _kind(parts, name)
            for part in parts.infolist():
                _inspect_part(parts, part, name, depth)
    except archive.Broken as error:
        raise Refused(_unreadable(name)) from error
    return kind


def _kind(parts: zipfile.ZipFile, name: str) -> Kind:
    by_name = {part.filename.lower(): part for part in parts.infolist()}
    if any(word in each for each in by_name for word in _MACRO_PARTS):
        raise Refused(_macros(name))
    if _TYPES not in by_name:
        raise Refused(_archive(name))
    types = [
        (element.get("ContentType") or "").lower()
        for element in _xml(parts, by_name[_TYPES], name).iter()
    ]
    if any(word in each for each in types for word in _MACROS):
        raise Refused(_macros(name))
    for ending, (kind, folder) in _MAIN.items():
        is_said = any(each.endswith(ending) for each in types)
        if is_said and any(each.startswith(folder) for each in by_name):
            return kind
    raise Refused(_archive(name))


def _inspect_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, depth: int) -> None:
    path = part.filename.lower()
    head = archive.unpack(parts, part)
    if foreign.is_program(head) or foreign.has_dangerous_name(path):
        raise Refused(_embedded(name, part.filename))
    if head.startswith((pictures.PNG, pictures.JPEG)):
        with parts.open(part) as picture:
            pictures.require_modest(picture, name)
    if head.startswith(b"PK") and "/embeddings/" in path and not depth:
        # The table behind a chart is a workbook inside the document.
        _inspect_inner(parts, part, name, depth)
    elif foreign.is_archive(head) or head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_embedded(name, part.filename))
    elif path.endswith(".rels"):
        _inspect_links(_xml(parts, part, name), name)
    elif path.startswith("xl/externallinks/") and path.endswith(".xml"):
        _inspect_source(_xml(parts, part, name), name)


def _inspect_inner(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, depth: int) -> None:
    try:
        inspect(io.BytesIO(parts.read(part)), posixpath.basename(part.filename), depth=depth + 1)
    except Refused as refused:
        raise Refused(_embedded(name, part.filename)) from refused


def _inspect_links(relationships: Element, name: str) -> None:
    """Templates, frames and objects from elsewhere are loaded without a click, and may run."""
    for element in relationships.iter():
        if (element.get("TargetMode") or "").lower() != "external":
            continue
        what = posixpath.basename((element.get("Type") or "").lower())
        target = (element.get("Target") or "").strip().lower()
        # A template on the office's own server is a path, or "file:".
        is_near = ":" not in target.replace("\\", "/").split("/")[0] or target.startswith("file:")
        is_drive = target[1:2] == ":"
        if what not in _LINKS and not is_near and not is_drive:
            raise Refused(_fetches(name))


def _inspect_source(source: Element, name: str) -> None:
    """DDE starts another program and asks it for a value."""
    if any(element.tag.endswith("}ddeLink") for element in source.iter()):
        raise Refused(_fetches(name))


def _xml(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Element:
    """Raises Refused for what is too large, or no XML, or XML that wants to grow."""
    if part.file_size > _LARGEST_XML:
        raise Refused(_unreadable(name))
    try:
        return fromstring(parts.read(part), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, zlib.error) as error:
        raise Refused(_unreadable(name)) from error


def _macros(name: str) -> str:
    return _(
        "“%(name)s” holds macros, which are small programs. Save it without them, as a plain "
        "Word, Excel or PowerPoint file, or as a PDF."
    ) % {"name": name}


def _embedded(name: str, part: str) -> str:
    return _(
        "“%(name)s” has something inside that may be a program or can't be looked into "
        "(%(part)s). Take the embedded object out, or save the whole as a PDF."
    ) % {"name": name, "part": posixpath.basename(part)[:80]}


def _fetches(name: str) -> str:
    return _(
        "“%(name)s” fetches something from the internet, or from another program, as soon as it "
        "is opened. Break the link in Word or Excel, or save it as a PDF."
    ) % {"name": name}


def _archive(name: str) -> str:
    return _(
        "“%(name)s” is an archive, not a Word, Excel or PowerPoint document. Unpack it and upload "
        "the files one by one."
    ) % {"name": name}


def _unreadable(name: str) -> str:
    return _(
        "“%(name)s” is damaged or not what its name says. Open it in the program that made it and "
        "save it anew."
    ) % {"name": name}
