"""What a decision needs before the chair signs it, and what exactly is signed (QM 2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.models import Review
from reviews.decisions.advice import queries as advice
from reviews.decisions.advice.models import Recommendation
from reviews.decisions.decision.models import Decision, Factor
from reviews.decisions.returns import queries as returns
from scr_portal.core import clock
from scr_portal.core.reasons import Reason

# What a later version begins with, as it stood in the one before it.
CARRIED = ["outcome", "criteria_met", "nature", "rationale", "delay_reason", "departs_reason"]
DECIDE = [*CARRIED, "changed"]


def limit_of(review: Review) -> date | None:
    """The profile's limit for the chair's decision (statutory.md); not every one has it."""
    profile = timetable.profile(review.profile)
    due = timetable.deadlines(profile, review.anchors, today=clock.today())
    limits = [row.limit_on for row in due if row.clock.met_by == timetable.Anchor.DECIDED]
    return min(limits, default=None)


def late(review: Review) -> bool:
    limit = limit_of(review)
    return limit is not None and limit < clock.today()


def departs(decision: Decision, recommended: Recommendation | None) -> bool:
    """Whether the outcome is another than what was recommended."""
    if recommended is None or not decision.outcome:
        return False
    return decision.outcome != recommended.outcome


def missing(decision: Decision, review: Review) -> list[Reason]:
    url = reverse("reviews:decision_edit", args=[review.pk])
    recommended = advice.latest_recommendation(review)
    wanted = [
        (not decision.outcome, "outcome", _("Choose an outcome.")),
        (
            decision.criteria_met is None,
            "criteria_met",
            _("Say whether the statutory criteria are met."),
        ),
        (not decision.rationale.strip(), "rationale", _("Give the reasons for the decision.")),
        (
            decision.outcome == Review.Outcome.REVIEW and not decision.nature.strip(),
            "nature",
            _("Describe the nature and scale of the review."),
        ),
        (
            departs(decision, recommended) and not decision.departs_reason.strip(),
            "departs_reason",
            _("Say why the decision departs from what was recommended."),
        ),
        (
            decision.number > 1 and not decision.changed.strip(),
            "changed",
            _("Say what is new since the last version."),
        ),
        (
            late(review) and not decision.delay_reason.strip(),
            "delay_reason",
            _("Say why the decision took longer than the limit."),
        ),
    ]
    found = [Reason(text, f"{url}#id_{name}") for is_missing, name, text in wanted if is_missing]
    return [*found, *_unweighed(decision, review)]


def _unweighed(decision: Decision, review: Review) -> list[Reason]:
    done = {row.factor for row in decision.weighed if row.note.strip()} if decision.pk else set()
    left = [str(factor.label) for factor in Factor if factor.value not in done]
    if not left:
        return []
    url = reverse("reviews:decision_factors", args=[review.pk])
    text = _("Weigh each factor, with a note. Not weighed yet: %(factors)s.")
    return [Reason(text % {"factors": "; ".join(left)}, url)]


def gaps(review: Review) -> list[Reason]:
    """What a reader of the decision would ask after. It explains, and blocks nothing."""
    url = reverse("reviews:advice", args=[review.pk])
    found = []
    if (stand := returns.summary(review)).waiting:
        information = reverse("reviews:information", args=[review.pk])
        found.append(Reason(f"{stand.in_words}.", information, _("See which")))
    if not advice.meetings_of(review).exists():
        found.append(Reason(_("No meeting of the sub-group is on the record."), url))
    if advice.latest_recommendation(review) is None:
        found.append(Reason(_("Nobody has made a recommendation to the chair."), url))
    if not advice.challenges_of(review).exists():
        found.append(Reason(_("It is not said whether a peer challenged the thinking."), url))
    if not advice.inputs_of(review, "decision").exists():
        found.append(Reason(_("No member has been asked for input."), url))
    return found


def statement(decision: Decision) -> str:
    return _(
        "I have read this decision, version %(number)s. It is mine as chair, and the reasons "
        "given in it are the reasons for which I took it."
    ) % {"number": decision.number}


def content(
    decision: Decision, review: Review, names: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """What is signed: every word of the version, and the record it was taken on.

    ``names`` (id to name) are those of a signature: a person renamed since changes nothing.
    """
    writer = decision.written_by_id
    return {
        "reference": review.reference,
        "board": review.board.name,
        "version": decision.number,
        "outcome": decision.outcome,
        "criteria_met": decision.criteria_met,
        "nature": decision.nature,
        "rationale": decision.rationale,
        "factors": [
            {"factor": row.factor, "bearing": row.bearing, "note": row.note}
            for row in decision.weighed
        ],
        "recommendation": _recommended(decision.recommendation),
        "departs_reason": decision.departs_reason,
        "delay_reason": decision.delay_reason,
        "changed": decision.changed,
        "written_by": (names or {}).get(writer) or str(decision.written_by),
        "written_by_account": writer,
        "written_at": decision.written_at.isoformat(),
    }


def _recommended(made: Recommendation | None) -> dict[str, Any]:
    return {"number": made.number, "outcome": made.outcome} if made else {}
