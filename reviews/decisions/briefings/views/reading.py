"""What members see: the briefings issued to them, and nothing else of the reviews."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import asked_view
from reviews.case.models import Review
from reviews.decisions.briefings import queries, rules
from reviews.decisions.briefings.models import Briefing
from reviews.decisions.briefings.operations import reading as operations
from reviews.permissions import Permission
from scr_portal.accounts.access import signed_in
from scr_portal.core.dates import on_screen

PER_PAGE = 25


@signed_in
def briefings(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = Paginator(queries.issued_to(request.user, text=text), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "text": text,
        "columns": [_("Briefing"), _("Issued"), _("State")],
        "rows": [_row(row) for row in page],
    }
    return render(request, "reviews/decisions/briefings/list.html", context)


def _row(briefing: Any) -> list[Any]:
    if briefing.read_at:
        state: Any = {"text": _("Read"), "note": on_screen(localdate(briefing.read_at))}
    elif briefing.wanted_on:
        note = _("to be read by %(day)s") % {"day": on_screen(briefing.wanted_on)}
        state = {"text": _("Not read yet"), "note": note}
    else:
        state = {"text": _("Not read yet"), "note": _("issued before you joined")}
    review = briefing.review
    return [
        {
            "text": briefing.title,
            "url": _url(briefing),
            "note": f"{review.reference}, {review.board}",
        },
        localdate(briefing.issued_at),
        state,
    ]


def _url(briefing: Briefing) -> str:
    return f"{briefing.review.get_absolute_url()}briefing/{briefing.pk}"


def _found(review: Review, pk: int) -> Briefing:
    rows = Briefing.objects.filter(review=review, state=Briefing.State.ISSUED)
    found = rows.select_related("review__board", "issued_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@asked_view(Permission.RECEIVE_BRIEFINGS)
def briefing(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    receipt = queries.receipt_of(request.user, found)
    if receipt is None or receipt.opened_at is None:
        receipt = operations.opened(briefing=found, by=request.user)
    later = review.briefings.filter(state=Briefing.State.ISSUED, number__gt=found.number)
    context = {
        "review": review,
        "briefing": found,
        "words": rules.words(found),
        "receipt": receipt,
        "later": later.order_by("number").last(),
    }
    return render(request, "reviews/decisions/briefings/briefing.html", context)


@asked_view(Permission.RECEIVE_BRIEFINGS)
@require_POST
def briefing_read(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    operations.acknowledge(briefing=found, by=request.user)
    messages.success(request, _("Thank you. The board knows that you have read it"))
    return redirect("reviews:briefing", review.pk, found.pk)
