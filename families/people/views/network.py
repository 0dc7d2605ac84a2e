from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from families.people import papers, queries
from families.people.operations.people import show_names
from families.people.picturing import network_of
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper


@review_view(Permission.SEE_FAMILY)
def network(request: HttpRequest, review: Review) -> HttpResponse:
    """By pseudonym; with real names in the answer to a POST alone, which the history keeps."""
    named = request.method == "POST"
    names = show_names(review=review, by=request.user) if named else None
    found = network_of(review, names)
    tied = {pk for tie in queries.ties_of(review) for pk in tie.pair}
    context = {
        "review": review,
        "network": found,
        "named": named,
        "is_begun": len(found.rows) > 1,
        "apart": [row for row in found.rows if row.id not in tied],
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
        "may_see_names": request.user.has_perm(Permission.SEE_NAMES, review),
        "may_export": request.user.has_perm(Permission.EXPORT, review),
    }
    return render(request, "families/people/network.html", context)


@review_view(Permission.SEE_FAMILY)
def network_pdf(request: HttpRequest, review: Review) -> HttpResponse:
    """By pseudonym; a POST asks for real names, and the history says which of the two left."""
    user: Any = request.user
    if not user.has_perm(Permission.EXPORT, review):
        raise PermissionDenied
    named, at = request.method == "POST", clock.now()
    found = network_of(review, show_names(review=review, by=user) if named else None)
    content = papers.network_pdf(found, review, named=named, by=user, at=at)
    label = _("the family network with real names") if named else _("the family network")
    audit.record(kind=audit.Event.DOWNLOADED, by=user, target=review, review=review, label=label)
    name = paper.file_name(review.reference, "family-network", timezone.localdate(at), "pdf")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
