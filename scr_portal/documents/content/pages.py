"""PDF: its mark is the very first thing, and its end is at the end."""

import re
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
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
    return Kind.PDF
