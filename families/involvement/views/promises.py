"""Promises to family members: made, changed, kept, given up."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.focus import GiveUpForm, KeptForm, PromiseForm, initial_of
from families.involvement.models import Promise
from families.involvement.operations import promises as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into

SAID = ("text", "promised_by", "promised_on", "due_on")


def _back(review: Review) -> str:
    return reverse("families:contacts", args=[review.pk]) + "#promises"


def _found(review: Review, pk: int) -> Promise:
    return get_object_or_404(review.promises.select_related("person"), pk=pk)


@review_view(Permission.KEEP_FAMILY)
def promise_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"promise:{review.pk}"
    begun = {
        "token": secrets.token_hex(16),
        "person": request.GET.get("person", ""),
        "promised_by": str(request.user),
        "promised_on": clock.today(),
    }
    initial = begun | (restore_into(request, key) or {})
    form = PromiseForm(posted(request), initial=initial, review=review)
    return form_page(
        request,
        form,
        operations.promise,
        done=_("The promise is on the record. You are reminded of it a week before its day."),
        back=_back(review),
        review=review,
        heading=_("What was promised?"),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def promise_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"promise:{review.pk}:{found.pk}"
    initial = initial_of(found, *SAID) | (restore_into(request, key) or {})
    form = PromiseForm(posted(request), initial=initial, review=review, is_new=False)

    def act(**said: Any) -> None:
        operations.change(promise=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The promise is saved."),
        back=_back(review),
        review=review,
        heading=_("The promise to %(person)s") % {"person": found.person.pseudonym},
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def promise_kept(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"promise-kept:{found.pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = KeptForm(posted(request), initial=initial)

    def act(**said: Any) -> None:
        operations.keep(promise=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The promise is on the record as kept."),
        back=_back(review),
        review=review,
        heading=_("The promise to %(person)s is kept") % {"person": found.person.pseudonym},
        intro=found.text,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def promise_give_up(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"promise-given-up:{found.pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = GiveUpForm(posted(request), initial=initial)

    def act(**said: Any) -> None:
        operations.give_up(promise=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The promise is given up, with the reason."),
        back=_back(review),
        review=review,
        heading=_("The promise to %(person)s can’t be kept") % {"person": found.person.pseudonym},
        intro=found.text,
        button=_("Give it up"),
        draft_key=key,
    )
