"""The unit's own question pages."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.queries import boards_to_refer_to
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.criteria import contradictions, judge
from reviews.decisions.referrals.forms.steps import STEPS, CriteriaStep, DatesStep
from reviews.decisions.referrals.queries import received, related
from reviews.decisions.referrals.rules import TAG_FIELDS
from reviews.decisions.referrals.views.showing import rows_of
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view, signed_in
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.forms import Form
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.queries import restore


@signed_in
def refer(request: HttpRequest) -> HttpResponse:
    """Straight to the first question where there is one board to refer to."""
    boards = boards_to_refer_to(user=request.user)
    if not boards:
        raise Http404
    if len(boards) == 1:
        return redirect(_first_page(boards[0]))
    choices = [(board, _first_page(board)) for board in boards]
    return render(request, "reviews/decisions/referrals/refer_board.html", {"choices": choices})


def _first_page(board: Any) -> str:
    if board.may_open:
        return reverse("reviews:refer_step", args=[board.slug, next(iter(STEPS))])
    return reverse("reviews:send_referral", args=[board.slug])


def _key(board: Board) -> str:
    return f"referral:{board.slug}"


def _typed(request: HttpRequest, board: Board) -> dict[str, Any]:
    """What stood in the boxes of each question page; a draft of any other shape is passed over."""
    kept = restore(request.user, _key(board)) or {}
    return {name: kept[name] for name in STEPS if isinstance(kept.get(name), dict)}


def _step_form(name: str, board: Board, typed: dict[str, Any], data: Any = None) -> Form:
    """``typed`` holds what the forms had in their boxes, as the draft keeps it."""
    if name == "dates":
        incident_on = _day(STEPS["child"](typed.get("child"), prefix="child"), "incident_on")
        return DatesStep(data, board=board, incident_on=incident_on, prefix=name)
    if name == "criteria":
        dates = DatesStep(typed.get("dates"), board=board, prefix="dates")
        on = _day(dates, "referred_on") or clock.today()
        profile = timetable.profile_in_force(on).key
        return CriteriaStep(data, board=board, profile=profile, prefix=name)
    return STEPS[name](data, prefix=name)


def _day(form: Form, name: str) -> date | None:
    form.is_valid()
    return getattr(form, "cleaned_data", {}).get(name)


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
    context["criteria"] = getattr(form, "criteria", None)
    if step == "reasons":
        context["used"] = _used(request, board)
    if steps.index(step):
        before = steps[steps.index(step) - 1]
        context["back"] = reverse("reviews:refer_step", args=[board.slug, before])
    return render(request, "reviews/decisions/referrals/refer_step.html", context)


def _used(request: HttpRequest, board: Board) -> list[tuple[str, str]]:
    used = related.tags_used(request.user, board)
    return [
        (str(kind.label), ", ".join(used[kind])) for kind in TAG_FIELDS.values() if kind in used
    ]


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
            "rows": rows_of(form),
            "url": reverse("reviews:refer_step", args=[board.slug, name]),
        }
        for name, form in forms.items()
    ]
    context = {"board": board, "sections": sections}
    context |= _noticed(request, board, forms)
    return render(request, "reviews/decisions/referrals/refer_check.html", context)


def _noticed(request: HttpRequest, board: Board, forms: dict[str, Any]) -> dict[str, Any]:
    """What the clauses come to, what does not go together, and who may have been here before."""
    child, criteria = forms["child"].cleaned_data, forms["criteria"]
    answers = {key: answer for key, (answer, _note) in criteria.clauses.items()}
    incident = related.Incident.of(
        child["incident_on"], child["harm"], child["age_at_incident"], forms["reasons"].tags
    )
    return {
        "judged": judge(criteria.criteria, answers),
        "against": contradictions(
            criteria.criteria,
            answers,
            ground=criteria.cleaned_data["ground"],
            harm=child["harm"],
        ),
        "same": related.same_incident(request.user, board, incident),
        "same_received": received.of_the_same(request.user, board, incident),
    }


@transaction.atomic
def _open(request: HttpRequest, board: Board, forms: dict[str, Any]) -> HttpResponse:
    """A second click finds the draft gone and opens nothing twice."""
    if not drafts.take(user=request.user, key=_key(board)):
        messages.info(request, _("This referral has been sent already."))
        return redirect("reviews:list")
    child, dates, reasons = (forms[n].cleaned_data for n in ("child", "dates", "reasons"))
    criteria = forms["criteria"]
    days = ("aware_on", "notified_on", "referred_on")
    review = operations.refer(
        board=board,
        by=request.user,
        case={name: dates[name] for name in days}
        | {"pseudonym": child["pseudonym"], "incident_on": child["incident_on"]},
        child={name: child[name] for name in ("pseudonym", "harm", "age_at_incident")},
        referral={name: dates[name] for name in ("referrer_name", "agency", "delay_reason")}
        | {name: reasons[name] for name in ("rationale", "support", "urgent_risks")}
        | {name: criteria.cleaned_data[name] for name in ("ground", "priority")},
        clauses=criteria.clauses,
        tags=forms["reasons"].tags,
    )
    return redirect("reviews:referred", review.pk)
