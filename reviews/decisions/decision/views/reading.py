"""The decision, its versions beside each other, and its record as a file."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case import steps
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.decisions.advice import queries as advice
from reviews.decisions.decision import queries, record, rules
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper
from scr_portal.core.comparing import compared


@review_view(Permission.READ_DECISIONS)
def decision(request: HttpRequest, review: Review) -> HttpResponse:
    versions = list(queries.versions_for(request.user, review))
    draft = next((row for row in versions if row.state != Decision.State.SIGNED), None)
    context: dict[str, Any] = {
        "review": review,
        "draft": draft,
        "signed": [row for row in versions if row.state == Decision.State.SIGNED],
        "comparable": list(zip(versions[1:], versions, strict=False)),
        "tested": queries.tested(review),
        "tellings": queries.tellings(review),
        "closures": frozenset(review.board.closures.values_list("date", flat=True)),
    }
    if review.stage == Stage.DECIDED and request.user.has_perm(Permission.MOVE, review):
        context["ahead"] = steps.ahead(review, request.user)
    if draft:
        context |= {
            "missing": rules.missing(draft, review),
            "gaps": rules.gaps(review),
            "recommended": advice.latest_recommendation(review),
        }
    return render(request, "reviews/decisions/decision/decision.html", context)


@review_view(Permission.READ_DECISIONS)
def decision_compare(request: HttpRequest, review: Review, old: int, new: int) -> HttpResponse:
    """Field by field; what is the same in both is named, not repeated."""
    versions = queries.versions_for(request.user, review)
    before = get_object_or_404(versions, number=old)
    after = get_object_or_404(versions, number=new)
    lines = zip(queries.lines_of(before), queries.lines_of(after), strict=True)
    changed, same = [], []
    for (label, was), (_label, now) in lines:
        if was == now:
            same.append(label)
        else:
            changed.append((label, compared(was, now)))
    context = {"review": review, "before": before, "after": after}
    return render(
        request,
        "reviews/decisions/decision/compare.html",
        context | {"changed": changed, "same": same},
    )


@review_view(Permission.EXPORT)
@require_safe
def decision_record(request: HttpRequest, review: Review, number: int, kind: str) -> HttpResponse:
    """As PDF or Word; every copy that leaves is in the history."""
    if not request.user.has_perm(Permission.READ_DECISIONS, review):
        raise PermissionDenied
    if kind not in paper.KINDS:
        raise Http404
    found = get_object_or_404(queries.versions_for(request.user, review), number=number)
    made = record.paper_of(found, by=request.user, at=clock.now())
    response = paper.response(made, kind, what=f"decision-{found.number}")
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=found,
        label=_("%(decision)s, as %(kind)s")
        % {"decision": str(found), "kind": {"pdf": "PDF", "docx": "Word"}[kind]},
        changes={"sha256": sha256(response.content).hexdigest()},
    )
    return response
