import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from families.contributions import queries
from families.contributions.forms.keepsakes import (
    DayForm,
    KeepsakeForm,
    NewKeepsakeForm,
    initial_of,
)
from families.contributions.models import Keepsake
from families.contributions.operations import keepsakes as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.documents import uploads


@review_view(Permission.SEE_FAMILY)
@require_safe
def keepsakes(request: HttpRequest, review: Review) -> HttpResponse:
    rows = list(queries.keepsakes(request.user, review))
    files = queries.files_of(request.user, review, rows)
    context = {
        "review": review,
        "rows": [{"it": row, "files": files[row.pk]} for row in rows],
        "keeps": request.user.has_perm(Permission.KEEP_FAMILY, review),
    }
    return render(request, "families/contributions/keepsakes.html", context)


def _one(request: HttpRequest, review: Review, pk: int) -> Keepsake:
    found = get_object_or_404(queries.keepsakes(request.user, review), pk=pk)
    found.review = review
    return found


@review_view(Permission.SEE_FAMILY)
@require_safe
def keepsake(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _one(request, review, pk)
    context = {
        "review": review,
        "it": found,
        "files": queries.files_of(request.user, review, [found])[found.pk],
        "keeps": request.user.has_perm(Permission.KEEP_FAMILY, review),
    }
    return render(request, "families/contributions/keepsake.html", context)


@review_view(Permission.KEEP_FAMILY)
@uploads.takes_files
def keepsake_new(request: HttpRequest, review: Review) -> HttpResponseBase:
    form = NewKeepsakeForm(
        posted(request),
        request.FILES or None,
        initial={"token": secrets.token_hex(16)},
        user=request.user,
        review=review,
    )
    if form.is_bound and (problem := uploads.problem(request)):
        form.errors.pop("file", None)
        form.add_error("file", problem)

    def act(by: Any, token: str, file: Any = None, **said: Any) -> None:
        made = operations.add_keepsake(review=review, by=by, token=token, **said)
        form.made = made  # type: ignore[attr-defined]
        if file:
            operations.attach(keepsake=made, upload=file, by=by, token=token)

    if carried_out(request, form, act):
        messages.success(request, _("It is on the record."))
        return redirect(form.made)  # type: ignore[attr-defined]
    back = reverse("families:keepsakes", args=[review.pk])
    context = {"review": review, "form": form, "back": back, "button": _("Save")}
    return render(request, "families/contributions/keepsake_new.html", context)


@review_view(Permission.KEEP_FAMILY)
def keepsake_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _one(request, review, pk)
    form = KeepsakeForm(
        posted(request), initial=initial_of(found), user=request.user, review=review
    )

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.change_keepsake(keepsake=found, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Saved."),
        back=found.get_absolute_url(),
        review=review,
        heading=_("Change the keepsake"),
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def keepsake_take_back(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    intro = _(
        "Its documents are withdrawn at once, and it is used no more. What was agreed, and until "
        "when, stays on the record."
    )
    heading, button = _("Consent was taken back"), _("Record it, and withdraw the documents")
    return _on_a_day(request, review, pk, operations.take_back, heading, button, intro)


@review_view(Permission.KEEP_FAMILY)
def keepsake_return(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    heading, button = _("Given back to the family"), _("Record it")
    return _on_a_day(request, review, pk, operations.give_back, heading, button)


def _on_a_day(
    request: HttpRequest,
    review: Review,
    pk: int,
    operation: Callable[..., Keepsake],
    heading: str,
    button: str,
    intro: str = "",
) -> HttpResponse:
    found = _one(request, review, pk)

    def act(**said: Any) -> None:
        operation(keepsake=found, **said)

    return form_page(
        request,
        DayForm(posted(request)),
        act,
        done=_("On the record."),
        back=found.get_absolute_url(),
        review=review,
        heading=heading,
        button=button,
        intro=intro,
    )
