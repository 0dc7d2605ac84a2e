"""What a board keeps, what is over, and what is done with one of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from reviews.retention import forms, operations, queries
from reviews.retention.operations.ending import against
from reviews.retention.queries import Kept
from reviews.retention.views.parts import FOLDER, context, one_form, state_of
from scr_portal.accounts.access import board_view
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.models import Board

PER_PAGE = 50


@board_view(Permission.KEEP_RETENTION)
@require_safe
def retention(request: HttpRequest, board: Board) -> HttpResponse:
    """Soonest due first, so that what is over stands on top."""
    found = queries.kept(board, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    more = {
        "page": page,
        "columns": [_("What"), _("Kind"), _("Closed or declined"), _("Kept until"), _("State")],
        "rows": [_row(each) for each in page],
        "due": sum(each.is_due for each in found),
        "schedule": queries.in_force(board),
    }
    return render(request, f"{FOLDER}/retention.html", context(request, board, "retention", **more))


def _row(each: Kept) -> list[Any]:
    until = each.due_on or _("no end yet")
    return [
        {"text": each.label, "url": each.get_absolute_url()},
        each.kind.label,
        each.since,
        until,
        _state(each),
    ]


def _state(each: Kept) -> dict[str, Any]:
    if each.holds:
        return {"tag": _("Legal hold"), "colour": "purple"}
    if each.disposal:
        return state_of(each.disposal)
    if each.is_due:
        return {"tag": _("Time is over"), "colour": "yellow"}
    return {"tag": _("Kept"), "colour": "grey"}


def _kept(request: HttpRequest, board: Board, key: str) -> Kept:
    found = queries.one(board, request.user, key)
    if found is None:
        raise Http404
    return found


@board_view(Permission.KEEP_RETENTION)
@require_safe
def kept(request: HttpRequest, board: Board, key: str) -> HttpResponse:
    found = _kept(request, board, key)
    facts = [
        {"key": _("Kind"), "value": found.kind.label},
        {"key": _("Came to its end as work"), "value": found.since},
        {"key": _("Kept until, by the schedule"), "value": found.by_schedule},
        {"key": _("Kept until"), "value": found.due_on},
        {"key": _("By the rule"), "value": found.rule},
    ]
    if found.longer:
        words = {"key": _("Why it is kept longer"), "value": found.longer.reason, "lines": True}
        facts.append(words)
    more = {"kept": found, "facts": facts, "against": [] if found.disposal else against(found)}
    return render(request, f"{FOLDER}/kept.html", context(request, board, "retention", **more))


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def kept_hold(request: HttpRequest, board: Board, key: str) -> HttpResponse:
    found = _kept(request, board, key)

    def act(by: Any, **said: Any) -> None:
        operations.hold(board=board, by=by, **found.ways, **said)

    return one_form(
        request,
        board,
        "retention",
        forms.HoldForm(posted(request)),
        act,
        heading=_("Put %(what)s under a legal hold") % {"what": found.label},
        button=_("Put it under a hold"),
        done=_("The hold stands. Nothing of it ends until somebody lifts it."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def kept_longer(request: HttpRequest, board: Board, key: str) -> HttpResponse:
    found = _kept(request, board, key)

    def act(by: Any, **said: Any) -> None:
        operations.keep_longer(board=board, by=by, **found.ways, **said)

    return one_form(
        request,
        board,
        "retention",
        forms.LongerForm(posted(request)),
        act,
        heading=_("Keep %(what)s longer") % {"what": found.label},
        button=_("Keep it longer"),
        done=_("It is kept longer."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def kept_propose(request: HttpRequest, board: Board, key: str) -> HttpResponse:
    found = _kept(request, board, key)
    act_by_rule = found.line.act if found.line else ""
    form = forms.ProposeForm(posted(request), kind=found.kind, act=act_by_rule)

    def act(by: Any, **said: Any) -> None:
        operations.propose(kept=found, by=by, **said)

    return one_form(
        request,
        board,
        "retention",
        form,
        act,
        heading=_("Propose what becomes of %(what)s") % {"what": found.label},
        button=_("Put it to the chair"),
        done=_("It waits for the chair. Nothing is done until they agree."),
        back=found.get_absolute_url(),
        against=against(found),
    )


@board_view(Permission.KEEP_RETENTION)
@require_safe
def holds(request: HttpRequest, board: Board) -> HttpResponse:
    found = queries.held(board, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    more = {"page": page, "rows": list(page)}
    return render(request, f"{FOLDER}/holds.html", context(request, board, "holds", **more))


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def hold_new(request: HttpRequest, board: Board) -> HttpResponse:
    """On any review, also one that is going on."""
    reviews = Review.objects.visible_to(request.user, Permission.VIEW).filter(board=board)
    form = forms.HoldForm(posted(request), reviews=reviews.only("pk", "reference"))

    def act(by: Any, review: str, **said: Any) -> None:
        chosen = reviews.select_related("board").get(pk=review)
        operations.hold(board=board, review=chosen, by=by, **said)

    return one_form(
        request,
        board,
        "holds",
        form,
        act,
        heading=_("Put a review under a legal hold"),
        intro=_("Nothing of it is destroyed, anonymised or purged until the hold is lifted."),
        button=_("Put it under a hold"),
        done=_("The hold stands. Nothing of it ends until somebody lifts it."),
        back=reverse("reviews:holds", args=[board.slug]),
    )


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def hold_lift(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = queries.held(board, request.user).filter(pk=pk).first()
    if found is None:
        raise Http404

    def act(by: Any, **said: Any) -> None:
        operations.lift(found=found, by=by, **said)

    return one_form(
        request,
        board,
        "holds",
        forms.LiftForm(posted(request)),
        act,
        heading=_("Lift the legal hold on %(what)s") % {"what": found.about},
        facts=[
            {"key": _("Who asked for it"), "value": found.asked_by},
            {"key": _("Asked on"), "value": found.asked_on},
            {"key": _("Why"), "value": found.reason, "lines": True},
        ],
        button=_("Lift it"),
        done=_("The hold is lifted. The schedule counts again."),
        back=reverse("reviews:holds", args=[board.slug]),
    )
