from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from quality_markers.catalogue import queries
from quality_markers.catalogue.models import CatalogueVersion, Marker
from scr_portal.accounts.access import signed_in


@signed_in
def catalogue_list(request: HttpRequest) -> HttpResponse:
    version = CatalogueVersion.objects.current()
    return render(
        request,
        "quality_markers/catalogue/list.html",
        {"version": version, "clusters": queries.clusters(version) if version else []},
    )


@signed_in
def catalogue_marker(request: HttpRequest, number: int) -> HttpResponse:
    marker = get_object_or_404(
        Marker.objects.select_related("version").prefetch_related("questions__marker"),
        version__is_current=True,
        number=number,
    )
    around = marker.version.markers.filter(number__in=(number - 1, number + 1))
    beside = {other.number: other for other in around}
    return render(
        request,
        "quality_markers/catalogue/marker.html",
        {
            "marker": marker,
            "before": beside.get(number - 1),
            "after": beside.get(number + 1),
        },
    )
