from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from quality_markers.catalogue.book import PROSE, Asked, Book, Chapter
from quality_markers.catalogue.models import (
    LOCAL,
    CatalogueVersion,
    Marker,
    Question,
    VersionState,
)
from reviews.case.models import Appointment
from scr_portal.accounts.models import Board, BoardRole


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


def beside(marker: Marker) -> tuple[Marker | None, Marker | None]:
    """The nearest before and after, whatever numbers are left out."""
    markers = marker.version.markers
    return (
        markers.filter(number__lt=marker.number).order_by("-number").first(),
        markers.filter(number__gt=marker.number).order_by("number").first(),
    )


def of_board(board: Board) -> QuerySet[CatalogueVersion]:
    """What a board can begin with: its own and what is for every board, no drafts."""
    wanted = Q(board=board) | Q(board__isnull=True)
    return CatalogueVersion.objects.filter(wanted).exclude(state=VersionState.DRAFT)


def draft_of(board: Board) -> CatalogueVersion | None:
    drafts = CatalogueVersion.objects.filter(board=board, state=VersionState.DRAFT)
    return drafts.select_related("based_on", "board").first()


def current_for(user: Any) -> CatalogueVersion | None:
    """Of one's own board, where one works for a single one; else what is for every board."""
    roles = BoardRole.objects.active().filter(user=user).values("board")
    work = Appointment.objects.active().filter(user=user).values("review__board")
    boards = list(Board.objects.filter(Q(pk__in=roles) | Q(pk__in=work))[:2])
    return CatalogueVersion.objects.current(boards[0] if len(boards) == 1 else None)


def others(version: CatalogueVersion, user: Any) -> QuerySet[CatalogueVersion]:
    """What else this person may read of what is in use, and of what was."""
    visible = CatalogueVersion.objects.visible_to(user).exclude(pk=version.pk)
    return visible.exclude(state=VersionState.DRAFT).select_related("board")


def own_words(version: CatalogueVersion) -> list[Marker]:
    """Its markers in order; each knows ``asked`` and ``own``, the number of local questions."""
    local = Count("questions", filter=Q(questions__number__gt=LOCAL))
    return list(version.markers.annotate(asked=Count("questions"), own=local).order_by("number"))


def newer_than(version: CatalogueVersion) -> CatalogueVersion | None:
    """What is for every board now, where a board's own was not made from it."""
    national = CatalogueVersion.objects.current()
    made_from = version
    while made_from.based_on and made_from.board_id:
        made_from = made_from.based_on
    return national if national and national != made_from else None
