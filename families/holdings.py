"""What the rooms of the family hold, and what becomes of it.

Anonymising removes all of it: who belongs to whom tells a family apart even without a name.
"""

from typing import Any

from django.db.models import Q

from families.contributions.models import Contribution
from reviews.case.models import Review
from reviews.permissions import Permission as P
from reviews.retention.holdings import Ending, Holding, by_name

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


def closed_rows(review: Review, user: Any) -> list[tuple[str, str]]:
    """What was said for other people alone, with all that hangs on it."""
    readable = Contribution.objects.readable(user, review).values("pk")
    hidden = set(review.contributions.exclude(pk__in=readable).values_list("pk", flat=True))
    if not hidden:
        return []
    found = [(Contribution._meta.label, str(pk)) for pk in hidden]
    for name in SAID.split()[1:]:
        table = by_name()[f"families.{name}"].model
        of_hidden = Q(contribution__in=hidden)
        if name == "Contradiction":
            of_hidden |= Q(other__in=hidden)
        rows = table._base_manager.filter(of_hidden).values_list("pk", flat=True)
        found += [(table._meta.label, str(pk)) for pk in rows]
    return found
