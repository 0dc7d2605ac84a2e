"""What the family asked of the terms of reference, and what became of it (QM 12.4)."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.focus import InfluenceForm, ToldForm, WeighForm, initial_of
from families.involvement.models import Influence
from families.involvement.operations import focus as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into


def _back(review: Review) -> str:
    return reverse("families:questions", args=[review.pk]) + "#terms"


def _found(review: Review, pk: int) -> Influence:
    return get_object_or_404(review.influences.select_related("person"), pk=pk)


@review_view(Permission.KEEP_FAMILY)
def influence_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"influence:{review.pk}"
    begun = {
        "token": secrets.token_hex(16),
        "person": request.GET.get("person", ""),
        "asked_on": clock.today(),
    }
    initial = begun | (restore_into(request, key) or {})
    form = InfluenceForm(posted(request), initial=initial, review=review)
    return form_page(
        request,
        form,
        operations.ask_of_the_terms,
        done=_("On the record. Whoever writes the terms of reference weighs it."),
        back=_back(review),
        review=review,
        heading=_("What do they ask of the terms of reference?"),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def influence_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"influence:{review.pk}:{found.pk}"
    initial = initial_of(found, "text", "asked_on") | (restore_into(request, key) or {})
    form = InfluenceForm(posted(request), initial=initial, review=review, is_new=False)

    def act(**said: Any) -> None:
        operations.change_influence(influence=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("What they asked for is saved."),
        back=_back(review),
        review=review,
        heading=_("What %(person)s asked for") % {"person": found.person.pseudonym},
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def influence_weigh(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"influence-weighed:{found.pk}"
    begun = initial_of(found, "outcome", "why")
    begun["settled_on"] = found.settled_on or clock.today()
    form = WeighForm(posted(request), initial=begun | (restore_into(request, key) or {}))

    def act(**said: Any) -> None:
        operations.weigh(influence=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("On the record, with the reason."),
        back=_back(review),
        review=review,
        heading=_("What became of what %(person)s asked for?") % {"person": found.person.pseudonym},
        intro=found.text,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def influence_told(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    form = ToldForm(posted(request), initial=initial_of(found))

    def act(**said: Any) -> None:
        operations.told(influence=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("On the record: they know what became of it."),
        back=_back(review),
        review=review,
        heading=_("%(person)s was told what became of it") % {"person": found.person.pseudonym},
        intro=found.why,
        button=_("Save"),
    )
