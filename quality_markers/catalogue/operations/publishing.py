"""A board's own catalogue from the day its words stand to the day nobody begins with it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.catalogue.models import CatalogueVersion, VersionState
from quality_markers.catalogue.operations import storing
from quality_markers.catalogue.operations.drafting import locked
from quality_markers.catalogue.queries import book_of
from quality_markers.catalogue.sheets.checking import refuse_what_falls_short
from quality_markers.catalogue.sheets.plain import digest
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event
from scr_portal.core.reasons import Refused


@transaction.atomic
def publish(*, draft: CatalogueVersion, title: str, seen: str, by: Any) -> CatalogueVersion:
    """What new reviews of the board begin with; ``seen`` is the hash of the words that were read.

    Raises Refused where the words are not those that were read, or say nothing new. A second click
    finds it done.
    """
    row = _fetched(draft, by)
    if row.state != VersionState.DRAFT:
        return row
    row.title = title.strip()
    book = book_of(row)
    refuse_what_falls_short(book)
    sha256 = digest(book)
    if sha256 != seen:
        raise Refused(_("Somebody has changed the draft since you read it. Read it again."))
    _refuse_the_same(row, sha256)
    row.save(update_fields=["title"])
    storing.publish(row, sha256, is_current=True)
    audit.record(kind=Event.CATALOGUE_PUBLISHED, by=by, target=row, board=row.board)
    return row


def _refuse_the_same(row: CatalogueVersion, sha256: str) -> None:
    if known := CatalogueVersion.objects.filter(board=row.board, sha256=sha256).first():
        raise Refused(
            _("“%(title)s” says exactly this already. Take it up again instead.")
            % {"title": known.title}
        )
    if row.based_on and digest(book_of(row.based_on)) == sha256:
        raise Refused(
            _("The draft says exactly what “%(title)s” says. Put the board’s own words in first.")
            % {"title": row.based_on.title}
        )


@transaction.atomic
def retire(*, version: CatalogueVersion, by: Any) -> None:
    """New reviews begin with the catalogue for every board; those under way keep their words."""
    row = _fetched(version, by)
    if row.state != VersionState.PUBLISHED:
        return
    row.state, row.is_current = VersionState.RETIRED, False
    row.save(update_fields=["state", "is_current"])
    audit.record(kind=Event.CATALOGUE_RETIRED, by=by, target=row, board=row.board)


@transaction.atomic
def take_up(*, version: CatalogueVersion, by: Any) -> None:
    """New reviews of the board begin with this one again."""
    row = _fetched(version, by)
    if row.state == VersionState.DRAFT:
        raise Refused(_("Publish the draft first."))
    if row.is_current:
        return
    storing.publish(row, row.sha256, is_current=True)
    audit.record(kind=Event.CATALOGUE_TAKEN_UP, by=by, target=row, board=row.board)


def _fetched(version: CatalogueVersion, by: Any) -> CatalogueVersion:
    """Under its board's lock. Raises Refused for one that is every board's, or gone."""
    if version.board is None:
        raise Refused(_("This catalogue is every board’s. A board publishes its own alone."))
    locked(version.board, by)
    rows = CatalogueVersion.objects.select_related("board", "based_on")
    row = rows.filter(pk=version.pk).first()
    if row is None:
        raise Refused(_("This draft has been discarded meanwhile."))
    return row
