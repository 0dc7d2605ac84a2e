"""Loading and importing the catalogue: a new version each time, never a change to an old one."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.catalogue import reader, wording
from quality_markers.catalogue.book import PROSE, Book, Chapter
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question, Source
from quality_markers.catalogue.shape import Shape, problems, shape
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event
from scr_portal.core.reasons import Refused


class AlreadyImported(Refused):
    """The same bytes are a version of the catalogue already."""


def read_published(*, content: bytes) -> Book:
    """The file's text as a book; raises Refused with every place where it falls short."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(
            _("Line %(line)d is not UTF-8 text. Save the file as UTF-8 and import it again.")
            % {"line": line}
        ) from error
    expected = shape()
    book = reader.read(text, expected)
    if found := problems(book, expected):
        raise Refused([str(problem) for problem in found])
    return book


@transaction.atomic
def import_published(*, content: bytes, by: Any = None) -> CatalogueVersion:
    """The official wording becomes what new reviews begin with; those under way keep theirs."""
    _wait_for_other_imports()
    digest = sha256(content).hexdigest()
    if known := CatalogueVersion.objects.filter(sha256=digest).first():
        raise AlreadyImported(
            _("This text is already in the catalogue as “%(title)s”. Nothing was changed.")
            % {"title": known.title}
        )
    book, expected = read_published(content=content), shape()
    version = CatalogueVersion(
        title=_("%(title)s %(edition)s, official wording")
        % {"title": expected.title, "edition": expected.edition},
        source=Source.OFFICIAL,
        edition=expected.edition,
        sha256=digest,
        imported_by=by,
        is_current=True,
    )
    CatalogueVersion.objects.filter(is_current=True).update(is_current=False)
    _store(version, book, expected)
    audit.record(kind=Event.CATALOGUE_IMPORTED, by=by, target=version)
    return version


@transaction.atomic
def load_own(*, by: Any = None) -> CatalogueVersion:
    """Our own wording, once; current only where the board has no other catalogue yet."""
    _wait_for_other_imports()
    content = wording.OWN.read_bytes()
    digest = sha256(content).hexdigest()
    if known := CatalogueVersion.objects.filter(sha256=digest).first():
        return known
    book, expected = wording.own(content.decode("utf-8")), shape()
    version = CatalogueVersion(
        title=_("%(title)s %(edition)s, our own wording")
        % {"title": expected.title, "edition": expected.edition},
        source=Source.OWN,
        edition=expected.edition,
        sha256=digest,
        imported_by=by,
        is_current=CatalogueVersion.objects.current() is None,
    )
    _store(version, book, expected)
    audit.record(kind=Event.CATALOGUE_LOADED, by=by, target=version)
    return version


def _wait_for_other_imports() -> None:
    """One at a time, so that two can't both find no current version."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('quality_markers.catalogue'))")


def _store(version: CatalogueVersion, book: Book, expected: Shape) -> None:
    version.save(force_insert=True)
    markers = Marker.objects.bulk_create(
        _marker(version, chapter, book.clusters, expected) for chapter in book.chapters
    )
    Question.objects.bulk_create(
        Question(marker=marker, number=asked.number, text=asked.text)
        for marker, chapter in zip(markers, book.chapters, strict=True)
        for asked in chapter.questions
    )


def _marker(
    version: CatalogueVersion, chapter: Chapter, clusters: tuple[str, ...], expected: Shape
) -> Marker:
    cluster = expected.cluster_of(chapter.number)
    return Marker(
        version=version,
        number=chapter.number,
        title=chapter.title,
        cluster_number=cluster,
        cluster_title=clusters[cluster - 1],
        is_family=chapter.number in expected.family,
        **{section: getattr(chapter, section) for section in PROSE},
    )
