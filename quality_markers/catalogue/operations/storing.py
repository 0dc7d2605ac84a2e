"""A book into rows. They are written while their version is a draft: published words stand."""

from django.db import transaction

from quality_markers.catalogue.book import PROSE, Book, Chapter
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question, VersionState


def wait_for_other_imports() -> None:
    """One at a time, so that two can't both find no current version."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('quality_markers.catalogue'))")


def store(version: CatalogueVersion, book: Book) -> None:
    """As a draft, whatever the version is to be."""
    version.state = VersionState.DRAFT
    version.save(force_insert=True)
    markers = Marker.objects.bulk_create(
        _marker(version, chapter, book.clusters) for chapter in book.chapters
    )
    Question.objects.bulk_create(
        Question(marker=marker, number=asked.number, text=asked.text)
        for marker, chapter in zip(markers, book.chapters, strict=True)
        for asked in chapter.questions
    )


def _marker(version: CatalogueVersion, chapter: Chapter, clusters: tuple[str, ...]) -> Marker:
    return Marker(
        version=version,
        number=chapter.number,
        title=chapter.title,
        cluster_number=chapter.cluster,
        cluster_title=clusters[chapter.cluster - 1],
        is_family=chapter.is_family,
        local_guidance=chapter.local_guidance,
        **{section: getattr(chapter, section) for section in PROSE},
    )


def publish(version: CatalogueVersion, sha256: str, *, is_current: bool) -> None:
    """From now on its words stand. Where it is to be current, it takes another's place."""
    if is_current:
        others = CatalogueVersion.objects.filter(board=version.board, is_current=True)
        others.update(is_current=False)
    version.state, version.sha256 = VersionState.PUBLISHED, sha256
    version.is_current = is_current
    version.save(update_fields=["state", "sha256", "is_current"])
