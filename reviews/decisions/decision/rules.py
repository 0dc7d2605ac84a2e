"""What a decision needs before the chair signs it, and what exactly is signed (QM 2)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.models import Review
from reviews.decisions.decision.models import Decision
from scr_portal.core import clock
from scr_portal.core.reasons import Reason


def late(review: Review) -> bool:
    """Whether the profile's limit for the chair's decision has passed (statutory.md)."""
    profile = timetable.profile(review.profile)
    due = timetable.deadlines(profile, review.anchors, today=clock.today())
    return any(
        row.clock.met_by == timetable.Anchor.DECIDED and row.limit_on < clock.today() for row in due
    )


def missing(decision: Decision, review: Review) -> list[Reason]:
    url = f"{review.get_absolute_url()}decision/edit"
    found = []
    if not decision.outcome:
        found.append(Reason(_("Choose an outcome."), f"{url}#id_outcome"))
    if decision.criteria_met is None:
        found.append(Reason(_("Say whether the statutory criteria are met."), url))
    if not decision.rationale.strip():
        found.append(Reason(_("Give the reasons for the decision."), url))
    if decision.outcome == Review.Outcome.REVIEW and not decision.nature.strip():
        found.append(Reason(_("Describe the nature and scale of the review."), url))
    if decision.number > 1 and not decision.changed.strip():
        found.append(Reason(_("Say what is new since the last version."), url))
    if late(review) and not decision.delay_reason.strip():
        found.append(Reason(_("Say why the decision took longer than the limit."), url))
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
        "delay_reason": decision.delay_reason,
        "changed": decision.changed,
        "written_by": (names or {}).get(writer) or str(decision.written_by),
        "written_by_account": writer,
        "written_at": decision.written_at.isoformat(),
    }
