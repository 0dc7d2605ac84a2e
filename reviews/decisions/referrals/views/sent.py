"""After it was sent: the confirmation, what happens next, and the copy to keep."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.decisions.referrals.papers import paper_of
from reviews.decisions.referrals.views.showing import sections_of
from scr_portal.accounts.access import signed_in
from scr_portal.core.paper import response
from scr_portal.guests.access import guest_view
from scr_portal.guests.models import GuestLink, Purpose


@signed_in
@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    copies = {kind: reverse("reviews:sent_referral_copy", args=[pk, kind]) for kind in _KINDS}
    return _page(request, row, copies, "reviews/decisions/referrals/frame_member.html")


@signed_in
@require_safe
def copy(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    return _copy(request, _own(request, pk), kind)


@guest_view(Purpose.REFERRAL, receipt=True)
@require_safe
def guest(request: HttpRequest, link: GuestLink) -> HttpResponse:
    token = request.resolver_match.kwargs["token"]  # type: ignore[union-attr]
    copies = {kind: reverse("reviews:guest_referral_copy", args=[token, kind]) for kind in _KINDS}
    return _page(request, _through(link), copies, "guests/base.html", link=link)


@guest_view(Purpose.REFERRAL, receipt=True)
@require_safe
def guest_copy(request: HttpRequest, link: GuestLink, kind: str) -> HttpResponse:
    return _copy(request, _through(link), kind)


_KINDS = ("pdf", "docx")


def _own(request: HttpRequest, pk: int) -> ReceivedReferral:
    rows = ReceivedReferral.objects.select_related("board", "by")
    return get_object_or_404(rows, pk=pk, by=request.user)


def _through(link: GuestLink) -> ReceivedReferral:
    rows = ReceivedReferral.objects.select_related("board", "link")
    return get_object_or_404(rows, link=link)


def _page(
    request: HttpRequest, row: ReceivedReferral, copies: dict[str, str], frame: str, **more: Any
) -> HttpResponse:
    context = {
        "received": row,
        "sections": sections_of(Answers.of(row)),
        "copies": copies,
        "frame": frame,
        "next": [
            _("The board's business unit reads what you sent, and may open a review of the case."),
            _("You get a message when it has been looked at. It says nothing of the case."),
            _("What you sent stays as you sent it. If you learn more, tell the business unit."),
        ],
    }
    return render(request, "reviews/decisions/referrals/sent.html", context | more)


def _copy(request: HttpRequest, row: ReceivedReferral, kind: str) -> HttpResponse:
    if kind not in _KINDS:
        raise Http404
    by = request.user if row.by_id else None
    operations.looked_at(received=row, by=by, downloaded=True)
    return response(paper_of(row), kind, what="referral")
