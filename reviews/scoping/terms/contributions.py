"""What this room tells the rooms below it."""

import json
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Appointment, Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.case.zones import visible_zone_q
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.advice.queries import inputs_of
from reviews.permissions import Permission, Role
from reviews.scoping.terms import check, queries, scope
from reviews.scoping.terms.models import Comment, Round, Terms
from reviews.signatures.models import Signature
from reviews.signatures.rules import TITLES
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move


def _url(review: Any) -> str:
    return reverse("reviews:terms", args=[review])


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    label, url = _("Terms of reference"), _url(review.pk)
    return [{"part": Part.SCOPE, "label": label, "name": "reviews:terms", "url": url}]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    terms = queries.current(review)
    how, hint = How.TO_DO, _("No signed terms of reference")
    if terms and terms.state == Terms.State.SIGNED:
        how, hint = How.DONE, _("Edition %(number)s is signed") % {"number": terms.number}
    elif terms and queries.sees_work(user, review):
        how = How.BEGUN
        hint = _("Edition %(number)s: %(state)s") % {
            "number": terms.number,
            "state": terms.get_state_display().lower(),
        }
    return [Step(_("Terms of reference"), _url(review.pk), how, hint)]


def remarks(move: Move, review: Review, user: Any) -> list[Reason]:
    """The work may begin without them; whoever begins it should know (QM 6)."""
    asked = move.target == Stage.UNDER_WAY and move.source == Stage.COMMISSIONING
    if not asked or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    if Terms.objects.filter(review=review, state=Terms.State.SIGNED).exists():
        return []
    words = _("The chair has signed no terms of reference. The work can begin all the same.")
    return [Reason(words, _url(review.pk), _("Go to the terms of reference"))]


# --- what waits for a person (who was asked for comments is told by the room of advice) -----------


def worklist(user: Any) -> list[Need]:
    return [*_to_sign(user), *_returned(user), *_to_settle(user)]


def _to_sign(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.SIGN)
    rows = Terms.objects.filter(review__in=reviews, state=Terms.State.READY).exclude(writers=user)
    return [_need(_("Read and sign the terms of reference"), row) for row in _with_review(rows)]


def _returned(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.WRITE_SCOPE)
    rows = Terms.objects.filter(review__in=reviews, state=Terms.State.DRAFT)
    words = _("Change the terms of reference, which the chair returned")
    return [_need(words, row) for row in _with_review(rows.exclude(return_reasons=""))]


def _with_review(rows: Any) -> Any:
    return rows.select_related("review")


def _need(text: str, row: Terms) -> Need:
    return Need(text=text, url=_url(row.review_id), review=row.review, since=row.created_at)


def _to_settle(user: Any) -> list[Need]:
    """One line for each round of an edition in work: how many of its comments are still open."""
    reviews = Review.objects.visible_to(user, Permission.WRITE_SCOPE)
    rows = Comment.objects.filter(
        visible_zone_q(user),
        review__in=reviews,
        parent__isnull=True,
        disposition=Comment.Disposition.OPEN,
    )
    found: dict[int, list[Comment]] = {}
    for row in rows.exclude(round__terms__state=Terms.State.SIGNED).select_related("review"):
        found.setdefault(row.round_id, []).append(row)
    return [
        Need(
            text=ngettext(
                "Say what became of %(number)s comment on the terms of reference",
                "Say what became of %(number)s comments on the terms of reference",
                len(mine),
            )
            % {"number": len(mine)},
            url=reverse("reviews:terms_round", args=[mine[0].review_id, pk]),
            review=mine[0].review,
            since=mine[0].at,
        )
        for pk, mine in found.items()
    ]


# --- what was signed ------------------------------------------------------------------------------


def signed(signature: Signature) -> list[dict[str, Any]]:
    """The content of signed terms as it stands now."""
    if signature.target_type != Terms._meta.label_lower:
        return []
    terms = Terms.objects.select_related("review__board").get(pk=signature.target_id)
    said = json.loads(signature.content)
    names = {("agency", row["agency_number"]): row["agency"] for row in said["agencies"]}
    names |= {("writer", row["account"]): row["name"] for row in said["writers"]}
    return [queries.content_of(terms, names)]


def signed_words(target_type: str) -> list[dict[str, Any]]:
    """Sections and factors by their titles."""
    if target_type != Terms._meta.label_lower:
        return []
    return [{TITLES: {topic.key: topic.title for topic in scope.topics().values()}}]


# --- evidence for the questions of QM 6, and of others that ask what the terms say ----------------

