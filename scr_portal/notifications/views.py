from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from scr_portal.accounts.access import board_view, signed_in
from scr_portal.accounts.models import Board
from scr_portal.audit import anchoring
from scr_portal.core import acting
from scr_portal.core.contributions import collect
from scr_portal.notifications import operations, queries
from scr_portal.notifications.contributions import State
from scr_portal.notifications.forms import InboxFilter
from scr_portal.notifications.models import Digest, Heartbeat, Notification

PER_PAGE = 25


@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    form = InboxFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    reference, show = wanted.get("reference", ""), wanted.get("show") or "all"
    rows = queries.inbox(request.user, reference=reference, unread_only=show == "unread")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "show": show,
        "reference": reference,
        "unread": queries.unread_count(request.user),
        "newest": max((row.pk for row in page), default=0),
        "chips": _chips(show, reference),
    }
    return render(request, "notifications/inbox.html", context)


def _chips(show: str, reference: str) -> list[dict[str, Any]]:
    kept = {"reference": reference} if reference else {}
    return [
        {
            "label": label,
            "url": f"{reverse('notifications:inbox')}?{urlencode({'show': value, **kept})}",
            "active": show == value,
        }
        for value, label in [("all", _("All")), ("unread", _("Unread"))]
    ]


@signed_in
@require_POST
def open_notification(request: HttpRequest, notification: int) -> HttpResponse:
    """Mark as read, and go to what it is about."""
    row = get_object_or_404(Notification.objects.for_person(request.user), pk=notification)
    operations.mark_read(by=request.user, pk=row.pk)
    own = url_has_allowed_host_and_scheme(row.link, allowed_hosts=None)
    return redirect(row.link if row.link and own else "notifications:inbox")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdecimal() and len(newest) < 19:
        number = operations.mark_read(by=request.user, up_to=int(newest))
        said = ngettext(
            "%(number)s notification marked as read",
            "%(number)s notifications marked as read",
            number,
        )
        messages.success(request, said % {"number": number})
    return redirect("notifications:inbox")


@board_view("notifications.see_jobs")
@acting.for_portal("showing the jobs of a board")
@require_safe
def jobs(request: HttpRequest, board: Board) -> HttpResponse:
    found = sorted(collect("jobs", request.user, board), key=lambda job: _RANK[job.state])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "page": page,
        "failed": sum(job.state == State.FAILED for job in found),
        "waiting": sum(job.state == State.WAITING for job in found),
        "hearts": _hearts(),
        "anchor": anchoring.state(),
    }
    return render(request, "notifications/jobs.html", context)


_RANK = {state: number for number, state in enumerate(State)}


def _hearts() -> list[dict[str, Any]]:
    return [
        {"label": Heartbeat.Process(process).label, "at": at, "silent": queries.is_silent(at)}
        for process, at in queries.heartbeats().items()
    ]


@board_view("notifications.see_jobs")
@acting.for_portal("trying a job of a board again")
@require_POST
def retry(request: HttpRequest, board: Board, sort: str, message: int) -> HttpResponse:
    row: Notification | Digest | None
    if sort == "notification":
        row = Notification.objects.filter(board_id=board.pk, pk=message).first()
    else:
        row = Digest.objects.filter(user__in=board.people.all(), pk=message).first()
    if row is None or sort not in {"notification", "digest"}:
        raise Http404
    if operations.retry(message=row, board=board, by=request.user):
        messages.success(request, _("It will be tried again now"))
    else:
        messages.info(request, _("It has gone, or is being done now: nothing is left to try."))
    return redirect("notifications:jobs", board.slug)
