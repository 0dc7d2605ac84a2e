"""Who tells the national bodies, and what is not yet sent."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.decision import operations, queries
from reviews.decisions.decision.forms import ToldForm
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused


@review_view(Permission.READ_DECISIONS)
def national(request: HttpRequest, review: Review) -> HttpResponse:
    return render(
        request,
        "reviews/decisions/decision/national.html",
        {
            "review": review,
            "tellings": queries.tellings(review),
            "sent": queries.sent(request.user, review),
            "closures": frozenset(review.board.closures.values_list("date", flat=True)),
            "may_edit": request.user.has_perm(Permission.EDIT, review),
        },
    )


@review_view(Permission.READ_DECISIONS)
def national_one(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """With the copy that was kept."""
    found = get_object_or_404(queries.notifications_of(review), pk=pk)
    context = {"review": review, "row": found}
    return render(request, "reviews/decisions/decision/national_one.html", context)


@review_view(Permission.EDIT)
def national_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = ToldForm(posted(request), review=review)
    if form.is_valid():
        token = request.POST.get("token", "")
        try:
            rows = operations.tell_bodies(
                review=review, by=request.user, token=token, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("It is on the record. The copy can be attached"))
            if len(rows) == 1:
                return redirect(rows[0])
            return redirect("reviews:national", review.pk)
    token = request.POST.get("token") or secrets.token_hex(16)
    context = {"review": review, "form": form, "token": token}
    return render(request, "reviews/decisions/decision/national_new.html", context)
