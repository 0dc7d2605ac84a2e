"""From the first bytes to the one inspector that knows the format."""

from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents import names
from scr_portal.documents.content import mail, office, ole, pages, pictures, texts
from scr_portal.documents.kinds import LARGEST, MIB, Kind

ACCEPTED = _(
    "Word, Excel, PowerPoint, PDF, text, CSV, email (EML or MSG), PNG and JPEG files are accepted."
)


def inspect(file: IO[bytes], name: str) -> Kind:
    """What the file is. Raises Refused, with a sentence that says how to put it right."""
    size = file.seek(0, 2)
    if not size:
        raise Refused(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if size > LARGEST:
        raise Refused(too_large(name))
    file.seek(0)
    kind = _kind(file, file.read(1024), name)
    if not names.agrees(name, kind):
        raise Refused(_wrong_ending(name, kind))
    return kind


def too_large(name: str) -> str:
    return _(
        "“%(name)s” is larger than %(limit)d MB. Make it smaller, for example by compressing its "
        "pictures, or split it."
    ) % {"name": name, "limit": LARGEST // MIB}


def _kind(file: IO[bytes], head: bytes, name: str) -> Kind:
    if head.startswith(b"PK"):
        return office.inspect(file, name)
    if head.startswith(ole.MAGIC):
        return ole.inspect(file, name)
    if head.startswith(b"%PDF-"):
        return pages.inspect(file, name)
    if head.startswith(pictures.PNG):
        return pictures.inspect_png(file, name)
    if head.startswith(pictures.JPEG):
        return pictures.inspect_jpeg(file, name)
    ending = names.split(name)[1].lower()
    if ending == ".eml":
        return mail.inspect(file, name)
    if ending in {".txt", ".csv"}:
        texts.inspect(file, name)
        return Kind(ending[1:])
    raise Refused(_unknown(name, ending))


def _unknown(name: str, ending: str) -> list[str]:
    """A known ending over something else deserves another sentence than an unknown one."""
    known = {each: kind for kind in Kind for each in kind.endings}
    if kind := known.get(ending):
        first = _("“%(name)s” is not a %(kind)s inside, whatever its name says.") % {
            "name": name,
            "kind": kind.label,
        }
        return [first + " " + _("Open it in the program that made it and save it anew.")]
    return [_("“%(name)s” can't be taken.") % {"name": name} + " " + str(ACCEPTED)]


def _wrong_ending(name: str, kind: Kind) -> str:
    return _(
        "“%(name)s” is a %(kind)s inside. Rename it so that it ends in %(ending)s, then upload it "
        "again."
    ) % {"name": name, "kind": kind.label, "ending": kind.endings[0]}
