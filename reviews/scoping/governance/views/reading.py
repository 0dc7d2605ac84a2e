from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.scoping.governance import document
from reviews.scoping.governance.queries import Arrangements
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper


@review_view(Permission.READ_SCOPE)
def governance(request: HttpRequest, review: Review) -> HttpResponse:
    found = Arrangements(review)
    context = {
        "review": review,
        "found": found,
        "findings": found.findings,
        "last": len(found.steps),
        "may_write": request.user.has_perm(Permission.WRITE_SCOPE, review),
        "may_export": request.user.has_perm(Permission.EXPORT, review),
    }
    return render(request, "reviews/scoping/governance/governance.html", context)


@review_view(Permission.EXPORT)
@require_safe
def governance_paper(request: HttpRequest, review: Review, kind: str) -> HttpResponse:
    """As PDF or Word; every copy that leaves is in the history."""
    if not request.user.has_perm(Permission.READ_SCOPE, review):
        raise PermissionDenied
    if kind not in paper.KINDS:
        raise Http404
    made = document.paper_of(Arrangements(review), by=request.user, at=clock.now())
    response = paper.response(made, kind, what="governance")
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=review,
        review=review,
        label=_("the governance, as %(kind)s") % {"kind": {"pdf": "PDF", "docx": "Word"}[kind]},
        changes={"sha256": sha256(response.content).hexdigest()},
    )
    return response
