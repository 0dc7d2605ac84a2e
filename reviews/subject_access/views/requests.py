"""A request on its board: how it stands, and the acts around it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.subject_access import answer, forms, operations, queries, searching
from reviews.subject_access.models import AccessRequest
from reviews.subject_access.operations.handing_over import against
from scr_portal.accounts.access import board_view
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper

FOLDER = "reviews/subject_access"
PER_PAGE = 50
KINDS = {"pdf": "application/pdf", "zip": "application/zip"}
State = AccessRequest.State


@board_view(Permission.ANSWER_ACCESS)
@require_safe
def access_requests(request: HttpRequest, board: Board) -> HttpResponse:
    """By number: a name shows on the page of one alone, when it is asked for."""
    page = Paginator(queries.requests_of(board), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            {"text": str(each), "url": each.get_absolute_url()},
            each.get_who_display(),
            each.received_on,
            each.due_on if each.state in queries.OPEN else "",
            each.get_state_display(),
        ]
        for each in page
    ]
    more = {
        "page": page,
        "columns": [_("Number"), _("Who asks"), _("Received"), _("Due"), _("State")],
        "rows": rows,
    }
    return render(request, f"{FOLDER}/requests.html", frame(request, board, **more))


def _found(board: Board, number: int) -> AccessRequest:
    found = queries.requests_of(board).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, board: Board, form: Any, act: Callable[..., Any], **more: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        act,
        done=more.pop("done"),
        back=more.pop("back"),
        template=f"{FOLDER}/one_form.html",
        **frame(request, board, **more),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_new(request: HttpRequest, board: Board) -> HttpResponse:
    form = forms.AskForm(posted(request), initial={"token": uuid4().hex})

    def act(by: Any, **said: Any) -> None:
        operations.ask(board=board, by=by, **said)

    return _form(
        request,
        board,
        form,
        act,
        heading=_("Record a request for personal information"),
        button=_("Record it"),
        done=_("The request is recorded, and the day it is due with it."),
        back=reverse("reviews:access_requests", args=[board.slug]),
    )


@board_view(Permission.ANSWER_ACCESS)
def access_request(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    """With the name in the answer to a POST alone; that somebody looked is kept."""
    found = _found(board, number)
    shows = request.method == "POST"
    if shows:
        audit.record(kind=audit.Event.NAMES_SHOWN, by=request.user, target=found, board=found.board)
    parts = queries.parts_of(found, request.user)
    context = {
        "asked": found,
        "facts": _facts(found, shows),
        "shows": shows,
        "parts": [_part(each, request.user) for each in parts],
        "against": against(found, request.user) if found.state == State.OPEN else [],
        "is_mine": found.put_by_id == request.user.pk,
        "is_as_signed": answer.is_as_signed(found) if found.sha256 else True,
    }
    return render(request, f"{FOLDER}/request.html", frame(request, board, **context))


def _part(part: Any, user: Any) -> dict[str, Any]:
    items = queries.readable(part, user)
    return {
        "part": part,
        "count": len(items),
        "undecided": sum(not item.decision for item in items),
        "url": reverse("reviews:access_part", args=[part.review_id, part.pk]),
    }


def _facts(found: AccessRequest, shows: bool) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [{"key": _("Who asks"), "value": found.get_who_display()}]
    if shows:
        facts += [
            {"key": _("Name"), "value": found.name},
            {"key": _("Also"), "value": found.also_called, "lines": True},
            {"key": _("What they ask for"), "value": found.asks_for, "lines": True},
        ]
    facts += [
        {"key": _("Received"), "value": found.received_on},
        {"key": _("How it came"), "value": found.received_how},
        {"key": _("Identity asked for"), "value": found.identity_asked_on},
        {"key": _("Identity confirmed"), "value": found.identity_on},
        {"key": _("How it was confirmed"), "value": found.identity_how},
        {"key": _("Due"), "value": found.due_on},
    ]
    if found.extended_on:
        facts += [
            {"key": _("Extended, told on"), "value": found.extended_on},
            {"key": _("Why"), "value": found.extended_reason, "lines": True},
        ]
    return facts


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_identity(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)
    initial = {name: getattr(found, name) for name in forms.IdentityForm.base_fields}
    form = forms.IdentityForm(posted(request), initial=initial)

    def act(by: Any, version: int, **said: Any) -> None:
        operations.change(request=found, version=version, by=by, **said)

    return _form(
        request,
        board,
        form,
        act,
        heading=_("Confirm who asks"),
        intro=_("The month runs from the day proof was there, where you had to ask for it."),
        button=_("Save"),
        done=_("Saved."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_extend(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)

    def act(by: Any, **said: Any) -> None:
        operations.extend(request=found, by=by, **said)

    return _form(
        request,
        board,
        forms.ExtendForm(posted(request)),
        act,
        heading=_("Take two more months"),
        intro=_("They must be told why within the first month (UK GDPR, article 12(3))."),
        button=_("Extend it"),
        done=_("Extended by two months."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_search(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)
    people = list(searching.candidates(found, request.user))
    chosen = [
        f"{part.review_id}|{label}|{pk}" for part in found.parts.all() for label, pk in part.rows
    ]
    form = forms.SearchForm(posted(request), candidates=people, chosen=chosen)

    def act(by: Any, chosen: Any = ()) -> None:
        operations.search(request=found, chosen=chosen, by=by)

    return _form(
        request,
        board,
        form,
        act,
        heading=_("Search for what is held"),
        intro=_(
            "Every room of the reviews is looked through: rows that are about the person, and "
            "texts that name them. People of a register stand here by what they are called there."
        ),
        button=_("Search"),
        done=_("Searched. Go through what was found, review by review."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_put(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)

    def act(by: Any) -> None:
        operations.put(request=found, by=by)

    return _form(
        request,
        board,
        forms.PutForm(posted(request)),
        act,
        heading=_("Put the answer to a second person"),
        against=against(found, request.user),
        button=_("Put it to them"),
        done=_("It waits for a second person."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_settle(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)

    def act(by: Any, verdict: str) -> None:
        operations.settle(request=found, is_agreed=verdict == "agree", by=by)

    return _form(
        request,
        board,
        forms.SettleForm(posted(request)),
        act,
        heading=_("Look at the answer to %(request)s") % {"request": found},
        intro=_("Go through what is given and withheld on each review before you sign it off."),
        button=_("Decide"),
        done=_("You have decided."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_send(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)

    def act(by: Any, **said: Any) -> None:
        operations.send(request=found, by=by, **said)

    return _form(
        request,
        board,
        forms.SendForm(posted(request)),
        act,
        heading=_("Record that the answer was sent"),
        button=_("Record it"),
        done=_("Recorded as sent."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed
def access_close(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    found = _found(board, number)

    def act(by: Any, **said: Any) -> None:
        operations.close(request=found, by=by, **said)

    return _form(
        request,
        board,
        forms.CloseForm(posted(request)),
        act,
        heading=_("Close the request without an answer"),
        button=_("Close it"),
        done=_("The request is closed."),
        back=found.get_absolute_url(),
    )


@board_view(Permission.ANSWER_ACCESS)
@recently_confirmed(file=True)
@require_safe
def access_file(request: HttpRequest, board: Board, number: int, kind: str) -> HttpResponse:
    """What this person may read of it; the parts that others read are handed over by them."""
    found = _found(board, number)
    if kind not in KINDS or found.state not in (State.SIGNED, State.SENT):
        raise Http404
    operations.take(part=None, request=found, by=request.user)
    return file(found, queries.parts_of(found, request.user), request.user, kind)


def file(found: AccessRequest, parts: Any, user: Any, kind: str) -> HttpResponse:
    at = clock.now()
    if kind == "zip":
        content = answer.zip_of(found, parts, by=user, at=at)
    else:
        content = paper.to_pdf(answer.paper_of(found, parts, by=user, at=at))
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers={
            "Content-Disposition": content_disposition_header(True, f"{found}.{kind}") or "",
            "X-Content-Type-Options": "nosniff",
        },
    )
