"""The markers as anybody with an account reads them, and two versions beside each other."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from quality_markers.catalogue import differences, queries
from quality_markers.catalogue.forms import CompareForm
from quality_markers.catalogue.models import CatalogueVersion, Marker
from quality_markers.catalogue.sheets import files
from scr_portal.accounts.access import signed_in
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event

FOLDER = "quality_markers/catalogue"


@signed_in
def catalogue_list(request: HttpRequest) -> HttpResponse:
    return _list(request, queries.current_for(request.user))


@signed_in
def catalogue_version(request: HttpRequest, version: int) -> HttpResponse:
    return _list(request, _fetch(request.user, version), is_chosen=True)


def _list(
    request: HttpRequest, version: CatalogueVersion | None, *, is_chosen: bool = False
) -> HttpResponse:
    context = {
        "version": version,
        "clusters": queries.clusters(version) if version else [],
        "others": queries.others(version, request.user) if version else [],
        "is_chosen": is_chosen,
        "kinds": files.Kind.choices,
    }
    return render(request, f"{FOLDER}/list.html", context)


def _fetch(user: Any, pk: int) -> CatalogueVersion:
    """Raises Http404 alike for what is not there and what is not theirs to see."""
    versions = CatalogueVersion.objects.visible_to(user).select_related("board")
    return get_object_or_404(versions, pk=pk)


@signed_in
def catalogue_marker(request: HttpRequest, number: int) -> HttpResponse:
    version = queries.current_for(request.user)
    if version is None:
        raise Http404
    return _marker(request, version, number)


@signed_in
def catalogue_version_marker(request: HttpRequest, version: int, number: int) -> HttpResponse:
    return _marker(request, _fetch(request.user, version), number, is_chosen=True)


def _marker(
    request: HttpRequest, version: CatalogueVersion, number: int, *, is_chosen: bool = False
) -> HttpResponse:
    markers = Marker.objects.select_related("version__board").prefetch_related("questions__marker")
    marker = get_object_or_404(markers, version=version, number=number)
    before, after = queries.beside(marker)
    context = {
        "marker": marker,
        "before": before,
        "after": after,
        "is_chosen": is_chosen,
        "list_url": version.get_absolute_url()
        if is_chosen
        else reverse("quality_markers:catalogue_list"),
    }
    return render(request, f"{FOLDER}/marker.html", context)


@signed_in
def catalogue_compare(request: HttpRequest) -> HttpResponse:
    """``?old=1&new=2``; what may not be seen is no choice of the form, and no answer to it."""
    form = CompareForm(request.GET if request.GET else None, user=request.user)
    told: dict[str, Any] = {}
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        found = differences.between(queries.book_of(old), queries.book_of(new))
        told = {"old": old, "new": new, "differences": found}
    return render(request, f"{FOLDER}/compare.html", {"form": form, **told})


@signed_in
def catalogue_file(request: HttpRequest, version: int, kind: str) -> HttpResponse:
    found = _fetch(request.user, version)
    if kind not in files.Kind.values:
        raise Http404
    content = files.write(queries.book_of(found), kind, found)
    audit.record(kind=Event.CATALOGUE_DOWNLOADED, by=request.user, target=found, board=found.board)
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[files.Kind(kind)])
    name = f"{found.framework}-{found.edition}-{found.pk}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{files.named(name)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
