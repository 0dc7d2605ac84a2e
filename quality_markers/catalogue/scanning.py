"""A sheet that somebody uploads: looked at by the scanner before anything reads it."""

from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents import scanner


def taken(file: IO[bytes]) -> bytes:
    """The bytes of it. Raises Refused for what is too large, and what the scanner does not let in.

    It is not kept: what is read of it becomes rows of the catalogue.
    """
    from scr_portal.core.excel import LARGEST  # not before it is wanted: openpyxl is large

    content = file.read(LARGEST + 1)
    if not content:
        raise Refused(_("The file is empty. Choose it again."))
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than a catalogue can be."))
    if scanner.is_set():
        _scan(content)
    return content


def _scan(content: bytes) -> None:
    try:
        found = scanner.verdict([content])
    except scanner.ScannerAway as error:
        raise Refused(
            _("The file can’t be checked for harmful software now. Try again in a few minutes.")
        ) from error
    if found:
        raise Refused(
            _("The scanner found harmful software in the file (%(found)s). Nothing was taken.")
            % {"found": found}
        )
