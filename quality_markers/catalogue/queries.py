from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch

from quality_markers.catalogue.book import PROSE, Asked, Book, Chapter
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question, VersionState
from scr_portal.accounts.models import Board


@dataclass(frozen=True)
class Cluster:
    number: int
    title: str
    markers: list[Marker]


def clusters(version: CatalogueVersion) -> list[Cluster]:
    """Markers under their cluster; each knows `asked`, the number of its questions."""
    markers = version.markers.annotate(asked=Count("questions"))
    return [
        Cluster(number, title, list(group))
        for (number, title), group in groupby(
            markers.order_by("cluster_number", "number"),
            key=lambda marker: (marker.cluster_number, marker.cluster_title),
        )
    ]


def book_of(version: CatalogueVersion) -> Book:
    """Everything that the version says, as values."""
    questions = Prefetch("questions", Question.objects.order_by("number"))
    markers = list(version.markers.order_by("number").prefetch_related(questions))
    titles = {marker.cluster_number: marker.cluster_title for marker in markers}
    return Book(
        edition=version.edition,
        clusters=tuple(titles[number] for number in sorted(titles)),
        chapters=tuple(_chapter(marker) for marker in markers),
        title=version.title,
        framework=version.framework,
    )


def _chapter(marker: Marker) -> Chapter:
    prose: dict[str, Any] = {name: getattr(marker, name) for name in PROSE}
    return Chapter(
        number=marker.number,
        title=marker.title,
        cluster=marker.cluster_number,
        is_family=marker.is_family,
        local_guidance=marker.local_guidance,
        questions=tuple(Asked(each.number, each.text) for each in marker.questions.all()),
        **prose,
    )


def of_board(board: Board) -> Any:
    """What a board can choose from: its own, newest first, and what is for every board."""
    return CatalogueVersion.objects.filter(board__in=[board]) | CatalogueVersion.objects.filter(
        board__isnull=True
    ).exclude(state=VersionState.DRAFT)


def current_for(user: Any) -> CatalogueVersion | None:
    """Of one's own board, where one has a single board; else what is for every board."""
    roles = user.board_roles.active()
    boards = list(Board.objects.filter(pk__in=roles.values("board"))[:2])
    return CatalogueVersion.objects.current(boards[0] if len(boards) == 1 else None)
