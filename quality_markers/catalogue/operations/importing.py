"""Loading and importing the catalogue: a new version each time, never a change to an old one."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.catalogue import reader, wording
from quality_markers.catalogue.book import Book
from quality_markers.catalogue.models import CatalogueVersion, Source
from quality_markers.catalogue.operations.storing import publish, store, wait_for_other_imports
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
    wait_for_other_imports()
    digest = sha256(content).hexdigest()
    if known := _national().filter(sha256=digest).first():
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
        imported_by=by,
    )
    store(version, _placed(book, expected))
    publish(version, digest, is_current=True)
    audit.record(kind=Event.CATALOGUE_IMPORTED, by=by, target=version)
    return version


@transaction.atomic
def load_own(*, by: Any = None) -> CatalogueVersion:
    """Our own wording, once; current only where the board has no other catalogue yet."""
    wait_for_other_imports()
    content = wording.OWN.read_bytes()
    digest = sha256(content).hexdigest()
    if known := _national().filter(sha256=digest).first():
        return known
    book, expected = wording.own(content.decode("utf-8")), shape()
    version = CatalogueVersion(
        title=_("%(title)s %(edition)s, our own wording")
        % {"title": expected.title, "edition": expected.edition},
        source=Source.OWN,
        edition=expected.edition,
        imported_by=by,
    )
    store(version, _placed(book, expected))
    publish(version, digest, is_current=CatalogueVersion.objects.current() is None)
    audit.record(kind=Event.CATALOGUE_LOADED, by=by, target=version)
    return version


def _national() -> Any:
    return CatalogueVersion.objects.filter(board__isnull=True)


def _placed(book: Book, expected: Shape) -> Book:
    """The publication says neither the clusters of its chapters nor which are of the family."""
    return replace(
        book,
        chapters=tuple(
            replace(
                chapter,
                cluster=expected.cluster_of(chapter.number),
                is_family=chapter.number in expected.family,
            )
            for chapter in book.chapters
        ),
    )
