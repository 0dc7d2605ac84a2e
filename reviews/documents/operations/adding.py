"""A document comes in, and its next version after it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.documents import queries
from reviews.documents.access import locked, require_zone
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import storing


class _Again(Exception):
    """The same click a second time: the first has done it."""


def add(
    *,
    review: Review,
    by: Any,
    upload: Any,
    token: str,
    title: str,
    kind: str,
    permission: str = Permission.READ_DOCUMENTS,
    marking: str = "",
    private_to: Any = None,
    about: Any = None,
    note: str = "",
) -> Document:
    """A document with its first version; one for one token, however often it comes.

    Raises Refused for a file that is not let in, PermissionDenied where ``permission`` is one that
    the person does not hold.
    """
    require(by, Permission.ADD_DOCUMENTS, review)
    require(by, permission, review)
    require_zone(by, review, private_to)
    about_type, about_id = queries.address_of(about) if about is not None else ("", "")

    def write(here: Review, stored: StoredFile) -> DocumentVersion:
        document = Document.objects.create(
            review=here,
            title=title,
            kind=kind,
            owner=by,
            marking=marking or here.marking,
            permission=permission,
            private_to=private_to,
            about_type=about_type,
            about_id=about_id,
            created_at=clock.now(),
        )
        audit.record(
            kind=audit.Event.DOCUMENT_ADDED,
            by=by,
            target=document,
            label=document.in_history,
            changes={"sha256": stored.sha256},
        )
        return _version(document, 1, stored, by=by, token=token, note=note)

    return _keep(review, upload, by=by, token=token, write=write).document


def add_version(
    *, document: Document, by: Any, upload: Any, token: str, since: int, note: str = ""
) -> DocumentVersion:
    """The next version. ``since`` is the newest that the person had seen. Raises Refused."""
    require(by, Permission.ADD_DOCUMENTS, document.review)

    def write(here: Review, stored: StoredFile) -> DocumentVersion:
        found = locked(document, by, review=here)
        newest = found.versions.select_related("file", "by").first()
        _require_new(newest, stored, since)
        number = 1 + (found.versions.aggregate(last=Max("number"))["last"] or 0)
        audit.record(
            kind=audit.Event.DOCUMENT_VERSION_ADDED,
            by=by,
            target=found,
            label=found.in_history,
            changes={"version": number, "sha256": stored.sha256},
        )
        return _version(found, number, stored, by=by, token=token, note=note)

    return _keep(document.review, upload, by=by, token=token, write=write)


def _keep(
    review: Review,
    upload: Any,
    *,
    by: Any,
    token: str,
    write: Callable[[Review, StoredFile], DocumentVersion],
) -> DocumentVersion:
    """The bytes first, then the row under the lock: nobody waits for somebody else's upload."""
    earlier = DocumentVersion.objects.filter(token=key_of(review, by, token)).select_related(
        "document__review"
    )
    if found := earlier.first():
        return found
    try:
        with storing(upload, by=by, board=review.board, review_id=review.pk) as stored:
            here = Review.objects.locked(review.pk)
            require(by, Permission.ADD_DOCUMENTS, here)
            if earlier.exists():
                raise _Again
            return write(here, stored)
    except _Again:
        return earlier.get()


def _version(
    document: Document, number: int, stored: StoredFile, *, by: Any, token: str, note: str
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        review=document.review,
        document=document,
        number=number,
        file=stored,
        note=note,
        token=key_of(document.review, by, token),
        by=by,
        at=clock.now(),
    )


def _require_new(newest: DocumentVersion | None, stored: StoredFile, since: int) -> None:
    if newest is None:
        return
    if newest.number != since:
        raise Refused(
            _(
                "%(who)s added version %(number)d since you opened this page. Look at it first; "
                "if yours is still wanted, upload it again."
            )
            % {"who": newest.by, "number": newest.number}
        )
    is_gone = newest.file.scan == StoredFile.Scan.REFUSED
    if newest.file.sha256 == stored.sha256 and not is_gone:
        raise Refused(
            _("This is the very same file as version %(number)d, so nothing was added.")
            % {"number": newest.number}
        )
