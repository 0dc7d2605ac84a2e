"""Compound files: Outlook's emails are let in, what Office wrote before 2007 is not."""

import io
from collections.abc import Iterator
from typing import IO

import olefile
from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import attached
from scr_portal.documents.kinds import LARGEST_EMAIL, MIB, Kind

MAGIC = olefile.MAGIC
# What a file is, by a stream that only it has.
_OLD = {
    "WordDocument": ".docx",
    "Workbook": ".xlsx",
    "Book": ".xlsx",
    "PowerPoint Document": ".pptx",
}
_ATTACHMENT = "__attach_version1.0_"
_DATA = "__substg1.0_37010102"
_NAMES = ("__substg1.0_3707001f", "__substg1.0_3704001f")


def inspect(file: IO[bytes], name: str) -> Kind:
    """Raises Refused."""
    file.seek(0)
    try:
        # Given as a path a name could be opened: an open file never is.
        with olefile.OleFileIO(file) as ole:
            streams = [[part.lower() for part in path] for path in ole.listdir()]
            _require_email(ole, streams, name)
            for number, (attachment, content) in enumerate(_attachments(ole, streams)):
                attached.require_harmless(content, attachment, of=name, number=number)
    except Refused:
        raise
    except Exception as error:  # whatever a parser makes of a hostile file, it is not let in
        raise Refused(_unreadable(name)) from error
    return Kind.MSG


def _require_email(ole: olefile.OleFileIO, streams: list[list[str]], name: str) -> None:
    tops = {path[0] for path in streams}
    if "encryptedpackage" in tops:
        raise Refused(
            _(
                "“%(name)s” is protected by a password. Take the password away (in Office: File, "
                "Info, Protect) and upload it again."
            )
            % {"name": name}
        )
    for stream, ending in _OLD.items():
        if stream.lower() in tops:
            raise Refused(
                _(
                    "“%(name)s” is in an older Office format, which may hold macros. Open it and "
                    "save it as %(ending)s, then upload that copy."
                )
                % {"name": name, "ending": ending}
            )
    if "__properties_version1.0" not in tops:
        raise Refused(_unreadable(name))
    if ole.get_size("__properties_version1.0") > MIB:
        raise Refused(_unreadable(name))


def _attachments(
    ole: olefile.OleFileIO, streams: list[list[str]]
) -> Iterator[tuple[str, IO[bytes]]]:
    for folder in sorted({path[0] for path in streams if path[0].startswith(_ATTACHMENT)}):
        data = f"{folder}/{_DATA}"
        if not ole.exists(data):
            continue  # an email inside an email is folders of the same file
        if ole.get_size(data) > LARGEST_EMAIL:
            raise ValueError("attachment too large")
        found = [ole.openstream(f"{folder}/{each}") for each in _NAMES if _is(ole, folder, each)]
        name = found[0].read(2048).decode("utf-16-le", "replace") if found else ""
        yield name, io.BytesIO(ole.openstream(data).read())


def _is(ole: olefile.OleFileIO, folder: str, stream: str) -> bool:
    return bool(ole.exists(f"{folder}/{stream}"))


def _unreadable(name: str) -> str:
    return _(
        "“%(name)s” can't be read. If it is an email, save it from Outlook as a message again; "
        "otherwise save it as a PDF."
    ) % {"name": name}
