"""From the questions of one version to those of another: for a review that moves, and for passes
of different versions beside each other."""

from quality_markers.catalogue.book import Asked, Book, Chapter
from quality_markers.catalogue.models import CatalogueVersion, Question
from quality_markers.catalogue.pairing import Ref, paired


def matched(old: CatalogueVersion, new: CatalogueVersion) -> dict[int, int]:
    """From primary key to primary key, in one query; what has no match is not in it."""
    rows = list(
        Question.objects.filter(marker__version__in=(old, new)).select_related("marker").order_by()
    )
    if old == new:
        return {row.pk: row.pk for row in rows}
    before, after = _keys(old, rows), _keys(new, rows)
    pairs = paired(_book(old, rows), _book(new, rows))
    return {before[one]: after[other] for one, other in pairs.items()}


def _keys(version: CatalogueVersion, rows: list[Question]) -> dict[Ref, int]:
    return {
        (row.marker.number, row.number): row.pk
        for row in rows
        if row.marker.version_id == version.pk
    }


def _book(version: CatalogueVersion, rows: list[Question]) -> Book:
    mine = [row for row in rows if row.marker.version_id == version.pk]
    chapters = tuple(
        Chapter(
            number=marker.number,
            title=marker.title,
            questions=tuple(
                Asked(row.number, row.text) for row in mine if row.marker_id == marker.pk
            ),
        )
        for marker in {row.marker_id: row.marker for row in mine}.values()
    )
    return Book(version.edition, (), chapters, framework=version.framework)
