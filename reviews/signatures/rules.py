"""What was signed, as a person reads it. The signed text itself is never touched."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scr_portal.core import dates

Line = tuple[int, str, str]
# By the name in the signed content: what each of its values is called on screen.
Words = Mapping[str, Mapping[str, Any]]
# Under this name stand the titles of the names themselves, where they are no words.
TITLES = ""


def readable(content: Any, words: Words) -> list[Line]:
    """Lines of depth, name and text; what was left empty is left out."""
    return list(_lines(content, words, depth=0, name=""))


def _lines(value: Any, words: Words, *, depth: int, name: str) -> Iterator[Line]:
    if isinstance(value, dict):
        if name:
            yield depth, _title(name, words), ""
        for key, inner in value.items():
            yield from _lines(inner, words, depth=depth + bool(name), name=key)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _lines(inner, words, depth=depth, name=f"{name} {number}")
    elif value not in ("", None):
        yield depth, _title(name, words), _said(value, words.get(name, {}))


def _title(name: str, words: Words) -> str:
    if name in words.get(TITLES, {}):
        return str(words[TITLES][name])
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def _said(value: Any, words: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = str(value)
    if text in words:
        return str(words[text])
    if len(text) == 10 and (day := _parsed(date, text)):
        return dates.on_screen(day)
    if len(text) > 18 and (moment := _parsed(datetime, text)) and moment.tzinfo:
        local = timezone.localtime(moment)
        return _("%(day)s at %(time)s") % {
            "day": dates.on_screen(local.date()),
            "time": date_format(local, "H:i"),
        }
    return text


def _parsed(kind: Any, text: str) -> Any:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        return None
