from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.people import queries
from families.people.forms.relations import EndRelationForm, RelationForm
from families.people.models import Relation
from families.people.operations import relations as operations
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission

GIVEN = ("one", "other", "kind")


def _back(request: HttpRequest, review: Review) -> str:
    """To the page of the person from whom one came, else to the network."""
    number = request.GET.get("from", "")
    if number.isdecimal() and len(number) < 12 and review.family.filter(pk=number).exists():
        return reverse("families:person", args=[review.pk, number])
    return reverse("families:network", args=[review.pk])


@review_view(Permission.KEEP_FAMILY)
def relation_new(request: HttpRequest, review: Review) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in GIVEN}
    form = RelationForm(posted(request), review=review, initial=initial)

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.add_relation(review=review, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The relation is recorded."),
        back=_back(request, review),
        template="families/people/relation.html",
        review=review,
        heading=_("Add a relation"),
        button=_("Add"),
    )


def _found(review: Review, pk: int) -> Relation:
    return get_object_or_404(queries.relations_of(review), pk=pk)


@review_view(Permission.KEEP_FAMILY)
def relation_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _found(review, pk)
    initial = {name: getattr(row, name) for name in RelationForm.base_fields}
    form = RelationForm(posted(request), review=review, initial=initial)

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.change_relation(relation=row, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The relation is saved."),
        back=_back(request, review),
        template="families/people/relation.html",
        review=review,
        heading=_("Change a relation"),
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def relation_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _found(review, pk)
    form = EndRelationForm(posted(request), initial={"version": row.version})

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.end_relation(relation=row, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Recorded as over. It stays in the picture, marked as past."),
        back=_back(request, review),
        review=review,
        heading=_("End: %(relation)s") % {"relation": row},
        button=_("It is over"),
    )


@review_view(Permission.KEEP_FAMILY)
def relation_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _found(review, pk)
    if request.method == "POST":
        operations.remove_relation(relation=row, by=request.user)
        messages.success(request, _("The relation is removed."))
        return redirect(_back(request, review))
    context = {
        "review": review,
        "heading": _("Remove: %(relation)s") % {"relation": row},
        "text": _("For what was never so. What was so and is over is better ended: it stays then."),
        "back": _back(request, review),
        "button": _("Remove"),
    }
    return render(request, "families/people/remove.html", context)
