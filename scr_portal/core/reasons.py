"""Reasons instead of booleans: what stands against an act, and where it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise


@dataclass(frozen=True)
class Reason:
    text: str | Promise
    url: str = ""
    link_text: str | Promise = ""

    def __str__(self) -> str:
        return str(self.text)


class Refused(Exception):
    """An operation was not carried out; ``reasons`` are sentences for the person who asked."""

    def __init__(self, reasons: Iterable[Reason | str | Promise] | str | Promise) -> None:
        if isinstance(reasons, str | Promise):
            reasons = [reasons]
        self.reasons = [r if isinstance(r, Reason) else Reason(r) for r in reasons]
        super().__init__("; ".join(str(reason) for reason in self.reasons))

    def as_error(self) -> ValidationError:
        """Keeps the reasons themselves: the error summary draws their links."""
        return ValidationError([ValidationError(reason) for reason in self.reasons])  # type: ignore[arg-type]
