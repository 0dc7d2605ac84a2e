from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.people import queries
from families.people.forms.people import DescriptionForm, DetailsForm
from families.people.models import Person, Relationship
from families.people.operations import people as operations
from families.people.operations.people import DETAILS
from families.people.panels import panels
from families.people.wording import said_of
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.SEE_FAMILY)
def people(request: HttpRequest, review: Review) -> HttpResponse:
    """Everybody by their relationship, and whom every review looks for and nobody has entered."""
    groups = queries.register(review)
    wanted = request.GET.get("group", "")
    shown = [group for group in groups if group.people and wanted in ("", group.key)]
    for group in shown or groups:
        for person in group.people:
            person.age_words = queries.age_of(person)  # type: ignore[attr-defined]
            person.role_words = queries.role_of(person)  # type: ignore[attr-defined]
    context = {
        "review": review,
        "groups": shown or [group for group in groups if group.people],
        "missing": [group for group in groups if group.begins_with and not group.people],
        "chips": _chips(review, groups, wanted),
        "is_begun": any(group.people for group in groups[1:]),
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
    }
    return render(request, "families/people/people.html", context)


def _chips(review: Review, groups: list[queries.Group], wanted: str) -> list[dict[str, Any]]:
    url = reverse("families:people", args=[review.pk])
    number = sum(len(group.people) for group in groups)
    everybody = {"label": _("Everybody"), "url": url, "count": number, "active": not wanted}
    return [everybody] + [
        {
            "label": group.label,
            "url": f"{url}?group={group.key}",
            "count": len(group.people),
            "active": wanted == group.key,
        }
        for group in groups
        if group.people
    ]


def found(review: Review, pk: int) -> Person:
    return get_object_or_404(queries.people_of(review), pk=pk)


@review_view(Permission.SEE_FAMILY)
def person(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """Name and contact details show in the answer to a POST alone; that somebody looked stays."""
    row = found(review, pk)
    user = request.user
    may_keep = user.has_perm(Permission.KEEP_FAMILY, review)
    relations = [said_of(row, each) for each in queries.relations_with(row)]
    context: dict[str, Any] = {
        "review": review,
        "person": row,
        "age": queries.age_of(row),
        "relations": [each for each in relations if not each.relation.is_past],
        "past": [each for each in relations if each.relation.is_past],
        "livings": row.livings.select_related("household").order_by("-ended_on", "pk"),
        "panels": panels(row, user),
        "may_keep": may_keep,
        "may_see_names": user.has_perm(Permission.SEE_NAMES, review),
        "kept": any(getattr(row, name) for name in DETAILS),
    }
    if request.method == "POST":
        shown = operations.show_details(person=row, by=user)
        context |= {"shown": shown, "born": row.born_on}
    return render(request, "families/people/person.html", context)


@review_view(Permission.KEEP_FAMILY)
def person_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"person:{review.pk}:new"
    kept = restore_into(request, key) or {}
    given = request.GET.get("relationship", "")
    initial = {"relationship": given if given in Relationship.values else ""} | kept
    form = DescriptionForm(posted(request), review=review, person=None, initial=initial)
    made: list[Person] = []

    def act(by: Any, **_unused: Any) -> None:
        made.append(operations.add_person(review=review, by=by, **form.chosen()))

    if carried_out(request, form, act, draft_key=key):
        messages.success(request, _("%(person)s is in the register.") % {"person": made[0]})
        page = "person_details" if "details" in request.POST else "person"
        return redirect(f"families:{page}", review.pk, made[0].pk)
    context = {
        "review": review,
        "form": form,
        "heading": _("Add somebody to the family register"),
        "back": reverse("families:people", args=[review.pk]),
        "draft_key": key,
        "may_see_names": request.user.has_perm(Permission.SEE_NAMES, review),
    }
    return render(request, "families/people/person_new.html", context)


@review_view(Permission.KEEP_FAMILY)
def person_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = found(review, pk)
    key = f"person:{review.pk}:{row.pk}"
    kept = restore_into(request, key)
    form = DescriptionForm(posted(request), review=review, person=row, initial=kept)

    def act(by: Any, version: int | None, **_unused: Any) -> None:
        operations.change_person(person=row, version=version or 0, by=by, **form.chosen())

    return form_page(
        request,
        form,
        act,
        done=_("The entry is saved."),
        back=row.get_absolute_url(),
        template="families/people/person_edit.html",
        review=review,
        person=row,
        heading=_("Change %(person)s") % {"person": row},
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def person_details(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """No draft is kept of it: what is typed here shows nowhere but in the answer to a request."""
    row = found(review, pk)
    if not request.user.has_perm(Permission.SEE_NAMES, review):
        raise PermissionDenied
    form = DetailsForm(posted(request), review=review, person=row)

    def act(by: Any, version: int | None, **_unused: Any) -> None:
        operations.change_person(person=row, version=version or 0, by=by, **form.chosen())

    return form_page(
        request,
        form,
        act,
        done=_("Name and contact details are saved."),
        back=row.get_absolute_url(),
        template="families/people/person_edit.html",
        review=review,
        person=row,
        heading=_("Name and contact details of %(person)s") % {"person": row},
        button=_("Save"),
        intro=_(
            "All of this is kept encrypted, and shows only to people who may see real names, when "
            "they ask for it. The history says who looked."
        ),
    )


@review_view(Permission.KEEP_FAMILY)
def person_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """An act that can't be taken back has its own page."""
    row = found(review, pk)
    reasons = None
    if request.method == "POST":
        try:
            operations.remove_person(person=row, by=request.user)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("%(person)s is out of the register.") % {"person": row})
            return redirect("families:people", review.pk)
    context = {
        "review": review,
        "heading": _("Remove %(person)s from the register") % {"person": row},
        "text": _("For an entry made by mistake. It can't be brought back."),
        "reasons": reasons,
        "back": row.get_absolute_url(),
        "button": _("Remove"),
    }
    return render(request, "families/people/remove.html", context)
