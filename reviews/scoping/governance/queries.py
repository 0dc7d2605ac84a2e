from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.permissions import Permission
from reviews.scoping.governance import rules
from reviews.scoping.governance.models import AssuranceStep, Governance, Impasse, Responsibility


def impasses(review: Review) -> QuerySet[Impasse]:
    """Where reviewer and board did not agree, for the report; who asks has opened the review."""
    return review.impasses.select_related("by")


def begun_at(review: Review) -> datetime | None:
    """When its substantive work began, the first time."""
    change = review.stagechanges.filter(target=Stage.UNDER_WAY).order_by("at").first()
    return change.at if change else None


@dataclass
class Arrangements:
    """The whole of the governance of one review; each part is read once."""

    review: Review

    @cached_property
    def texts(self) -> Governance | None:
        rows = Governance.objects.filter(review=self.review)
        return rows.select_related("changed_by").first()

    @cached_property
    def responsibilities(self) -> list[Responsibility]:
        return list(self.review.responsibilitys.select_related("user"))

    @cached_property
    def steps(self) -> list[AssuranceStep]:
        return list(self.review.assurancesteps.all())

    @cached_property
    def impasses(self) -> list[Impasse]:
        return list(impasses(self.review))

    @cached_property
    def begun_at(self) -> datetime | None:
        return begun_at(self.review)

    @property
    def by_duty(self) -> list[tuple[str, list[Responsibility]]]:
        return [
            (str(duty.label), [row for row in self.responsibilities if row.duty == duty])
            for duty in rules.Duty
        ]

    @cached_property
    def both_sides(self) -> list[rules.Finding]:
        if not any(row.duty == rules.Duty.CONDUCTS for row in self.responsibilities):
            return []
        return rules.both_sides(self.responsibilities, people_with(self.review, Permission.SIGN))

    @cached_property
    def about_steps(self) -> list[rules.Finding]:
        return rules.about_steps(self.steps, self.begun_at)

    @property
    def findings(self) -> list[rules.Finding]:
        return [*rules.gaps(self.responsibilities), *self.both_sides, *self.about_steps]
