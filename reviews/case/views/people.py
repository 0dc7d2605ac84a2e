from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.forms.people import AppointForm, GrantForm, PersonForm, RecuseForm
from reviews.case.models import Review
from reviews.case.operations import people as operations
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from scr_portal.accounts.models import BoardRole
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@review_view(Permission.APPOINT)
def people(request: HttpRequest, review: Review) -> HttpResponse:
    today = clock.today()
    has_rows = Exists(review.grants.filter(appointment=OuterRef("pk")))
    rows = review.appointments.select_related("user", "agency", "by").annotate(open=has_rows)
    past = [row for row in rows if row.ends and (row.ends, row.open) < (today, True)]
    named = review.grants.by_name()
    context = {
        "review": review,
        "today": today,
        "appointments": [row for row in rows if row not in past],
        "past": past,
        "by_board": BoardRole.objects.active(today)
        .filter(board=review.board_id)
        .select_related("user", "agency")
        .order_by("role", "user__name"),
        "leaves": [_leave(row) for row in named.select_related("user", "permission", "by")],
        "recusals": review.recusals.active().select_related("user", "by"),
        "ended_recusals": review.recusals.exclude(ended_at=None).select_related("user", "ended_by"),
    }
    return render(request, "reviews/case/people.html", context)


def _leave(row: Any) -> dict[str, Any]:
    return {"row": row, "label": Permission(f"reviews.{row.permission.codename}").label}


@review_view(Permission.APPOINT)
def appoint(request: HttpRequest, review: Review) -> HttpResponse:
    form = AppointForm(posted(request), review=review)
    done = _("%(who)s is appointed.")
    return _one_form(request, review, form, operations.appoint, "appoint", done)


@review_view(Permission.APPOINT)
def recuse(request: HttpRequest, review: Review) -> HttpResponse:
    form = RecuseForm(posted(request), review=review)
    done = _("%(who)s is recused and sees nothing of this review from now on.")
    return _one_form(request, review, form, operations.recuse, "recuse", done)


@review_view(Permission.APPOINT)
def grant(request: HttpRequest, review: Review) -> HttpResponse:
    form = GrantForm(posted(request), review=review, by=request.user)
    done = _("%(who)s has been given leave.")
    return _one_form(request, review, form, operations.grant, "grant", done)


def _one_form(
    request: HttpRequest,
    review: Review,
    form: PersonForm,
    operation: Callable[..., Any],
    page: str,
    done: str,
) -> HttpResponse:
    if form.is_valid():
        told = dict(form.cleaned_data)
        who = told.pop("who")
        try:
            operation(review=review, user=who, by=request.user, **told)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, done % {"who": who.name})
            return _back(request, review)
    context = {"review": review, "form": form, "invite": _invite_url(review)}
    return render(request, f"reviews/case/{page}.html", context)


def _invite_url(review: Review) -> str:
    return reverse("accounts:people", args=[review.board.slug])


def _back(request: HttpRequest, review: Review) -> HttpResponse:
    """A person who has just recused themself, or ended their own part, is led to the first page."""
    seen = Review.objects.visible_to(request.user, Permission.APPOINT).filter(pk=review.pk)
    return redirect("reviews:people", review.pk) if seen.exists() else redirect("home")


def _act(request: HttpRequest, review: Review, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return _back(request, review)


@review_view(Permission.APPOINT)
@require_POST
def end_appointment(request: HttpRequest, review: Review, appointment: int) -> HttpResponse:
    row = get_object_or_404(review.appointments.select_related("user", "review"), pk=appointment)
    return _act(
        request,
        review,
        lambda: operations.end_appointment(appointment=row, by=request.user),
        _("The appointment of %(who)s has ended.") % {"who": row.user.name},
    )


@review_view(Permission.APPOINT)
@require_POST
def end_recusal(request: HttpRequest, review: Review, recusal: int) -> HttpResponse:
    row = get_object_or_404(review.recusals.select_related("user", "review"), pk=recusal)
    return _act(
        request,
        review,
        lambda: operations.end_recusal(recusal=row, by=request.user),
        _("The recusal of %(who)s has ended.") % {"who": row.user.name},
    )


@review_view(Permission.APPOINT)
@require_POST
def end_grant(request: HttpRequest, review: Review, given: int) -> HttpResponse:
    rows = review.grants.by_name()
    row = get_object_or_404(rows.select_related("user", "permission"), pk=given)
    return _act(
        request,
        review,
        lambda: operations.end_grant(given=row, by=request.user),
        _("The leave of %(who)s has ended.") % {"who": row.user.name},
    )
