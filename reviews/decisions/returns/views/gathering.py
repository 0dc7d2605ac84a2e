from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.case.views.posting import posted, read_anew
from reviews.decisions.returns import queries
from reviews.decisions.returns.forms.gathering import (
    GatheringForm,
    NeighbourForm,
    initial_of_gathering,
    initial_of_neighbour,
)
from reviews.decisions.returns.models import NeighbourCheck
from reviews.decisions.returns.operations import gathering as operations
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.restoring import restore_into

FOLDER = "reviews/decisions/returns"


def _saved(request: HttpRequest, form: Any, key: str, act: Any) -> bool:
    """Whether it was sent and carried out. A lost race shows what the other left as ``theirs``."""
    if not form.is_valid():
        return False
    try:
        act(by=request.user, **form.cleaned_data)
    except Stale as stale:
        read_anew(form, stale, stale.current.version if stale.current else 0)
        form.theirs = _rows(form, stale.current)
        return False
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    drafts.discard(user=request.user, key=key)
    return True


def _rows(form: Any, row: Any) -> list[dict[str, Any]]:
    """A stored row under the labels of the form."""
    found = []
    for field in form.visible_fields():
        words = getattr(row, f"get_{field.name}_display", None)
        value = words() if words else getattr(row, field.name, "")
        found.append({"key": field.label, "value": value, "lines": isinstance(value, str)})
    return found


@review_view(Permission.EDIT)
def gathering_edit(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"gathering:{review.pk}"
    found = queries.gathering_of(review)
    kept = restore_into(request, key)
    form = GatheringForm(posted(request), initial=initial_of_gathering(found) | (kept or {}))

    def act(**said: Any) -> None:
        operations.save_gathering(review=review, **said)

    if _saved(request, form, key, act):
        messages.success(request, _("Saved"))
        return redirect("reviews:information", review.pk)
    context = {"review": review, "form": form, "draft_key": key}
    return render(request, f"{FOLDER}/gathering.html", context)


@review_view(Permission.EDIT)
def neighbour_new(request: HttpRequest, review: Review) -> HttpResponse:
    return _neighbour(request, review, None)


@review_view(Permission.EDIT)
def neighbour_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    return _neighbour(request, review, get_object_or_404(NeighbourCheck, review=review, pk=pk))


def _neighbour(request: HttpRequest, review: Review, check: NeighbourCheck | None) -> HttpResponse:
    key = f"neighbour:{review.pk}.{check.pk if check else 'new'}"
    kept = restore_into(request, key)
    form = NeighbourForm(posted(request), initial=initial_of_neighbour(check) | (kept or {}))

    def act(*, version: int, **said: Any) -> None:
        if check is None:
            operations.add_neighbour(review=review, **said)
        else:
            operations.change_neighbour(check=check, version=version, **said)

    if _saved(request, form, key, act):
        messages.success(request, _("Saved"))
        return redirect("reviews:information", review.pk)
    context = {"review": review, "form": form, "draft_key": key, "check": check}
    return render(request, f"{FOLDER}/neighbour.html", context)
