"""The schedule, and the end of keeping: proposed by one, decided by another, certified."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case.views.posting import posted
from reviews.permissions import Permission
from reviews.retention import certificate, forms, operations, queries
from reviews.retention.kinds import KINDS, OURS, Kind, in_words
from reviews.retention.models import Act, Disposal, Schedule
from reviews.retention.views.parts import FOLDER, context, one_form, state_of
from scr_portal.accounts.access import board_view
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper

PER_PAGE = 50


def _lines(schedule: Schedule | None) -> list[list[Any]]:
    """As a table: what, how long, from when, what happens, by what, and how."""
    lines = queries.lines_of(schedule)
    rows = []
    for kind, proposed in KINDS.items():
        line: Any = lines.get(kind, proposed)
        rows.append(
            [
                kind.label,
                in_words(line.months),
                proposed.since,
                Act(line.act).label if line.months is not None else _("Nothing"),
                getattr(line, "source", OURS),
                proposed.what,
            ]
        )
    return rows


@board_view(Permission.KEEP_RETENTION)
@require_safe
def retention_schedule(request: HttpRequest, board: Board) -> HttpResponse:
    versions = list(queries.schedules_of(board).prefetch_related("lines"))
    agreed = next((each for each in versions if each.state == Schedule.State.AGREED), None)
    waiting = next((each for each in versions if each.state == Schedule.State.PROPOSED), None)
    more = {
        "agreed": agreed,
        "waiting": waiting,
        "lines": _lines(agreed),
        "waiting_lines": _lines(waiting) if waiting else [],
        "versions": [
            [
                {"text": str(each)},
                each.proposed_by,
                each.proposed_at,
                state_of(each),
                each.settled_by or "",
                each.reason or each.why,
            ]
            for each in versions
        ],
        "is_mine": waiting is not None and waiting.proposed_by_id == request.user.pk,
    }
    here = "retention_schedule"
    return render(request, f"{FOLDER}/schedule.html", context(request, board, here, **more))


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed
def retention_schedule_new(request: HttpRequest, board: Board) -> HttpResponse:
    lines = queries.lines_of(queries.in_force(board))
    form = forms.ScheduleForm(posted(request), lines=lines)

    def act(by: Any, **said: Any) -> None:
        operations.propose_schedule(board=board, lines=form.lines, why=said["why"], by=by)

    return one_form(
        request,
        board,
        "retention_schedule",
        form,
        act,
        heading=_("Propose a retention schedule"),
        intro=_(
            "The periods in the boxes are those in force, or the portal's own proposals, which are "
            "invented. What binds the board is its own agreement and the law."
        ),
        button=_("Put it to the chair"),
        done=_("The schedule waits for the chair."),
        back=reverse("reviews:retention_schedule", args=[board.slug]),
    )


@board_view(Permission.DECIDE_RETENTION)
@recently_confirmed
def retention_schedule_settle(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = queries.schedules_of(board).filter(number=number).first()
    if found is None:
        raise Http404

    def act(by: Any, verdict: str, reason: str) -> None:
        operations.settle_schedule(
            schedule=found, is_agreed=verdict == "agree", reason=reason, by=by
        )

    return one_form(
        request,
        board,
        "retention_schedule",
        forms.SettleForm(posted(request)),
        act,
        heading=_("Decide on the schedule, version %(number)s") % {"number": found.number},
        facts=[
            {"key": _("Proposed by"), "value": found.proposed_by},
            {"key": _("Why"), "value": found.why, "lines": True},
        ],
        lines=_lines(found),
        button=_("Decide"),
        done=_("You have decided on the schedule."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.KEEP_RETENTION)
@require_safe
def disposals(request: HttpRequest, board: Board) -> HttpResponse:
    found = queries.disposals(board, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            {"text": str(each), "url": each.get_absolute_url()},
            each.reference,
            each.get_act_display(),
            state_of(each),
            each.certified_at or "",
        ]
        for each in page
    ]
    more = {
        "page": page,
        "columns": [_("Number"), _("About"), _("What"), _("State"), _("Carried out")],
        "rows": rows,
    }
    return render(request, f"{FOLDER}/disposals.html", context(request, board, "disposals", **more))


def _disposal(request: HttpRequest, board: Board, number: int) -> Disposal:
    found = queries.disposals(board, request.user).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _facts(found: Disposal) -> list[dict[str, Any]]:
    return [
        {"key": _("About"), "value": found.reference},
        {"key": _("Kind"), "value": Kind(found.kind).label},
        {"key": _("What happens"), "value": found.get_act_display()},
        {"key": _("Kept until"), "value": found.due_on},
        {"key": _("By the rule"), "value": found.rule},
        {"key": _("Proposed by"), "value": found.proposed_by},
        {"key": _("What was looked at"), "value": found.reason, "lines": True},
    ]


@board_view(Permission.KEEP_RETENTION)
@require_safe
def disposal(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _disposal(request, board, number)
    is_done = found.state == Disposal.State.DONE
    more = {
        "disposal": found,
        "facts": _facts(found),
        "rows": certificate.rows(found) if is_done else [],
        "stays": certificate.stays(found),
        "is_done": is_done,
        "is_whole": certificate.is_whole(found),
        "is_mine": found.proposed_by_id == request.user.pk,
        "waits": found.state == Disposal.State.PROPOSED,
    }
    return render(request, f"{FOLDER}/disposal.html", context(request, board, "disposals", **more))


@board_view(Permission.DECIDE_RETENTION)
@recently_confirmed
def disposal_settle(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _disposal(request, board, number)

    def act(by: Any, verdict: str, reason: str) -> None:
        operations.settle(disposal=found, is_agreed=verdict == "agree", reason=reason, by=by)

    return one_form(
        request,
        board,
        "disposals",
        forms.SettleForm(posted(request)),
        act,
        heading=_("Decide what becomes of %(what)s") % {"what": found.reference},
        facts=_facts(found),
        warning=_("It begins at once when you agree, and nobody can take it back."),
        button=_("Decide"),
        done=_("You have decided."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.KEEP_RETENTION)
@recently_confirmed(file=True)
@require_safe
def disposal_file(request: HttpRequest, board: Board, number: int, kind: str) -> HttpResponse:
    found = _disposal(request, board, number)
    if found.state != Disposal.State.DONE or kind not in paper.KINDS:
        raise Http404
    audit.record(
        kind=audit.Event.BOARD_CERTIFICATE_READ, by=request.user, target=found, board=board
    )
    made = certificate.paper_of(found, by=request.user, at=clock.now())
    return paper.response(made, kind, what=f"certificate-{found.number}")
