from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.people.forms.relations import EndLivingForm, HouseholdForm, LivingForm
from families.people.models import Household, Living
from families.people.operations import households as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused


def _back(review: Review) -> str:
    return reverse("families:households", args=[review.pk])


@review_view(Permission.SEE_FAMILY)
def households(request: HttpRequest, review: Review) -> HttpResponse:
    lives = Living.objects.select_related("person").order_by("-ended_on", "pk")
    rows = list(review.households.prefetch_related(Prefetch("livings", queryset=lives)))
    at_home = {each.person_id for row in rows for each in row.livings.all() if not each.ended_on}
    context = {
        "review": review,
        "households": rows,
        "nowhere": [row for row in review.family.all() if row.pk not in at_home],
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
        "may_see_names": request.user.has_perm(Permission.SEE_NAMES, review),
    }
    return render(request, "families/people/households.html", context)


@review_view(Permission.SEE_FAMILY)
def household(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """The address shows in the answer to a POST alone, and that somebody looked is kept."""
    row = get_object_or_404(review.households, pk=pk)
    if request.method != "POST":
        return redirect(_back(review))
    context = {
        "review": review,
        "household": row,
        "address": operations.show_address(household=row, by=request.user),
        "back": _back(review),
    }
    return render(request, "families/people/address.html", context)


def _form(request: HttpRequest, review: Review, row: Household | None) -> HouseholdForm:
    names = request.user.has_perm(Permission.SEE_NAMES, review)
    kept = {name: getattr(row, name) for name in ("name", "note", "version")} if row else None
    return HouseholdForm(posted(request), household=row, names=names, initial=kept)


@review_view(Permission.KEEP_FAMILY)
def household_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = _form(request, review, None)

    def act(by: Any, version: int | None, **_unused: Any) -> None:
        operations.add_household(review=review, by=by, **form.chosen())

    return form_page(
        request,
        form,
        act,
        done=_("The household is added. Say who lives there."),
        back=_back(review),
        review=review,
        heading=_("Add a household"),
        button=_("Add"),
    )


@review_view(Permission.KEEP_FAMILY)
def household_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = get_object_or_404(review.households, pk=pk)
    form = _form(request, review, row)

    def act(by: Any, version: int | None, **_unused: Any) -> None:
        operations.change_household(household=row, version=version or 0, by=by, **form.chosen())

    return form_page(
        request,
        form,
        act,
        done=_("The household is saved."),
        back=_back(review),
        review=review,
        heading=_("Change %(household)s") % {"household": row},
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def household_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = get_object_or_404(review.households, pk=pk)
    reasons = None
    if request.method == "POST":
        try:
            operations.remove_household(household=row, by=request.user)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The household is removed."))
            return redirect(_back(review))
    context = {
        "review": review,
        "heading": _("Remove the household %(household)s") % {"household": row},
        "text": _("For an entry made by mistake. It can't be brought back."),
        "reasons": reasons,
        "back": _back(review),
        "button": _("Remove"),
    }
    return render(request, "families/people/remove.html", context)


@review_view(Permission.KEEP_FAMILY)
def living_new(request: HttpRequest, review: Review) -> HttpResponse:
    given = {name: request.GET.get(name, "") for name in ("person", "household")}
    form = LivingForm(posted(request), review=review, initial=given)

    def act(**said: Any) -> None:
        operations.add_living(**said)

    return form_page(
        request,
        form,
        act,
        done=_("Who lives there is recorded."),
        back=_back(review),
        review=review,
        heading=_("Say who lives where"),
        button=_("Add"),
        intro=_("Somebody may live in two households at a time: add each of them."),
    )


def _living(review: Review, pk: int) -> Living:
    return get_object_or_404(review.livings.select_related("person", "household"), pk=pk)


@review_view(Permission.KEEP_FAMILY)
def living_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _living(review, pk)
    form = EndLivingForm(posted(request))

    def act(**said: Any) -> None:
        operations.end_living(living=row, **said)

    said = {"person": row.person, "household": row.household}
    return form_page(
        request,
        form,
        act,
        done=_("%(person)s lives in %(household)s no more.") % said,
        back=_back(review),
        review=review,
        heading=_("%(person)s leaves %(household)s") % said,
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def living_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _living(review, pk)
    if request.method == "POST":
        operations.remove_living(living=row, by=request.user)
        messages.success(request, _("The place in the household is removed."))
        return redirect(_back(review))
    said = {"person": row.person, "household": row.household}
    context = {
        "review": review,
        "heading": _("Remove %(person)s from %(household)s") % said,
        "text": _("For what was never so. Somebody who left is better given a last day."),
        "back": _back(review),
        "button": _("Remove"),
    }
    return render(request, "families/people/remove.html", context)
