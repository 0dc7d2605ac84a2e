"""What this room tells the rooms below it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.asking import Asked
from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.decisions.advice import queries, rules
from reviews.decisions.advice.models import InputRequest, Meeting
from reviews.decisions.advice.queries import latest_recommendation, meetings_of
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen


def chased() -> list[QuerySet[Asked]]:
    return [InputRequest.objects.select_related("review__board", "user")]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:advice", args=[review.pk])
    return [{"part": Part.DECISION, "label": _("Advice"), "name": "reviews:advice", "url": url}]


def document_targets(kind: str, pk: str, review: Review, user: Any) -> list[Meeting]:
    """Minutes belong to a meeting."""
    if kind != Meeting._meta.label_lower or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return list(queries.meetings_of(review).filter(pk=pk)) if pk.isdecimal() else []


def worklist(user: Any) -> list[Need]:
    return [*_to_answer(user), *_to_recommend(user)]


def _to_answer(user: Any) -> list[Need]:
    words = {
        rules.About.DECISION: _("Give your input to the chair's decision"),
        rules.About.TERMS: _("Give your input to the terms of reference"),
    }
    return [
        Need(
            text=words[rules.About(row.about)],
            url=row.get_absolute_url(),
            due=row.due_on,
            review=row.review,
            since=row.asked_at,
        )
        for row in InputRequest.objects.of(user).waiting().select_related("review")
    ]


def _to_recommend(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.RECOMMEND)
    return [
        Need(
            text=_("Record what is recommended to the chair"),
            url=reverse("reviews:advice", args=[review.pk]),
            review=review,
            since=review.stage_since,
        )
        for review in reviews.filter(stage=Stage.CONSIDERING, recommendations__isnull=True)
    ]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker != 2 or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [*_of_the_panel(review), *_of_peers(review), *_of_members(review, user)]


def _of_the_panel(review: Review) -> list[Evidence]:
    url = reverse("reviews:advice", args=[review.pk])
    found = [
        Evidence(
            "2.4",
            _("The sub-group met on %(day)s") % {"day": on_screen(row.held_on)},
            row.get_absolute_url(),
            row.held_on,
        )
        for row in queries.meetings_of(review)
    ]
    for row in queries.recommendations_of(review):
        dissents = len(row.dissents.all())
        text = ngettext(
            "Recommendation %(number)s to the chair: %(outcome)s, with %(dissents)s dissent",
            "Recommendation %(number)s to the chair: %(outcome)s, with %(dissents)s dissents",
            dissents,
        )
        said = {"number": row.number, "outcome": row.get_outcome_display(), "dissents": dissents}
        found.append(Evidence("2.4", text % said, url, row.at.date()))
    nothing = _("No record of a meeting of the sub-group or of a recommendation")
    return found or [Evidence("2.4", nothing, url, contradicts=True)]


def _of_peers(review: Review) -> list[Evidence]:
    url = reverse("reviews:advice", args=[review.pk])
    nothing = _("No record of whether a peer was asked to challenge the thinking")
    return [
        Evidence(
            "2.6",
            _("A peer challenged the thinking: %(peer)s") % {"peer": row.peer}
            if row.sought
            else _("Independent challenge was considered and not sought, with the reason"),
            url,
            row.held_on or row.at.date(),
        )
        for row in queries.challenges_of(review)
    ] or [Evidence("2.6", nothing, url, contradicts=True)]


def _of_members(review: Review, user: Any) -> list[Evidence]:
    """Counts alone, for those who may read the answers."""
    if not rules.may_ask(user, rules.About.DECISION, review):
        return []
    rows = list(queries.inputs_of(review, rules.About.DECISION))
    if not rows:
        nothing = _("No record that members were asked for input on the decision")
        url = reverse("reviews:advice", args=[review.pk])
        return [Evidence("2.9", nothing, url, contradicts=True)]
    text = _("%(asked)s members were asked for input, and %(answered)s have answered") % {
        "asked": len(rows),
        "answered": sum(row.answered_at is not None for row in rows),
    }
    url = reverse("reviews:inputs", args=[review.pk])
    return [Evidence("2.9", text, url, rows[0].asked_at.date())]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    label, url = _("The sub-group's recommendation"), reverse("reviews:advice", args=[review.pk])
    if made := latest_recommendation(review):
        hint = _("Recommended: %(what)s") % {"what": made.get_outcome_display()}
        return [Step(label, url, How.DONE, hint)]
    return [Step(label, url, How.BEGUN if meetings_of(review).exists() else How.TO_DO)]
