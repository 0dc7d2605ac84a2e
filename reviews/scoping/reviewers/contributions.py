"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.permissions import Permission, Role
from reviews.scoping.reviewers import queries, rules
from reviews.scoping.reviewers.queries import standings
from scr_portal.accounts.models import Board
from scr_portal.core.reasons import Reason

# Before these nobody is appointed, after them nobody works on it any more.
BEFORE_AND_AFTER = (Stage.REFERRED, Stage.CONSIDERING, Stage.CLOSED)


def _page(review_id: Any) -> str:
    return reverse("reviews:reviewers", args=[review_id])


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = _page(review.pk)
    return [{"label": _("Reviewers"), "name": "reviews:reviewers", "url": url, "part": Part.SCOPE}]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_REGISTERS, board):
        return []
    return [{"label": _("Reviewers"), "url": reverse("reviews:register", args=[board.slug])}]


def appointable(review: Review, user: Any, role: Role, by: Any) -> list[Reason]:
    """Nobody leads a review by whose newest declaration they are not independent of it."""
    newest = queries.newest_of_person(review, user) if role == Role.LEAD else None
    if newest is None or newest.is_independent:
        return []
    if not by.has_perm(Permission.READ_SCOPE, review):
        return [Reason(rules.not_independent(newest, whole=False))]
    sentence = rules.not_independent(newest, whole=True)
    return [Reason(sentence, _page(review.pk), _("See the declarations"))]


def worklist(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.EDIT).exclude(stage__in=BEFORE_AND_AFTER)
    undeclared = [
        Need(
            text=_("No declaration of independence of %(who)s.") % {"who": row.user},
            url=_page(row.review_id),
            review=row.review,
            since=row.at,
        )
        for row in queries.leads_undeclared(reviews)
    ]
    undone = [
        Need(
            text=_("%(who)s is not independent of this review and still at work on it")
            % {"who": reviewer},
            url=_page(review.pk),
            review=review,
        )
        for review, reviewer in queries.at_work_undone(reviews)
    ]
    return [*undone, *undeclared]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Who was engaged with what capacity (6.3, 8.7), and who is independent (7.4)."""
    if marker not in (6, 7, 8) or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    if marker != 7:
        return _engaged(review, user, "6.3" if marker == 6 else "8.7")
    found = queries.standings(review)
    url = _page(review.pk)
    said = [
        Evidence(
            "7.4",
            _("Declaration of independence of %(who)s: %(answer)s")
            % {"who": row.reviewer, "answer": rules.answer(row.newest)},
            url,
            row.newest.declared_on,
            contradicts=row.must_stop,
        )
        for row in found.rows
        if row.newest
    ]
    missing = [rules.no_declaration(who, url) for who in found.undeclared]
    if not said and not missing:
        nothing = _("No declaration of independence is on the record.")
        return [Evidence("7.4", nothing, url, contradicts=True)]
    return said + [Evidence("7.4", reason.text, url, contradicts=True) for reason in missing]


def _engaged(review: Review, user: Any, question: str) -> list[Evidence]:
    url = _page(review.pk)
    found = []
    for row in queries.with_work(review, user).rows:
        others = ngettext(
            "%(n)d other review at work", "%(n)d other reviews at work", len(row.work)
        ) % {"n": len(row.work)}
        found += [
            Evidence(
                question,
                _("%(who)s engaged as %(part)s, with %(others)s now")
                % {"who": row.reviewer, "part": engaged.part, "others": others},
                url,
                engaged.starts,
            )
            for engaged in row.engagements
        ]
    nothing = _("No reviewer is engaged on the record.")
    return found or [Evidence(question, nothing, url, contradicts=question == "8.7")]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    label, url = _("Independent reviewers"), reverse("reviews:reviewers", args=[review.pk])
    stand = standings(review)
    if any(row.must_stop for row in stand.rows):
        return [Step(label, url, How.BEGUN, _("Somebody at work is no longer independent."))]
    if stand.undeclared:
        return [Step(label, url, How.BEGUN, _("A lead reviewer has not declared independence."))]
    if any(row.leads or row.open_engagements for row in stand.rows):
        return [Step(label, url, How.DONE)]
    return [Step(label, url, How.BEGUN if stand.rows else How.TO_DO)]
