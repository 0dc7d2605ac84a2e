"""What was sent in: the unit's list, and the page on which each is settled."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.criteria import contradictions, criteria_of, judge
from reviews.decisions.referrals.forms.settling import AcceptForm, DeclineForm, SameForm
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.decisions.referrals.queries import received as queries
from reviews.decisions.referrals.queries import related
from reviews.decisions.referrals.views.showing import sections_of
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

PER_PAGE = 25
State = ReceivedReferral.State


@board_view(Permission.OPEN)
def received_list(request: HttpRequest, board: Board) -> HttpResponse:
    every = queries.received_by(request.user, board)
    state = request.GET.get("state", "")
    rows = every.filter(state=state) if state in State.values else every
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = frame(
        request,
        board,
        page=page,
        rows=[_row(row) for row in page],
        columns=[_("Referral"), _("Sent"), _("By"), _("State")],
        chips=_chips(board, state, queries.numbers(every)),
        state=state,
    )
    return render(request, "reviews/decisions/referrals/received_list.html", context)


def _chips(board: Board, state: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("reviews:received_referrals", args=[board.slug])
    every = {"label": _("All"), "url": here, "active": state not in State.values}
    return [every | {"count": sum(numbers.values())}] + [
        {
            "label": each.label,
            "url": f"{here}?{urlencode({'state': each})}",
            "active": state == each,
            "count": numbers.get(each, 0),
        }
        for each in State
    ]


def _row(row: ReceivedReferral) -> list[Any]:
    answers = Answers.of(row)
    state: dict[str, Any] = {"text": row.get_state_display()}
    if row.state == State.NEW:
        state = {"tag": row.get_state_display(), "colour": "blue"}
    elif row.review:
        state |= {"note": row.review.reference}
    return [
        {
            "text": row.number,
            "url": reverse("reviews:received_referral", args=[row.board.slug, row.pk]),
            "note": answers.child["pseudonym"],
        },
        on_screen(localdate(row.received_at)),
        {"text": _sender(row), "note": answers.sender},
        state,
    ]


def _sender(row: ReceivedReferral) -> str:
    return str(row.by) if row.by else row.link.recipient_name  # type: ignore[union-attr]


@board_view(Permission.OPEN)
def received(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.received_by(request.user, board), pk=pk)
    answers = Answers.of(row)
    forms = _forms(request, row, answers)
    if request.method == "POST":
        if done := _settle(request, row, forms):
            return done
        row.refresh_from_db()
    else:
        operations.looked_at(received=row, by=request.user)
    context = {
        "board": board,
        "received": row,
        "sender": _sender(row),
        "sections": sections_of(answers),
        "forms": forms,
        "form": next((form for form in forms.values() if form.is_bound and form.errors), None),
    }
    context |= _noticed(request, board, row, answers)
    return render(request, "reviews/decisions/referrals/received.html", context)


def _noticed(
    request: HttpRequest, board: Board, row: ReceivedReferral, answers: Answers
) -> dict[str, Any]:
    incident = queries.incident_of(answers)
    same = related.same_incident(request.user, board, incident)
    criteria = criteria_of(answers.kept["profile"])
    said = {key: answer for key, (answer, _note) in answers.clauses.items()}
    return {
        "same": [review for review in same if review.pk != row.review_id],
        "same_received": queries.of_the_same(request.user, board, incident, but=row.pk),
        "judged": judge(criteria, said),
        "against": contradictions(
            criteria, said, ground=answers.kept["ground"], harm=answers.kept["harm"]
        ),
    }


def _forms(request: HttpRequest, row: ReceivedReferral, answers: Answers) -> dict[str, Any]:
    """One for each way to settle it; only the one that was sent is bound."""
    act = request.POST.get("act", "")
    accept = AcceptForm(
        request.POST if act == "accept" else None,
        prefix="accept",
        board=row.board,
        answers=answers,
        received_on=localdate(row.received_at),
    )
    same = SameForm(
        request.POST if act == "same" else None,
        prefix="same",
        reviews=related.editable(request.user, row.board),
    )
    decline = DeclineForm(request.POST if act == "decline" else None, prefix="decline")
    return {"accept": accept, "same": same, "decline": decline}


def _settle(
    request: HttpRequest, row: ReceivedReferral, forms: dict[str, Any]
) -> HttpResponse | None:
    """Where it went well, on to what came of it."""
    act = request.POST.get("act", "")
    form = forms.get(act)
    if form is None or not form.is_valid():
        return None
    try:
        if act == "accept":
            review = operations.accept(
                received=row, by=request.user, case=form.case(), referral=form.referral()
            )
            return redirect("reviews:referred", review.pk)
        if act == "same":
            review = form.cleaned_data["review"]
            operations.same_as(received=row, review=review, by=request.user)
            messages.success(request, _("It is kept with %(review)s") % {"review": review})
        else:
            operations.decline(received=row, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("It is not taken further, and the sender is told"))
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return None
    return redirect("reviews:received_referral", row.board.slug, row.pk)
