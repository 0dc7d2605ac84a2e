"""Packs are handed out, come back, and are taken answer by answer."""

from quality_markers.packs.operations.handing_out import ON_PAPER, chosen, file_of, hand_out, sheets
from quality_markers.packs.operations.settling import leave, take, take_all, undo
from quality_markers.packs.operations.taking_in import take_in

__all__ = [
    "ON_PAPER",
    "chosen",
    "file_of",
    "hand_out",
    "leave",
    "sheets",
    "take",
    "take_all",
    "take_in",
    "undo",
]
