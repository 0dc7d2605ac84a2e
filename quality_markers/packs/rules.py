"""The keys in a file that say whose it is, and what a file says against what stands here."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from quality_markers.assessments.rules import normal
from scr_portal.core.pdf import carriable
from scr_portal.documents.kinds import MIB

LARGEST = 10 * MIB
LARGEST_UNPACKED = 40 * MIB
"""107 answers of many pages each are a tenth of it; what is larger was not made by writing."""

BLANK = ("", "not_considered")

_SALT = "quality_markers.packs"

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What one answer of a returned file is, against what stands here by now."""

    BOTH = "both"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def file_key(key: str) -> str:
    return f"{key}.{_signed(key)[0]}"


def key_in(said: str) -> str:
    """The key of the pack that a file says it is of; nothing where it was not signed here."""
    key, _dot, signature = said.partition(".")
    known = any(constant_time_compare(signature, each) for each in _signed(key))
    return key if known else ""


def item_key(key: str, slot: str) -> str:
    return _signed(f"{key}/{slot}")[0]


def item_keys(key: str, slots: Any) -> dict[str, str]:
    """Each slot by whatever its key in that file may be, keys of an earlier secret among them."""
    return {each: slot for slot in slots for each in _signed(f"{key}/{slot}")}


def _signed(value: str) -> list[str]:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(_SALT, value, secret=secret, algorithm="sha256").hexdigest()[:32]
        for secret in secrets
    ]


def changed(given: Texts, back: Texts) -> dict[str, str]:
    """The fields that the file says otherwise than it did when it was handed out.

    A file carries no control characters, and programs add an empty line to its texts or take one
    away: none of it is a change of anybody's.
    """
    found = {name: carriable(normal(text)).strip() for name, text in back.items()}
    return {
        name: text
        for name, text in found.items()
        if text != carriable(normal(given.get(name, ""))).strip()
    }


def same_words(one: str, other: str) -> bool:
    return carriable(one).split() == carriable(other).split()


def clashes(given: Texts, file: Texts, now: Texts) -> list[str]:
    """Fields that somebody changed here since, and to something else than the file says."""
    return [name for name, text in file.items() if now[name] not in (text, given[name])]


def kind_of(given: Texts, file: Texts, now: Texts) -> Kind:
    if all(now[name] == text for name, text in file.items()):
        return Kind.SAME
    if clashes(given, file, now):
        return Kind.BOTH
    return Kind.NEW if all(given[name] in BLANK for name in file) else Kind.CHANGED
