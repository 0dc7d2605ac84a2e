"""For whoever may read at least one; to everybody else the room does not exist.

None of these refuses a POST by its method: that would tell an address that is from one that is not.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from families.contributions import papers, queries
from families.contributions.listing import Listing
from families.contributions.models import Contribution
from families.contributions.operations.copies import taken
from families.contributions.rules import COLOURS, Check, became
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock, paper
from scr_portal.core.comparing import compared


@review_view(Permission.VIEW)
def contributions(request: HttpRequest, review: Review) -> HttpResponse:
    listing = Listing(queries.readable(request.user, review), request.GET)
    page = listing.page(request.GET.get("page"))
    rows = [
        {
            "it": row,
            "colour": COLOURS.get(Check(row.check_state), ""),
            "became": became(row.uses.all()),
            "uses": row.uses.all(),
        }
        for row in page
    ]
    context = {
        "review": review,
        "listing": listing,
        "page": page,
        "rows": rows,
        "keeps": request.user.has_perm(Permission.KEEP_CONTRIBUTIONS, review),
        "family": request.user.has_perm(Permission.SEE_FAMILY, review),
        "may_export": request.user.has_perm(Permission.EXPORT, review),
    }
    return render(request, "families/contributions/list.html", context)


def one(request: HttpRequest, review: Review, pk: int) -> Contribution:
    """One that this person may read; any other is as absent as one that never was."""
    rows = queries.readable(request.user, review).select_related("contact")
    found = get_object_or_404(rows, pk=pk)
    found.review = review
    return found


@review_view(Permission.VIEW)
def contribution(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    user = request.user
    keeps = user.has_perm(Permission.KEEP_CONTRIBUTIONS, review)
    context = {
        "review": review,
        "it": found,
        "colour": COLOURS.get(Check(found.check_state), ""),
        "family": user.has_perm(Permission.SEE_FAMILY, review),
        "keeps": keeps,
        "accounts": queries.accounts(user, found),
        "checks": found.checks.select_related("by"),
        "uses": found.uses.select_related("by"),
        "earlier": found.texts.count(),
        "readers": found.readers.filter(ended_at__isnull=True).select_related("user")
        if keeps
        else [],
    }
    return render(request, "families/contributions/contribution.html", context)


@review_view(Permission.VIEW)
def contribution_texts(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """What each change took out and put in, the latest first."""
    found = one(request, review, pk)
    earlier = list(found.texts.select_related("by"))
    after = [found.text, *(row.text for row in earlier)]
    rows = [
        {"row": row, "pieces": compared(row.text, text)}
        for row, text in zip(earlier, after, strict=False)
    ]
    context = {"review": review, "it": found, "rows": rows}
    return render(request, "families/contributions/texts.html", context)


@review_view(Permission.VIEW)
def contributions_file(request: HttpRequest, review: Review, kind: str) -> HttpResponse:
    """What this person may read, as PDF or Word; every copy that leaves is in the history."""
    door = queries.readable(request.user, review)
    rows: list[Any] = list(door.prefetch_related("checks", "uses"))
    if not request.user.has_perm(Permission.EXPORT, review):
        raise PermissionDenied
    if kind not in paper.KINDS or not rows:
        raise Http404
    made = papers.paper_of(review, rows, by=request.user, at=clock.now())
    response = paper.response(made, kind, what=_("family-accounts"))
    taken(review=review, contributions=rows, kind=kind, by=request.user)
    return response
