from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.datebook import (
    duties_of,
    labelled,
    ladder_in_words,
    lines_of,
    owners_of,
    reminded,
)
from reviews.case.forms.dates import ExtendForm, MetForm
from reviews.case.models import Deadline, Extension, Review
from reviews.case.operations import deadlines as operations
from reviews.case.overview import profile_of
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused


@review_view(Permission.VIEW)
def dates(request: HttpRequest, review: Review) -> HttpResponse:
    lines = lines_of(review)
    asked = review.extensions.filter(state=Extension.State.ASKED).select_related("by")
    may_edit = request.user.has_perm(Permission.EDIT, review)
    may_sign = request.user.has_perm(Permission.SIGN, review)
    context = {
        "review": review,
        "profile": profile_of(review),
        "lines": lines,
        "any_unsure": any(line.unsure for line in lines),
        "duties": duties_of(review),
        "asked": labelled(asked, lines),
        "may_edit": may_edit,
        "may_sign": may_sign,
        "may_read": request.user.has_perm(Permission.READ_DECISIONS, review),
        "pauses": list(review.pauses.select_related("by", "ended_by")),
    }
    if may_edit or may_sign:
        context["reminded"] = {
            "owners": owners_of(review),
            "ladder": ladder_in_words(),
            "chair": people_with(review, Permission.SIGN),
        }
    return render(request, "reviews/case/dates.html", context)


def _date(review: Review, pk: int) -> Deadline:
    return get_object_or_404(review.deadlines.select_related("met_by", "review"), pk=pk)


def _page(
    request: HttpRequest,
    review: Review,
    row: Deadline,
    met: MetForm | None = None,
    more: ExtendForm | None = None,
) -> HttpResponse:
    (line,) = lines_of(review, [row])
    may_edit = request.user.has_perm(Permission.EDIT, review)
    past = review.extensions.filter(key=row.key).select_related("by", "settled_by")
    extensions = labelled(past, [line])
    context: dict[str, Any] = {
        "review": review,
        "line": line,
        "extensions": extensions,
        "waits": any(e["row"].state == Extension.State.ASKED for e in extensions),
        "may_edit": may_edit,
        "met_form": met or MetForm(),
        "extend_form": more or ExtendForm(deadline=row),
        "form": met or more,
    }
    if may_edit or request.user.has_perm(Permission.SIGN, review):
        context["reminded"] = reminded(review, line)
    return render(request, "reviews/case/date.html", context)


@review_view(Permission.VIEW)
def one(request: HttpRequest, review: Review, deadline: int) -> HttpResponse:
    return _page(request, review, _date(review, deadline))


@review_view(Permission.EDIT)
@require_POST
def meet(request: HttpRequest, review: Review, deadline: int) -> HttpResponse:
    row = _date(review, deadline)
    form = MetForm(request.POST)
    if form.is_valid() and _did(
        form, lambda: operations.meet(deadline=row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("%(what)s is recorded as met.") % {"what": row.label})
        return redirect("reviews:dates", review.pk)
    return _page(request, review, _date(review, deadline), met=form)


@review_view(Permission.EDIT)
@require_POST
def take_back(request: HttpRequest, review: Review, deadline: int) -> HttpResponse:
    row = _date(review, deadline)
    try:
        operations.take_back_met(deadline=row, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(what)s is open again.") % {"what": row.label})
    return redirect("reviews:dates", review.pk)


@review_view(Permission.EDIT)
@require_POST
def extend(request: HttpRequest, review: Review, deadline: int) -> HttpResponse:
    row = _date(review, deadline)
    form = ExtendForm(request.POST, deadline=row)
    if form.is_valid() and _did(
        form, lambda: operations.extend(deadline=row, by=request.user, **form.cleaned_data)
    ):
        asked = _("The chair is asked to agree. The date stands as it is until then.")
        messages.success(request, asked if row.statutory else _("The date is extended."))
        return redirect("reviews:dates", review.pk)
    return _page(request, review, row, more=form)


def _did(form: Any, act: Callable[[], Any]) -> bool:
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    return True


@review_view(Permission.SIGN)
@require_POST
def settle(request: HttpRequest, review: Review, extension: int) -> HttpResponse:
    row = get_object_or_404(review.extensions, pk=extension)
    agreed = request.POST.get("answer") == "agree"
    if request.POST.get("answer") not in {"agree", "refuse"}:
        messages.error(request, _("Choose whether you agree."))
        return redirect("reviews:dates", review.pk)
    try:
        operations.settle(extension=row, agreed=agreed, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        done = _("You agreed to the new date.") if agreed else _("You did not agree.")
        messages.success(request, done)
    return redirect("reviews:dates", review.pk)
