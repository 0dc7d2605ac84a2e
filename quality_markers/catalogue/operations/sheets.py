"""A catalogue from a sheet: for every board at once, or as one board's draft."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.catalogue.book import Book
from quality_markers.catalogue.models import CatalogueVersion, Source
from quality_markers.catalogue.operations.importing import AlreadyImported
from quality_markers.catalogue.operations.storing import publish, store, wait_for_other_imports
from quality_markers.catalogue.sheets.checking import refuse_what_falls_short
from quality_markers.catalogue.sheets.plain import digest
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event


@transaction.atomic
def import_sheet(*, book: Book, by: Any = None, is_current: bool = False) -> CatalogueVersion:
    """For every board, published at once; the operator's. Raises Refused, AlreadyImported."""
    wait_for_other_imports()
    refuse_what_falls_short(book)
    sha256 = digest(book)
    if known := CatalogueVersion.objects.filter(board__isnull=True, sha256=sha256).first():
        raise AlreadyImported(
            _("This text is already in the catalogue as “%(title)s”. Nothing was changed.")
            % {"title": known.title}
        )
    version = CatalogueVersion(
        title=book.title,
        source=Source.IMPORTED,
        edition=book.edition,
        framework=book.framework,
        imported_by=by,
    )
    store(version, book)
    publish(version, sha256, is_current=is_current)
    audit.record(kind=Event.CATALOGUE_IMPORTED, by=by, target=version)
    return version
