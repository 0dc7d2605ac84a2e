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
    Inclusion,
    Phase,
    Standing,
    Waiver,
)
from families.involvement.models.focus import FamilyQuestion, Influence
from families.involvement.models.safety import Apart, Safety, Support

__all__ = [
    "Answer",
    "Apart",
    "Consultation",
    "Contact",
    "ContactPerson",
    "Disagreement",
    "FamilyQuestion",
    "How",
    "Inclusion",
    "Influence",
    "Phase",
    "Promise",
    "Refusal",
    "Safety",
    "Standing",
    "Support",
    "Waiver",
]
