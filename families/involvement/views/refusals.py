"""That somebody said no, and that they changed their mind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.contacts import ChangedMindForm, RefusalForm
from families.involvement.operations import refusals as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.KEEP_FAMILY)
def refusal_new(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = get_object_or_404(review.family, pk=person)
    key = f"family-refusal:{review.pk}:{found.pk}"
    today = {"said_on": clock.today(), "not_asked_from": clock.today()}
    form = RefusalForm(posted(request), initial=today | (restore_into(request, key) or {}))

    def act(**said: Any) -> None:
        operations.refuse(person=found, **said)

    who = {"person": found.pseudonym}
    return form_page(
        request,
        form,
        act,
        done=_("On the record: %(person)s is left in peace.") % who,
        back=reverse("families:contacts", args=[review.pk]),
        review=review,
        heading=_("%(person)s said no") % who,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def refusal_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.refusals.select_related("person"), pk=pk)
    form = ChangedMindForm(posted(request))

    def act(**said: Any) -> None:
        operations.end(refusal=found, **said)

    who = {"person": found.person.pseudonym}
    return form_page(
        request,
        form,
        act,
        done=_("On the record. %(person)s can be asked again.") % who,
        back=reverse("families:contacts", args=[review.pk]),
        review=review,
        heading=_("%(person)s changed their mind") % who,
        button=_("Save"),
    )
