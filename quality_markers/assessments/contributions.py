"""What this room answers when a lower room, or the first page, asks."""

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import content
from quality_markers.assessments.models import Answer, EvidenceItem, Pass
from quality_markers.assessments.queries import mine
from quality_markers.assessments.waiting import needs_of
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from reviews.signatures.rules import TITLES
from scr_portal.core.links import OwnLink
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move

S = Pass.State


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    reads = (Permission.READ_MARKERS, Permission.READ_FAMILY_MARKERS)
    if not any(user.has_perm(permission, review) for permission in reads):
        return []
    url = reverse("quality_markers:passes", args=[review.pk])
    return [
        {
            "part": Part.MARKERS,
            "label": _("Self-assessments"),
            "name": "quality_markers:passes",
            "url": url,
        }
    ]


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    if move.target != Stage.CLOSED:
        return []
    unfinished = Pass.objects.filter(review=review).exclude(state__in=[S.ACCEPTED, S.WITHDRAWN])
    return [
        Reason(
            _("Self-assessment %(number)s has not been accepted yet.") % {"number": one.number},
            one.get_absolute_url(),
            _("Go to the self-assessment"),
        )
        for one in unfinished
    ]


def signed(signature: Signature) -> list[dict[str, Any]]:
    """The content as it stands now, for the page that compares it with what was signed."""
    if signature.target_type != Pass._meta.label_lower:
        return []
    assessment = Pass.objects.select_related("review", "catalogue", "submitted_by").get(
        pk=signature.target_id
    )
    kept = json.loads(signature.content)
    return [content.of(assessment, kept["people"], kept.get("form", 1))]


def worklist(user: Any) -> list[Need]:
    return needs_of(user)


def navigation() -> list[OwnLink]:
    return [OwnLink(_("My questions"), "quality_markers:my_questions", mine.waiting_for)]


def signed_words(target_type: str) -> list[dict[str, Any]]:
    if target_type != Pass._meta.label_lower:
        return []
    return [
        {
            "purpose": dict(Pass.Purpose.choices),
            "judgement": dict(Answer.Judgement.choices),
            "kind": dict(EvidenceItem.Kind.choices),
            TITLES: {
                "evidence_sha256": _("Documents and facts it rests on, as SHA-256"),
                "sha256": _("SHA-256"),
                "self_assessment": _("Self-assessment"),
                "at": _("When"),
                "by": _("By whom"),
            },
        },
    ]
