from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.involvement.forms.safety import ApartForm, SafetyForm, SafetyReasonForm
from families.involvement.models import Safety, SafetyReason
from families.involvement.operations import safety as operations
from families.involvement.views.pages import page_of, page_of_all, person_of
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into

PART = "safety"


def _initial(form: Any, row: Any) -> dict[str, Any]:
    """A row that is not there yet is at version 1, as one that was just made."""
    return {name: getattr(row, name) for name in form.base_fields}


@review_view(Permission.KEEP_FAMILY)
def safety_edit(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    key = f"safety:{found.pk}"
    row = Safety.objects.filter(person=found).first() or Safety()
    initial = _initial(SafetyForm, row) | (restore_into(request, key) or {})
    form = SafetyForm(posted(request), initial=initial)

    def act(**said: Any) -> None:
        operations.keep_safety(person=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The instructions are saved."),
        back=page_of(found, PART),
        review=review,
        heading=_("How %(person)s is kept safe") % {"person": found},
        intro=_("Everybody who may see the family register reads this."),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.SEE_SAFETY)
def safety_reason(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    key = f"safety-reason:{found.pk}"
    row = SafetyReason.objects.filter(person=found).first() or SafetyReason()
    initial = _initial(SafetyReasonForm, row) | (restore_into(request, key) or {})
    form = SafetyReasonForm(posted(request), initial=initial)

    def act(**said: Any) -> None:
        operations.keep_reason(person=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The reason is saved."),
        back=page_of(found, PART),
        review=review,
        heading=_("Why %(person)s is kept safe") % {"person": found},
        intro=_("Only lead reviewers and family liaison read this; nobody else learns of it."),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.SEE_SAFETY)
def apart_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = ApartForm(posted(request), review=review)

    def act(**said: Any) -> None:
        operations.keep_apart(review=review, **said)

    return form_page(
        request,
        form,
        act,
        done=_("These two are never put into one appointment now."),
        back=f"{page_of_all(review)}#apart",
        review=review,
        heading=_("Keep two people apart"),
        intro=_(
            "Nobody can put both into one contact. Who may not know why is told only that these "
            "two cannot meet, when they try."
        ),
        button=_("Keep them apart"),
    )


@review_view(Permission.SEE_SAFETY)
@require_POST
def apart_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.aparts, pk=pk)
    try:
        operations.end_apart(apart=found, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Ended. These two may be in one appointment"))
    return redirect(f"{page_of_all(review)}#apart")
