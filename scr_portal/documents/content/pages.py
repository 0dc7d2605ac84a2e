"""PDF: its mark is the very first thing, its end is at the end, and it does nothing by itself."""

import re
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from scr_portal.core.reasons import Refused
from scr_portal.documents import outgoing
from scr_portal.documents.content.foreign import require_no_archive
from scr_portal.documents.kinds import Kind

_VERSION = re.compile(rb"%PDF-[12]\.\d[\s%]")
_OTHER = re.compile(rb"<\s*(?:html|script|body|svg|iframe|!doctype|\?php)", re.I)


def inspect(file: IO[bytes], name: str) -> Kind:
    """Raises Refused."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(1024)
    file.seek(max(0, size - 2048))
    tail = file.read(2048)
    if not _VERSION.match(head) or b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused(
            _(
                "“%(name)s” begins like a PDF and is not a whole one. Open it, save or print it "
                "as a PDF anew, and upload that copy."
            )
            % {"name": name}
        )
    if _OTHER.search(head) or _OTHER.search(tail.rpartition(b"%%EOF")[2]):
        raise Refused(
            _("“%(name)s” is a web page and a PDF at once. Print it as a PDF and upload that copy.")
            % {"name": name}
        )
    require_no_archive(file, name)
    for found in sorted(outgoing.look(file, Kind.PDF)):
        raise Refused(_SENTENCES[found] % {"name": name})
    return Kind.PDF


# What outgoing.look may say of one.
_SENTENCES = {
    "acts": _l(
        "“%(name)s” runs a script, starts a program or plays something when it is opened. Print "
        "it as a PDF and upload that copy."
    ),
    "broken": _l(
        "“%(name)s” begins like a PDF and can't be read. Open it, save or print it as a PDF anew, "
        "and upload that copy."
    ),
    "fetches": _l(
        "“%(name)s” fetches part of itself from elsewhere. Print it as a PDF and upload that copy."
    ),
    "files": _l(
        "“%(name)s” carries other files inside. Save them out of it and upload them one by one; "
        "print the rest as a PDF."
    ),
    "form": _l(
        "“%(name)s” is a form that only one program can show. Fill it in there, print it as a PDF "
        "and upload that copy."
    ),
    "password": _l(
        "“%(name)s” is protected by a password. Save it without one and upload that copy."
    ),
}
