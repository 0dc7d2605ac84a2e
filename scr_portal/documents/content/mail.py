"""An email as a text file (EML)."""

import email
import io
import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import attached
from scr_portal.documents.kinds import LARGEST_EMAIL, MIB, Kind

_HEADER = re.compile(rb"[!-9;-~]+:")
_KNOWN = ("from", "date", "received", "message-id", "mime-version", "return-path")


def inspect(file: IO[bytes], name: str) -> Kind:
    """Raises Refused."""
    if file.seek(0, 2) > LARGEST_EMAIL:
        raise Refused(
            _(
                "“%(name)s” is an email of more than %(limit)d MB. Upload its attachments one by "
                "one and the email without them."
            )
            % {"name": name, "limit": LARGEST_EMAIL // MIB}
        )
    file.seek(0)
    if not _HEADER.match(file.read(1024).lstrip(b"\xef\xbb\xbf\r\n")) or _holds_nul(file):
        raise Refused(_no_email(name))
    file.seek(0)
    message = email.message_from_binary_file(file, policy=policy.compat32)
    if sum(header in message for header in _KNOWN) < 2:
        raise Refused(_no_email(name))
    for number, (attachment, content) in enumerate(_attachments(message)):
        attached.require_harmless(io.BytesIO(content), attachment, of=name, number=number)
    return Kind.EML


def _holds_nul(file: IO[bytes]) -> bool:
    file.seek(0)
    return any(b"\0" in piece for piece in iter(lambda: file.read(MIB), b""))


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            yield part.get_filename() or "", content if isinstance(content, bytes) else b""


def _no_email(name: str) -> str:
    return _(
        "“%(name)s” is not an email inside. Save it from your email program again, or print it as "
        "a PDF."
    ) % {"name": name}
