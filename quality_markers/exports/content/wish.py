from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from quality_markers.exports.models import Export


@dataclass(frozen=True)
class Wish:
    """What one person asks to take with them."""

    assessment: Pass
    user: Any
    at: datetime
    of: str = Export.Of.PASS
    compared_with: Pass | None = None
    marker: Marker | None = None
    is_named: bool = True
    with_comments: bool = False
    recipient: str = ""

    @classmethod
    def of_export(cls, export: Export, at: datetime) -> Self:
        names = ("assessment", "of", "compared_with", "marker", "is_named", "with_comments")
        said = {name: getattr(export, name) for name in names}
        return cls(user=export.asked_by, at=at, recipient=export.recipient, **said)

    def about(self, assessment: Pass) -> Self:
        """The same of another pass of the review, which is the object that knows their leave."""
        assessment.review = self.assessment.review
        return replace(self, assessment=assessment)
