"""Whether proceedings leave room for contact with a person (QM 12, obstacles)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from families.involvement.models import Consultation, Standing

# Whoever speaks to them first may spoil a trial.
GUARDED = frozenset({Standing.Part.WITNESS, Standing.Part.SUSPECT})
Agreed = Consultation.Agreed


@dataclass(frozen=True)
class Leave:
    """``words`` say why not; empty where contact is allowed."""

    allowed: bool
    words: str | Promise = ""


FREE = Leave(True)
NOT_ASKED = Leave(
    False, _("They have a part in proceedings, and no investigating officer has been consulted")
)
NOT_NOW = Leave(False, _("The investigating officer has agreed to no contact for now"))
NOT_YET = Leave(False, _("The day from which the investigating officer agreed has not come"))


def is_open(standing: Standing, on: date) -> bool:
    return standing.ended_on is None or on < standing.ended_on


def is_guarded(standings: Iterable[Standing], on: date) -> bool:
    """Witness or suspect in proceedings that go on: the officer is consulted first."""
    return any(row.part in GUARDED and is_open(row, on) for row in standings)


def newest(consultations: Iterable[Consultation], on: date) -> Consultation | None:
    """The one that held on that day."""
    held = [row for row in consultations if row.consulted_on <= on]
    return max(held, key=lambda row: (row.consulted_on, row.pk), default=None)


def contact_allowed(
    standings: Iterable[Standing], consultations: Iterable[Consultation], on: date
) -> Leave:
    """``standings`` and ``consultations`` are those of one person."""
    if not is_guarded(standings, on):
        return FREE
    held = newest(consultations, on)
    if held is None:
        return NOT_ASKED
    if held.agreed == Agreed.FROM:
        return FREE if held.contact_from and held.contact_from <= on else NOT_YET
    return FREE if held.agreed == Agreed.YES else NOT_NOW
