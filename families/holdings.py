"""What the rooms of the family hold, and what becomes of it.

Anonymising removes all of it: who belongs to whom tells a family apart even without a name.
"""

from reviews.permissions import Permission as P
from reviews.retention.holdings import Ending, Holding

OPEN = """Relation Household Living Inclusion GroupNote Disagreement Standing Consultation Waiver
    Contact ContactPerson Refusal Promise FamilyQuestion Influence EarlierOutcome Support Letter
    Reply Keepsake Told Evaluation"""
SAFETY = "Safety SafetyReason Apart"
SAID = "Contribution Reader ContributionText AccuracyCheck Contradiction Use"


def holdings() -> list[Holding]:
    gone = Ending.REMOVE
    return [
        Holding("families.Person", gone, reads=P.SEE_NAMES, is_person=True),
        *(Holding(f"families.{name}", gone, reads=P.SEE_NAMES) for name in OPEN.split()),
        *(
            Holding(f"families.{name}", gone, reads=P.SEE_SAFETY, is_close=True)
            for name in SAFETY.split()
        ),
        *(
            Holding(f"families.{name}", gone, reads=P.READ_CONTRIBUTIONS, is_close=True)
            for name in SAID.split()
        ),
    ]
