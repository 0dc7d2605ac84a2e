from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.core import acting, typed
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations
from scr_portal.guests.access import guest_view
from scr_portal.guests.models import GuestLetter, GuestLink
from scr_portal.notifications import operations as notifications


@guest_view()
@require_safe
def start(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """What the letter opens: on to the page of the room that made the link."""
    pages = collect("guest_pages", link)
    if not pages:
        raise operations.LinkClosed
    return redirect(pages[0])


@guest_view()
@require_POST
def save(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """static/js/autosave.js sends the fields of a form here as they are typed."""
    fields = typed.posted(request.POST)
    version, part = fields.pop("version", ""), str(fields.pop("part", "form"))
    try:
        saved = operations.save_draft(
            link=link,
            version=typed.version(version),
            fields=fields,
            part=part[:40],
        )
    except operations.LinkClosed:
        raise
    except operations.DraftChanged as changed:
        return JsonResponse(_conflict(changed.link, part), status=409)
    except Refused as refused:
        sentences = [str(reason) for reason in refused.reasons]
        return JsonResponse({"errors": {"__all__": sentences}}, status=400)
    return JsonResponse({"version": saved.draft_version, "saved_at": _clock(saved)})


def _conflict(link: GuestLink, part: str) -> dict[str, object]:
    return {
        "theirs": link.parts.get(part, {}),
        "by": _("Another window"),
        "at": _clock(link),
        "version": link.draft_version,
    }


def _clock(link: GuestLink) -> str:
    return date_format(timezone.localtime(link.draft_saved_at or timezone.now()), "H:i")


@board_view("notifications.see_jobs")
@acting.for_portal("trying a letter of a board again")
@require_POST
def retry(request: HttpRequest, board: Board, letter: int) -> HttpResponse:
    row = GuestLetter.objects.filter(link__board=board, pk=letter).first()
    if row is None:
        raise Http404
    if notifications.retry(message=row, board=board, by=request.user):
        operations.nudge()
        messages.success(request, _("It will be tried again now"))
    else:
        messages.info(request, _("It has gone, or is being done now: nothing is left to try."))
    return redirect("notifications:jobs", board.slug)
