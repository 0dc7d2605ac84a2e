"""A document is put right, withdrawn, put back and given out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.zones import boards_of
from reviews.documents import queries, rules
from reviews.documents.access import locked, require_zone
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.documents import serving


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
        require_zone(by, document.review, document.private_to)
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


def _changeable(document: Document, by: Any) -> Document:
    found = locked(document, by)
    if not rules.may_change(by, found):
        raise PermissionDenied
    return found


def _require_readable(document: Document, owner: Any) -> None:
    zone, ours = document.private_to, boards_of(owner, document.review)
    in_zone = zone is None or zone in ours
    may_read = in_zone and owner.has_perm(document.permission, document.review)
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
    if not document.withdrawn_at:
        _withdraw(document, by, reason)


@transaction.atomic
def withdraw_all_about(*, thing: Any, by: Any, reason: str) -> None:
    """For a room that finds that nobody may look any more at what belongs to a thing of its own.

    Whether ``by`` may say so the room has asked, under the review's lock; who owns the documents
    does not matter.
    """
    kind, pk = queries.address_of(thing)
    about = Document.objects.filter(review=thing.review, about_type=kind, about_id=pk)
    for document in about.in_use():
        _withdraw(document, by, reason)


def _withdraw(document: Document, by: Any, reason: str) -> None:
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
def download(*, version: DocumentVersion, by: Any) -> serving.Attachment:
    """A copy without what programs wrote into the file: who, where, when, with what.

    Raises PermissionDenied, Http404 where the scanner has not let the file through, and Refused
    where no copy can be made.
    """
    _require_may_take(version, by)
    response = serving.attachment(version.file)
    _record(audit.Event.DOWNLOADED, version, by, copy=response.sha256)
    return response


@transaction.atomic
def download_original(*, version: DocumentVersion, by: Any) -> serving.Attachment:
    """As it came, for who adds documents. Raises PermissionDenied and Http404."""
    require(by, Permission.ADD_DOCUMENTS, version.document.review)
    _require_may_take(version, by)
    response = serving.attachment(version.file, as_it_came=True)
    _record(audit.Event.ORIGINAL_DOWNLOADED, version, by)
    return response


def _require_may_take(version: DocumentVersion, by: Any) -> None:
    document = version.document
    require(by, Permission.EXPORT, document.review)
    if not Document.objects.readable(by, document.review).filter(pk=document.pk).exists():
        raise PermissionDenied


def _record(kind: audit.Event, version: DocumentVersion, by: Any, **changes: str) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=version,
        label=f"{version.document.in_history}, {version.number}",
        changes={"sha256": version.file.sha256, **changes},
    )