# Sections that answer a question of another marker.
ASKED: dict[str, tuple[str, ...]] = {
    "9.1": ("parallel",),
    "10.1": ("method", "agencies"),
    "10.5": ("method",),
    "13.1": ("method",),
    "13.2": ("method",),
}


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    markers = {6, 7, *(int(question.partition(".")[0]) for question in ASKED)}
    if marker not in markers or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    if marker == 7:
        return [_signed_terms("7.1", review)]
    terms, content = queries.readable_content(user, review)
    if marker != 6:
        sections = content["sections"] if content else {}
        return [
            _section(question, key, sections, terms, review)
            for question, keys in ASKED.items()
            if question.startswith(f"{marker}.")
            for key in keys
        ]
    return [
        *_asked(review),
        *_reviewers(review),
        *_factors(review, content),
        _signed_terms("6.4", review),
        *_scale(review, content),
    ]


def _section(
    question: str, key: str, sections: dict[str, str], terms: Terms | None, review: Review
) -> Evidence:
    said = {"title": scope.topics()[key].title, "number": terms.number if terms else ""}
    if terms is None or check.says_nothing(sections.get(key, "")):
        nothing = _("No record in the terms of reference of: %(title)s")
        return Evidence(question, nothing % said, _url(review.pk), contradicts=True)
    text = _("Edition %(number)s of the terms of reference speaks of: %(title)s")
    return Evidence(question, text % said, _url(review.pk), terms.created_at.date())


def _asked(review: Review) -> list[Evidence]:
    requests = list(inputs_of(review, InputRequest.About.TERMS))
    counts = queries.counts_of(review)
    found = [_round(row, requests, *counts[row.pk]) for row in queries.rounds_of(review)]
    nothing = _("No record that board members were asked for comments on the terms of reference")
    return found or [Evidence("6.1", nothing, _url(review.pk), contradicts=True)]


def _round(row: Round, requests: list[InputRequest], said: int, dealt: int) -> Evidence:
    asked = [
        each
        for each in requests
        if row.opened_at <= each.asked_at <= (row.closed_at or each.asked_at)
    ]
    text = _(
        "Round %(number)s of comments on version %(version)s: %(asked)s people asked, "
        "%(answered)s answered, %(said)s comments, %(dealt)s of them dealt with"
    )
    words = {
        "number": row.number,
        "version": f"{row.terms.number}.{row.version.number}",
        "asked": len(asked),
        "answered": sum(each.answered_at is not None for each in asked),
        "said": said,
        "dealt": dealt,
    }
    url = reverse("reviews:terms_round", args=[row.review_id, row.pk])
    return Evidence("6.1", text % words, url, row.opened_at.date())


def _reviewers(review: Review) -> list[Evidence]:
    leads = set(
        Appointment.objects.filter(review=review, role=Role.LEAD).values_list("user", flat=True)
    )
    wrote = Terms.objects.filter(review=review, writers__in=leads).distinct()
    said = Comment.objects.filter(review=review, by__in=leads, private_to__isnull=True).count()
    found = [
        Evidence(
            "6.2",
            _("A lead reviewer wrote in edition %(number)s of the terms of reference")
            % {"number": row.number},
            _url(review.pk),
            row.created_at.date(),
        )
        for row in wrote
    ]
    if said:
        text = ngettext(
            "Lead reviewers made %(number)s comment on the terms of reference",
            "Lead reviewers made %(number)s comments on the terms of reference",
            said,
        )
        found.append(Evidence("6.2", text % {"number": said}, _url(review.pk)))
    nothing = _("No record that a lead reviewer wrote in or commented on the terms of reference")
    return found or [Evidence("6.2", nothing, _url(review.pk), contradicts=True)]


def _factors(review: Review, content: dict[str, Any] | None) -> list[Evidence]:
    topics = scope.factors()
    weighed = [topic for topic in topics if content and content["sections"].get(topic.key)]
    if not weighed:
        nothing = _("No record that the factors of the case and its context were weighed")
        return [Evidence("6.3", nothing, _url(review.pk), contradicts=True)]
    text = _("%(weighed)s of the %(all)s factors of the case and its context are weighed in words")
    words = {"weighed": len(weighed), "all": len(topics)}
    return [Evidence("6.3", text % words, _url(review.pk))]


def _scale(review: Review, content: dict[str, Any] | None) -> list[Evidence]:
    if content is None or check.says_nothing(content["sections"].get(scope.SCALE, "")):
        nothing = _("No record in the terms of reference of why the scale is in proportion")
        return [Evidence("6.4", nothing, _url(review.pk), contradicts=True)]
    text = _("The terms of reference give reasons for the scale of the review")
    return [Evidence("6.4", text, _url(review.pk))]


def _signed_terms(question: str, review: Review) -> Evidence:
    signed = Terms.objects.filter(review=review, state=Terms.State.SIGNED)
    terms = signed.select_related("signature").first()
    if terms is None or terms.signature is None:
        nothing = _("No record of signed terms of reference")
        return Evidence(question, nothing, _url(review.pk), contradicts=True)
    on: date = terms.signature.at.date()
    text = _("Terms of reference, edition %(number)s, signed by %(who)s on %(day)s")
    words = {"number": terms.number, "who": terms.signature.signer_name, "day": on_screen(on)}
    return Evidence(question, text % words, _url(review.pk), on)
