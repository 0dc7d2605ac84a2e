from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.queries import boards_to_refer_to
from reviews.case.views.posting import posted, read_anew
from reviews.decisions.referrals import operations, queries
from reviews.decisions.referrals.forms import (
    STEPS,
    DatesStep,
    ReferralForm,
)
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view, signed_in
from scr_portal.accounts.models import Board
from scr_portal.core.forms import Form
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.queries import restore


@signed_in
def refer(request: HttpRequest) -> HttpResponse:
    """Straight to the first question where there is one board to refer to."""
    boards = list(boards_to_refer_to(request.user))
    if not boards:
        raise Http404
    if len(boards) == 1:
        return redirect("reviews:refer_step", boards[0].slug, next(iter(STEPS)))
    return render(request, "reviews/decisions/referrals/refer_board.html", {"boards": boards})


def _key(board: Board) -> str:
    return f"referral:{board.slug}"


def _typed(request: HttpRequest, board: Board) -> dict[str, Any]:
    """What stood in the boxes of each question page; a draft of any other shape is passed over."""
    kept = restore(request.user, _key(board)) or {}
    return {name: kept[name] for name in STEPS if isinstance(kept.get(name), dict)}


def _step_form(name: str, board: Board, typed: dict[str, Any], data: Any = None) -> Form:
    """``typed`` holds what the form had in its boxes, as the draft keeps it."""
    if name != "dates":
        return STEPS[name](data, prefix=name)
    child = STEPS["child"](typed.get("child"), prefix="child")
    incident_on = child.cleaned_data.get("incident_on") if child.is_valid() else None
    return DatesStep(data, board=board, incident_on=incident_on, prefix=name)


@board_view(Permission.OPEN)
def refer_step(request: HttpRequest, board: Board, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    typed = _typed(request, board)
    form = _step_form(step, board, typed, request.POST or typed.get(step))
    if request.method == "POST":
        boxes = {name: request.POST[name] for name in request.POST if name.startswith(f"{step}-")}
        typed |= {step: boxes}
        try:
            drafts.save(user=request.user, key=_key(board), fields=typed, board=board)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        if form.is_valid():
            return redirect(_after(step, board, typed))
    steps = list(STEPS)
    context = {"board": board, "form": form, "number": steps.index(step) + 1, "of": len(steps)}
    if steps.index(step):
        context["back"] = reverse(
            "reviews:refer_step", args=[board.slug, steps[steps.index(step) - 1]]
        )
    return render(request, "reviews/decisions/referrals/refer_step.html", context)


def _after(step: str, board: Board, typed: dict[str, Any]) -> str:
    """The first question page without an answer, or the check."""
    for name in STEPS:
        if name not in typed:
            return reverse("reviews:refer_step", args=[board.slug, name])
    return reverse("reviews:refer_check", args=[board.slug])


@board_view(Permission.OPEN)
def refer_check(request: HttpRequest, board: Board) -> HttpResponse:
    typed = _typed(request, board)
    forms = {name: _step_form(name, board, typed, typed.get(name, {})) for name in STEPS}
    for name, form in forms.items():
        if not form.is_valid():
            return redirect("reviews:refer_step", board.slug, name)
    if request.method == "POST":
        return _open(request, board, forms)
    sections = [
        {
            "title": STEPS[name].title,  # type: ignore[attr-defined]
            "rows": queries.answers(form),
            "url": reverse("reviews:refer_step", args=[board.slug, name]),
        }
        for name, form in forms.items()
    ]
    same = queries.same_incident(request.user, board, forms["child"].cleaned_data)
    return render(
        request,
        "reviews/decisions/referrals/refer_check.html",
        {"board": board, "sections": sections, "same": same},
    )


@transaction.atomic
def _open(request: HttpRequest, board: Board, forms: dict[str, Form]) -> HttpResponse:
    """A second click finds the draft gone and opens nothing twice."""
    if not drafts.take(user=request.user, key=_key(board)):
        messages.info(request, _("This referral has been sent already."))
        return redirect("reviews:list")
    child = forms["child"].cleaned_data
    dates = forms["dates"].cleaned_data
    days = ("aware_on", "notified_on", "referred_on")
    review = operations.refer(
        board=board,
        by=request.user,
        case={name: dates[name] for name in days}
        | {"pseudonym": child["pseudonym"], "incident_on": child["incident_on"]},
        child={name: child[name] for name in ("pseudonym", "harm", "age_at_incident")},
        referral={name: dates[name] for name in ("referrer_name", "agency")}
        | forms["reasons"].cleaned_data,
    )
    return redirect("reviews:referred", review.pk)


@review_view(Permission.READ_DECISIONS)
def referred(request: HttpRequest, review: Review) -> HttpResponse:
    return render(request, "reviews/decisions/referrals/referred.html", {"review": review})


@review_view(Permission.READ_DECISIONS)
def referral(request: HttpRequest, review: Review) -> HttpResponse:
    return render(
        request,
        "reviews/decisions/referrals/referral.html",
        {"review": review, "referral": queries.referral_of(review)},
    )


@review_view(Permission.EDIT)
def referral_edit(request: HttpRequest, review: Review) -> HttpResponse:
    found = queries.referral_of(review)
    names = ("referrer_name", "ground", "rationale", "support", "delay_reason", "version")
    initial = {name: getattr(found, name) for name in names}
    form = ReferralForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            operations.change_referral(referral=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form = read_anew(form, refused, found.version)
        else:
            messages.success(request, _("Referral changed"))
            return redirect("reviews:referral", review.pk)
    context = {"review": review, "form": form, "theirs": found if form.errors else None}
    return render(request, "reviews/decisions/referrals/referral_edit.html", context)
