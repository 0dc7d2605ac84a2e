"""For who keeps contributions: their check, other accounts beside them, and what became of them."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.contributions import queries
from families.contributions.forms.following import (
    CheckForm,
    NewBesideForm,
    UseForm,
    beside_form,
    use_initial,
)
from families.contributions.models import Contradiction
from families.contributions.operations import beside, checking, using
from families.contributions.views.reading import one
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.accounts.views.parts import attempt
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.KEEP_CONTRIBUTIONS)
def contribution_check(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    key = f"contribution-check:{review.pk}:{pk}"
    begun = {"text": found.text, "on": clock.today(), "version": found.version}
    kept = restore_into(request, key) or {}
    token = {"token": secrets.token_hex(16)}
    form = CheckForm(posted(request), initial=begun | kept | token)

    def act(**said: Any) -> None:
        checking.record_check(contribution=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Their check is on the record."),
        back=f"{found.get_absolute_url()}#check",
        template="families/contributions/check.html",
        review=review,
        it=found,
        heading=_("Their check of what was written down"),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_CONTRIBUTIONS)
def account_new(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    key = f"contribution-beside:{review.pk}:{pk}"
    others = queries.readable(request.user, review).exclude(pk=pk)
    form = NewBesideForm(posted(request), initial=restore_into(request, key) or {}, others=others)

    def act(by: Any, version: Any, **said: Any) -> None:
        beside.put_beside(contribution=found, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The accounts stand side by side."),
        back=f"{found.get_absolute_url()}#accounts",
        review=review,
        heading=_("Put another account beside it"),
        button=_("Save"),
        intro=_(
            "Accounts differ, and both are kept as they are. Nobody has to decide here which one "
            "is right: that they differ may be what there is to learn from."
        ),
        draft_key=key,
    )


def _account(request: HttpRequest, review: Review, pk: int, account: int) -> Contradiction:
    """One that stands beside it for this person, whichever of the two it was written down on."""
    found = one(request, review, pk)
    for each in queries.accounts(request.user, found):
        if each.row.pk == account:
            return each.row
    raise Http404


@review_view(Permission.KEEP_CONTRIBUTIONS)
def account_edit(request: HttpRequest, review: Review, pk: int, account: int) -> HttpResponse:
    row = _account(request, review, pk, account)
    key = f"contribution-beside:{review.pk}:{pk}:{account}"
    made, initial = beside_form(row)
    form = made(posted(request), initial=initial | (restore_into(request, key) or {}))

    def act(**said: Any) -> None:
        beside.change_beside(contradiction=row, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Saved."),
        back=_back(review, pk),
        review=review,
        heading=_("Change what stands beside it"),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_CONTRIBUTIONS)
@require_POST
def account_remove(request: HttpRequest, review: Review, pk: int, account: int) -> HttpResponse:
    row = _account(request, review, pk, account)
    attempt(
        request,
        lambda: beside.take_away(contradiction=row, by=request.user),
        _("It stands beside it no more. What family members said is kept."),
    )
    return redirect(_back(review, pk))


@review_view(Permission.KEEP_CONTRIBUTIONS)
def use_new(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    key = f"contribution-use:{review.pk}:{pk}"
    form = UseForm(posted(request), initial=restore_into(request, key) or {})

    def act(by: Any, version: Any, **said: Any) -> None:
        using.record_use(contribution=found, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("What became of it is on the record."),
        back=f"{found.get_absolute_url()}#uses",
        review=review,
        heading=_("What became of it?"),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_CONTRIBUTIONS)
def use_edit(request: HttpRequest, review: Review, pk: int, use: int) -> HttpResponse:
    found = one(request, review, pk)
    row = get_object_or_404(found.uses, pk=use)
    key = f"contribution-use:{review.pk}:{pk}:{use}"
    initial = use_initial(row) | (restore_into(request, key) or {})
    form = UseForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **said: Any) -> None:
        using.change_use(use=row, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Saved."),
        back=f"{found.get_absolute_url()}#uses",
        review=review,
        heading=_("What became of it?"),
        button=_("Save"),
        draft_key=key,
    )


def _back(review: Review, pk: int) -> str:
    url = reverse("families:contribution", args=[review.pk, pk])
    return f"{url}#accounts"
