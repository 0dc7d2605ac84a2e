from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.forms.record import ChildForm, RecordForm
from reviews.case.models import Child, Review
from reviews.case.operations import record as operations
from reviews.case.overview import profile_of
from reviews.case.stale import differences, keep_typing
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused

CONFLICT = 409


@review_view(Permission.EDIT)
def edit(request: HttpRequest, review: Review) -> HttpResponse:
    form = RecordForm(posted(request), review=review)
    context: dict[str, Any] = {"review": review, "form": form, "profile": profile_of(review)}
    if not form.is_valid():
        return render(request, "reviews/case/edit.html", context)
    try:
        operations.edit_review(review=review, by=request.user, **form.cleaned_data)
    except operations.Stale as stale:
        context |= {"stale": differences(form, stale.current, since=_read_version(form))}
        keep_typing(form, stale.current.version)
        return render(request, "reviews/case/edit.html", context, status=CONFLICT)
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return render(request, "reviews/case/edit.html", context)
    messages.success(request, _("The record is saved."))
    return redirect(review)


def _read_version(form: Any) -> int:
    return form.cleaned_data["version"] or 0


@review_view(Permission.SEE_FAMILY)
def children(request: HttpRequest, review: Review) -> HttpResponse:
    context = {
        "review": review,
        "children": list(review.children.all()),
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
    }
    return render(request, "reviews/case/children.html", context)


@review_view(Permission.SEE_FAMILY)
def child(request: HttpRequest, review: Review, child: int) -> HttpResponse:
    """The real name shows in the answer to a POST alone, and that somebody looked is kept."""
    found = get_object_or_404(review.children, pk=child)
    may_see = request.user.has_perm(Permission.SEE_NAMES, review)
    context: dict[str, Any] = {
        "review": review,
        "child": found,
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
        "may_see_names": may_see,
        "names_kept": bool(found.real_name or found.date_of_birth),
    }
    if request.method == "POST":
        name, born = operations.show_names(child=found, by=request.user)
        context |= {"shown": True, "real_name": name, "date_of_birth": _day(born)}
    return render(request, "reviews/case/child.html", context)


def _day(text: str) -> Any:
    return date.fromisoformat(text) if text else None


@review_view(Permission.KEEP_FAMILY)
def child_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = _child_form(request, review, None)
    if form.is_valid():
        try:
            added = operations.add_child(review=review, by=request.user, **form.chosen())
        except Refused as refused:
            form.add_error("pseudonym", refused.as_error())
        else:
            messages.success(
                request, _("%(child)s is part of the review now.") % {"child": added.pseudonym}
            )
            return redirect("reviews:child", review.pk, added.pk)
    return render(request, "reviews/case/child_form.html", {"review": review, "form": form})


@review_view(Permission.KEEP_FAMILY)
def child_edit(request: HttpRequest, review: Review, child: int) -> HttpResponse:
    found = get_object_or_404(review.children, pk=child)
    form = _child_form(request, review, found)
    context: dict[str, Any] = {"review": review, "child": found, "form": form}
    if not form.is_valid():
        return render(request, "reviews/case/child_form.html", context)
    version = _read_version(form)
    try:
        operations.edit_child(child=found, version=version, by=request.user, **form.chosen())
    except operations.Stale as stale:
        context |= {"stale": differences(form, stale.current, since=version)}
        keep_typing(form, stale.current.version)
        return render(request, "reviews/case/child_form.html", context, status=CONFLICT)
    except Refused as refused:
        form.add_error("pseudonym", refused.as_error())
        return render(request, "reviews/case/child_form.html", context)
    messages.success(request, _("%(child)s is saved.") % {"child": form.chosen()["pseudonym"]})
    return redirect("reviews:child", review.pk, found.pk)


def _child_form(request: HttpRequest, review: Review, child: Child | None) -> ChildForm:
    names = request.user.has_perm(Permission.SEE_NAMES, review)
    return ChildForm(posted(request), review=review, child=child, names=names)
