"""What has no place inside a file that is let in: programs, and a second file behind it."""

import re
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents import names

# Linux, Java and macOS; Windows shortcuts and cabinets. Windows programs begin with MZ, and so may
# a sentence of somebody with these initials: theirs has no NUL.
_PROGRAMS = (
    *(b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe"),
    *(b"\xce\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00", b"MSCF\x00"),
)
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_DANGEROUS = re.compile(
    r"\.(ade|adp|app|appx|bat|chm|cmd|com|cpl|dll|docm|dotm|exe|gadget|hta|ins|iso|img|jar|jse?|lnk"
    r"|mde|msc|msi|msp|one|pif|potm|ppam|ppsm|pptm|ps1|py|reg|scf|scr|sct|sh|sldm|sys|url|vb|vbe|vbs"
    r"|vhd|wsc|wsf|wsh|xlam|xll|xlsb|xlsm|xltm)",
    re.I,
)


def is_program(head: bytes) -> bool:
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head)


def is_archive(head: bytes) -> bool:
    return head.startswith(_ARCHIVES)


def has_dangerous_name(name: str) -> bool:
    return bool(_DANGEROUS.fullmatch(names.split(name.strip())[1]))


def require_no_archive(file: IO[bytes], name: str) -> None:
    """A PDF with a zip at its end is two files, and nobody looked at the second."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Refused(
            _("“%(name)s” has an archive hidden behind it. Save it anew and upload that copy.")
            % {"name": name}
        )
