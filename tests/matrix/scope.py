"""What lies behind the addresses of the scope: reviewers, partner boards, governance."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from reviews.scoping.reviewers.operations import register
from scr_portal.core import clock
from tests.cast import Cast
from tests.reviews.scoping import building

ON_BOARD = {
    P.KEEP_REGISTERS: """reviews:register reviews:register_new reviews:reviewer
        reviews:reviewer_edit reviews:reviewer_retire reviews:reviewer_return
        reviews:reference_remove""",
}
ON_REVIEW = [
    ({P.READ_SCOPE}, "reviews:reviewers reviews:partners reviews:governance"),
    ({P.APPOINT}, "reviews:partner_new reviews:partner_edit reviews:partner_end"),
    (
        {P.WRITE_SCOPE},
        """reviews:governance_edit reviews:responsibility_new reviews:responsibility_remove
        reviews:step_new reviews:step_edit reviews:step_move reviews:step_remove
        reviews:impasse_new reviews:impasse_edit""",
    ),
    ({P.EXPORT}, "reviews:governance_paper"),
    ({P.READ_PLAN}, "reviews:parallel"),
    ({P.KEEP_PLAN}, "reviews:parallel_new reviews:parallel_edit reviews:parallel_end"),
    ({P.EDIT}, "reviews:declare reviews:engage reviews:engagement_edit reviews:engagement_end"),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    of_partner = {"pk": building.partnered(cast, review).pk}
    of_step = {"pk": building.a_step(cast, review).pk}
    of_process = {"pk": building.a_process(cast, review).pk}
    return _reviewers(cast, review) | {
        "reviews:governance_paper": {"kind": "docx"},
        "reviews:responsibility_remove": {
            "pk": building.named(cast, review, "signs", cast.chair).pk
        },
        "reviews:impasse_edit": {"pk": building.an_impasse(cast, review).pk},
        **{f"reviews:step_{name}": of_step for name in ("edit", "move", "remove")},
        "reviews:parallel_edit": of_process,
        "reviews:parallel_end": of_process,
        "reviews:partner_edit": of_partner,
        "reviews:partner_end": of_partner,
    }


def _reviewers(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    reviewer = building.a_reviewer(cast)
    reference = register.add_reference(
        reviewer=reviewer, by=cast.unit, given_by="Southmere", given_on=clock.today(), text=""
    )
    building.declared(cast, review, reviewer)
    engagement = building.engaged(cast, review, reviewer)
    of_reviewer, of_engagement = {"pk": reviewer.pk}, {"pk": engagement.pk}
    return {
        "reviews:reviewer": of_reviewer,
        "reviews:reviewer_edit": of_reviewer,
        "reviews:reviewer_retire": of_reviewer,
        "reviews:reviewer_return": of_reviewer,
        "reviews:reference_remove": of_reviewer | {"reference": reference.pk},
        "reviews:engage": of_reviewer,
        "reviews:engagement_edit": of_engagement,
        "reviews:engagement_end": of_engagement,
    }
