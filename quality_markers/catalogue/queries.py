from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from quality_markers.catalogue.models import CatalogueVersion, Marker


@dataclass(frozen=True)
class Cluster:
    number: int
    title: str
    markers: list[Marker]


def clusters(version: CatalogueVersion) -> list[Cluster]:
    """Markers under their cluster; each knows `asked`, the number of its questions."""
    markers = version.markers.annotate(asked=Count("questions")).order_by("number")
    return [
        Cluster(number, title, list(group))
        for (number, title), group in groupby(
            markers, key=lambda marker: (marker.cluster_number, marker.cluster_title)
        )
    ]
