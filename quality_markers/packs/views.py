"""Packs of one pass: handed out, brought back, and laid beside what stands there."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from quality_markers.assessments.access import fetch, pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import Conflict
from quality_markers.assessments.rules import FILL_IN
from quality_markers.packs import operations, queries
from quality_markers.packs.forms import PAPER, PackForm, ReturnForm
from quality_markers.packs.models import ReturnedAnswer, ReturnedPack
from quality_markers.packs.rules import Kind
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.views.posting import posted
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.core.paper import KINDS
from scr_portal.core.reasons import Refused
from scr_portal.documents import uploads

TYPES = {
    **KINDS,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pass_view(*FILL_IN)
def packs(request: HttpRequest, assessment: Pass) -> HttpResponseBase:
    """``?marker=12`` has that one chosen to begin with."""
    mine = queries.slots_of(request.user, assessment)
    markers = [marker for marker, _slots in queries.by_marker(mine)]
    chosen = request.GET.getlist("marker") or [str(marker.number) for marker in markers]
    initial = {"token": secrets.token_hex(16), "markers": chosen}
    form = PackForm(posted(request), markers=markers, initial=initial)
    if form.is_valid():
        try:
            return _hand_out(request, assessment, form)
        except Refused as refused:
            form.add_error(None, refused.as_error())
    context = {
        **_frame(assessment),
        "form": form,
        "has_markers": bool(markers),
        "packs": queries.packs_of(request.user, assessment, mine)[:20],
        "returned": queries.returned_to(request.user, assessment)[:20],
    }
    return render(request, "quality_markers/packs/packs.html", context)


def _hand_out(request: HttpRequest, assessment: Pass, form: PackForm) -> HttpResponseBase:
    place = [assessment.review_id, assessment.number]
    if form.cleaned_data["form"] == PAPER:
        numbers = urlencode({"marker": form.numbers}, doseq=True)
        return redirect(f"{reverse('quality_markers:question_sheets', args=place)}?{numbers}")
    pack = operations.hand_out(
        assessment=assessment,
        form=form.cleaned_data["form"],
        is_filled=form.is_filled,
        markers=form.numbers,
        by=request.user,
        token=form.cleaned_data["token"],
    )
    messages.success(request, _("The pack is ready to be downloaded."))
    return redirect(f"{reverse('quality_markers:packs', args=place)}#pack-{pack.pk}")


@pass_view(*FILL_IN)
@recently_confirmed(file=True)
@require_safe
def pack_download(request: HttpRequest, assessment: Pass, pk: int) -> HttpResponseBase:
    mine = queries.slots_of(request.user, assessment)
    pack = get_object_or_404(queries.packs_of(request.user, assessment, mine), pk=pk)
    pack.assessment = assessment
    return _answer(request, assessment, lambda: operations.file_of(pack=pack, by=request.user))


@pass_view(*FILL_IN)
@require_safe
def question_sheets(request: HttpRequest, assessment: Pass) -> HttpResponseBase:
    """One file, or where that would be long a page with several."""
    asked = request.GET.getlist("marker")
    numbers = [int(each) for each in asked if each.isdecimal() and len(each) < 6]
    wanted: dict[str, Any] = {"assessment": assessment, "markers": numbers, "by": request.user}
    try:
        parts = queries.in_parts(operations.chosen(**wanted), operations.ON_PAPER)
    except Refused as refused:
        return _back(request, assessment, refused)
    if len(parts) > 1:
        context = {**_frame(assessment), "parts": [_part(part) for part in parts]}
        return render(request, "quality_markers/packs/parts.html", context)
    return _answer(request, assessment, lambda: operations.sheets(**wanted))


def _part(part: list[tuple[Any, list[queries.Slot]]]) -> dict[str, Any]:
    numbers = [marker.number for marker, _slots in part]
    return {
        "query": urlencode({"marker": numbers}, doseq=True),
        "markers": [str(marker) for marker, _slots in part],
        "questions": sum(bool(slot.question) for _marker, slots in part for slot in slots),
    }


def _answer(request: HttpRequest, assessment: Pass, make: Any) -> HttpResponseBase:
    try:
        name, content = make()
    except Refused as refused:
        return _back(request, assessment, refused)
    return HttpResponse(
        content,
        content_type=TYPES[name.rpartition(".")[2]],
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _back(request: HttpRequest, assessment: Pass, refused: Refused) -> HttpResponseBase:
    _say(request, refused)
    return redirect("quality_markers:packs", assessment.review_id, assessment.number)


@pass_view(*FILL_IN)
@uploads.takes_files
def pack_return(request: HttpRequest, assessment: Pass) -> HttpResponseBase:
    form = ReturnForm(posted(request), request.FILES or None)
    problem = uploads.problem(request) if form.is_bound else ""
    if form.is_valid():
        try:
            returned = operations.take_in(
                assessment=assessment,
                upload=form.cleaned_data["file"],
                by=request.user,
                answered_by=form.cleaned_data["answered_by"],
            )
        except Refused as refused:
            form.add_error("file", refused.as_error())
        else:
            return redirect(returned)
    elif problem:
        form.errors.pop("file", None)
        form.add_error("file", problem)
    context = {**_frame(assessment), "form": form}
    return render(request, "quality_markers/packs/return.html", context)


@review_view(*FILL_IN)
@require_safe
def returned_pack(request: HttpRequest, review: Review, pk: int) -> HttpResponseBase:
    returned, mine = _returned(request.user, review, pk)
    lines = queries.lines(request.user, returned, mine)
    waiting = [line for line in lines if line.is_waiting]
    context = {
        **_frame(returned.pack.assessment),
        "returned": returned,
        "groups": [(kind.value, [each for each in waiting if each.kind == kind]) for kind in Kind],
        "free": sum(not any(said.is_clash for said in line.said) for line in waiting),
        "settled": [line for line in lines if not line.is_waiting],
        "is_empty": not lines,
        "changed_here": queries.changed_here(returned, mine),
    }
    return render(request, "quality_markers/packs/returned.html", context)


@review_view(*FILL_IN)
@require_POST
def returned_take_all(request: HttpRequest, review: Review, pk: int) -> HttpResponseBase:
    returned, _mine = _returned(request.user, review, pk)
    try:
        taken = operations.take_all(returned=returned, by=request.user)
    except (Refused, Conflict) as refused:
        _say(request, refused)
    else:
        words = ngettext("%(count)d answer is taken.", "%(count)d answers are taken.", taken)
        messages.success(request, words % {"count": taken})
    return redirect(returned)


@review_view(*FILL_IN)
@require_POST
def returned_answer(request: HttpRequest, review: Review, pk: int, answer: int) -> HttpResponseBase:
    """``act``: take, leave or undo; ``seen``: the token of what stood beside it on the page."""
    returned, mine = _returned(request.user, review, pk)
    row = get_object_or_404(
        returned.answers.select_related("returned__pack__assessment"), pk=answer
    )
    slot = {slot.key: slot for slot in mine}.get(queries.slot_key(row))
    if slot is None:
        raise Http404
    try:
        _settle(request, row, slot)
    except (Refused, Conflict) as refused:
        _say(request, refused)
    return redirect(f"{returned.get_absolute_url()}#{slot.anchor}")


def _settle(request: HttpRequest, row: ReturnedAnswer, slot: queries.Slot) -> None:
    act, by = request.POST.get("act", ""), request.user
    if act == "take":
        operations.take(row=row, slot=slot, seen=request.POST.get("seen", ""), by=by)
    elif act == "leave":
        operations.leave(row=row, by=by)
    elif act == "undo":
        operations.undo(row=row, slot=slot, by=by)


def _returned(user: Any, review: Review, pk: int) -> tuple[ReturnedPack, list[queries.Slot]]:
    """With what of it is this person's to fill in. Raises Http404 where nothing is."""
    found = get_object_or_404(
        ReturnedPack.objects.select_related("pack__assessment", "by"), review=review, pk=pk
    )
    assessment = fetch(user, review, found.pack.assessment.number)
    if not queries.returned_to(user, assessment).filter(pk=pk).exists():
        raise Http404
    found.pack.assessment = assessment
    return found, queries.slots_of(user, assessment)


def _frame(assessment: Pass) -> dict[str, Any]:
    return {
        "review": assessment.review,
        "assessment": assessment,
        "editable": assessment.is_editable and assessment.review.stage != Stage.CLOSED,
    }


def _say(request: HttpRequest, stopped: Refused | Conflict) -> None:
    if isinstance(stopped, Conflict):
        text = _("%(who)s changed it while you were looking. Look at it again.")
        messages.error(request, text % {"who": stopped.by})
        return
    for reason in stopped.reasons:
        messages.error(request, str(reason))
