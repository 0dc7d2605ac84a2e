from collections.abc import Mapping
from typing import Any

from django.db import models

from reviews.decisions.referrals.models import Tag

LONGEST_TAG = 80
# The field of a form for each kind of tag.
TAG_FIELDS = {"adults": Tag.Kind.ADULT, "settings": Tag.Kind.SETTING, "others": Tag.Kind.OTHER}


def labels(model: type[models.Model], names: list[str]) -> str:
    return ", ".join(str(model._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]


def lines(text: str) -> list[str]:
    """Tags as they were typed, one in a line, each once whatever its capitals."""
    found: dict[str, str] = {}
    for line in (" ".join(each.split()) for each in text.split("\n")):
        found.setdefault(line.casefold(), line)
    return [line for line in found.values() if line]


def tags_in(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Kind and label."""
    return [
        (str(kind), label)
        for name, kind in TAG_FIELDS.items()
        for label in lines(data.get(name, ""))
    ]
