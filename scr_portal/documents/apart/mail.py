"""An email without its way here: stations, programs, hidden addressees.

Who wrote what to whom stays. What is attached to it is not looked into.
"""

import re
from collections.abc import Callable
from typing import IO

_KEPT = re.compile(
    rb"(from|sender|to|cc|reply-to|date|subject|message-id|in-reply-to|references|mime-version"
    rb"|content-[a-z-]+):",
    re.I,
)
_HEAD = re.compile(rb"(.*?\r?\n)(\r?\n.*|\Z)", re.S)
_LINE = re.compile(rb"[^\n]*\n(?:[ \t][^\n]*\n)*")


def copy(file: IO[bytes], out: IO[bytes], _cleaned: Callable[[bytes], bytes]) -> None:
    whole = file.read().lstrip(b"\xef\xbb\xbf\r\n")
    found = _HEAD.match(whole)
    if not found:
        raise ValueError("no head")
    out.writelines(each for each in _LINE.findall(found[1]) if _KEPT.match(each))
    out.write(found[2])
