"""What came with an email: it is kept inside it, so it must be as harmless as the email itself."""

import zipfile
from typing import IO

import olefile
from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import foreign, office

MOST = 200


def require_harmless(content: IO[bytes], name: str, *, of: str, number: int) -> None:
    """No programs, archives, macros or old Office files; the rest may stay. Raises Refused."""
    if number >= MOST:
        raise Refused(
            _("“%(name)s” has too many attachments. Upload them one by one.") % {"name": of}
        )
    head = content.read(16)
    if foreign.is_program(head) or foreign.has_dangerous_name(name):
        raise _refused(name, of)
    if head.startswith(b"PK"):
        try:
            office.inspect(content, name)
        except Refused as refused:
            raise _refused(name, of) from refused
    elif foreign.is_archive(head) or head.startswith(olefile.MAGIC) or zipfile.is_zipfile(content):
        raise _refused(name, of)


def _refused(name: str, of: str) -> Refused:
    return Refused(
        _(
            "“%(of)s” carries “%(name)s”, which may hold a program, macros or an archive. Upload "
            "the email without it, or print the email as a PDF."
        )
        % {"of": of, "name": name or _("an attachment")}
    )
