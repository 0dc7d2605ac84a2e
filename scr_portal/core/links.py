"""A link of the header that is there for whoever has something behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Notice:
    """What stands on every page of a person's while there are rows behind it.

    ``template`` draws them as ``rows``; whether there are any is asked in the header's statement.
    """

    behind: Callable[[Any], QuerySet[Any]]
    template: str


@dataclass(frozen=True)
class OwnLink:
    """``behind``: what is behind it of a person's; asked in the header's own statement."""

    label: str | Promise
    name: str
    behind: Callable[[Any], QuerySet[Any]]
