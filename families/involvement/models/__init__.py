from families.involvement.models.contacts import (
    Answer,
    Contact,
    ContactPerson,
    How,
    Promise,
    Refusal,
)
from families.involvement.models.deciding import (
    Consultation,
    Disagreement,
    GroupNote,
    Inclusion,
    Phase,
    Standing,
    Waiver,
)
from families.involvement.models.focus import EarlierOutcome, FamilyQuestion, Influence
from families.involvement.models.safety import Apart, Safety, SafetyReason, Support

__all__ = [
    "Answer",
    "Apart",
    "Consultation",
    "Contact",
    "ContactPerson",
    "Disagreement",
    "EarlierOutcome",
    "FamilyQuestion",
    "GroupNote",
    "How",
    "Inclusion",
    "Influence",
    "Phase",
    "Promise",
    "Refusal",
    "Safety",
    "SafetyReason",
    "Standing",
    "Support",
    "Waiver",
]
