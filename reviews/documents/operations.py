"""Documents are added, replaced by newer versions, put right, withdrawn and given out."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import FileResponse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.zones import boards_of
from reviews.documents import queries, rules
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.documents import serving
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
    _require_zone(by, review, private_to)
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
        locked = _locked(document, by, review=here)
        newest = locked.versions.select_related("file", "by").first()
        _require_new(newest, stored, since)
        number = 1 + (locked.versions.aggregate(last=Max("number"))["last"] or 0)
        audit.record(
            kind=audit.Event.DOCUMENT_VERSION_ADDED,
            by=by,
            target=locked,
            label=locked.in_history,
            changes={"version": number, "sha256": stored.sha256},
        )
        return _version(locked, number, stored, by=by, token=token, note=note)

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
    earlier = DocumentVersion.objects.filter(token=_key(by, review, token)).select_related(
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


def _key(by: Any, review: Review, token: str) -> str:
    return sha256(f"{by.pk}:{review.pk}:{token}".encode()).hexdigest()


def _version(
    document: Document, number: int, stored: StoredFile, *, by: Any, token: str, note: str
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        review=document.review,
        document=document,
        number=number,
        file=stored,
        note=note,
        token=_key(by, document.review, token),
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


def _locked(document: Document, by: Any, *, review: Review | None = None) -> Document:
    """Under the review's lock, read anew. Raises PermissionDenied for who may not read it today."""
    review = review or Review.objects.locked(document.review_id)
    found = Document.objects.readable(by, review).filter(pk=document.pk).first()
    if found is None:
        raise PermissionDenied
    found.review = review
    return found


@transaction.atomic
def change(*, document: Document, by: Any, **fields: Any) -> Document:
    """Title, kind, owner, marking, permission, private_to. Raises Refused, PermissionDenied."""
    document = _changeable(document, by)
    changed = [name for name, value in fields.items() if getattr(document, name) != value]
    if not changed:
        return document
    for name in changed:
        setattr(document, name, fields[name])
    if "permission" in changed:
        require(by, document.permission, document.review)
    if "private_to" in changed:
        _require_zone(by, document.review, document.private_to)
    _require_readable(document, document.owner)
    document.save(update_fields=changed)
    audit.record(
        kind=audit.Event.DOCUMENT_CHANGED,
        by=by,
        target=document,
        label=document.in_history,
        changes={"fields": ", ".join(_named(changed))},
    )
    return document


def _require_zone(by: Any, review: Review, board: Any) -> None:
    if board is not None and board not in boards_of(by, review):
        raise PermissionDenied


def _changeable(document: Document, by: Any) -> Document:
    found = _locked(document, by)
    if not rules.may_change(by, found):
        raise PermissionDenied
    return found


def _require_readable(document: Document, owner: Any) -> None:
    may_read = owner.has_perm(document.permission, document.review)
    if not may_read or not owner.has_perm(Permission.ADD_DOCUMENTS, document.review):
        raise Refused(
            _("%(who)s may not read or add this document, and so can't be its owner.")
            % {"who": owner}
        )


def _named(fields: list[str]) -> list[str]:
    return [str(Document._meta.get_field(name).verbose_name) for name in sorted(fields)]  # type: ignore[union-attr]


@transaction.atomic
def withdraw(*, document: Document, by: Any, reason: str) -> None:
    """Nothing is deleted: it is out of sight, and whoever adds documents can put it back."""
    document = _changeable(document, by)
    if document.withdrawn_at:
        return
    document.withdrawn_at, document.withdrawn_by = clock.now(), by
    document.withdrawn_reason = reason
    _save_withdrawal(document)
    audit.record(
        kind=audit.Event.DOCUMENT_WITHDRAWN, by=by, target=document, label=document.in_history
    )


@transaction.atomic
def put_back(*, document: Document, by: Any) -> None:
    document = _changeable(document, by)
    if not document.withdrawn_at:
        return
    document.withdrawn_at = document.withdrawn_by = None
    document.withdrawn_reason = ""
    _save_withdrawal(document)
    audit.record(
        kind=audit.Event.DOCUMENT_PUT_BACK, by=by, target=document, label=document.in_history
    )


def _save_withdrawal(document: Document) -> None:
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


@transaction.atomic
def download(*, version: DocumentVersion, by: Any) -> FileResponse:
    """Raises PermissionDenied, and Http404 where the scanner has not let the file through."""
    document = version.document
    require(by, Permission.EXPORT, document.review)
    if not Document.objects.readable(by, document.review).filter(pk=document.pk).exists():
        raise PermissionDenied
    response = serving.attachment(version.file)
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=by,
        target=version,
        label=f"{document.in_history}, {version.number}",
        changes={"sha256": version.file.sha256},
    )
    return response
