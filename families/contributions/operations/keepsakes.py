"""Photographs and objects that give the child an identity, with the consent for their use."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.contributions.models import Keepsake
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.case.operations.clicks import key_of
from reviews.documents import operations as documents
from reviews.documents.models import Document
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

Event = audit.Event


def _review(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


def _locked(keepsake: Keepsake, by: Any) -> Keepsake:
    review = _review(keepsake.review_id, by)
    found = Keepsake.objects.select_related("person").get(pk=keepsake.pk)
    found.review = review
    return found


@transaction.atomic
def add_keepsake(*, review: Review, by: Any, token: str, **said: Any) -> Keepsake:
    """One for one click. Raises Refused for what can't be.

    Its file may have been refused, and the form put right before it is sent again: what it says
    then is what counts.
    """
    review = _review(review.pk, by)
    key = key_of(review, by, token)
    if made := Keepsake.objects.filter(token=key).select_related("person").first():
        if made.document_id is None and not made.ended_on and made.version == 1:
            return change_keepsake(keepsake=made, version=1, by=by, **said)
        return made
    made = Keepsake(review=review, by=by, at=clock.now(), token=key, **said)
    _require_possible(made)
    made.save()
    _record(Event.FAMILY_KEEPSAKE_ADDED, made, by)
    return made


def _require_possible(row: Keepsake) -> None:
    if row.person.review_id != row.review_id:
        raise Refused(_("Choose somebody of the family register of this review."))
    if row.consent_on > clock.today():
        raise Refused(_("Consent can't have been given in the future."))


def attach(*, keepsake: Keepsake, upload: Any, by: Any, token: str) -> Document:
    """Its file, as a document of the review for who sees the register. Raises Refused.

    Outside of any lock, for nobody waits for somebody else's upload; one for one click.
    """
    if keepsake.ended_on:
        raise Refused(_("Consent was taken back, so nothing more is kept of it."))
    document = documents.add(
        review=keepsake.review,
        by=by,
        upload=upload,
        token=token,
        title=keepsake.what,
        kind=Document.Kind.OTHER,
        permission=Permission.SEE_FAMILY,
        about=keepsake,
    )
    Keepsake.objects.filter(pk=keepsake.pk, document=None).update(document=document)
    return document


@transaction.atomic
def change_keepsake(*, keepsake: Keepsake, version: int, by: Any, **said: Any) -> Keepsake:
    """What was agreed before stays in the history.

    Raises Stale where ``version`` is not the present one, and Refused.
    """
    row = _locked(keepsake, by)
    if row.ended_on:
        raise Refused(_("Consent was taken back, so this can't be changed any more."))
    before = {"before": str(row.get_consent_display()), "given": row.consent_on.isoformat()}
    agreed = (row.consent, row.consent_by, row.consent_on)
    if changed := change(row, version, said):
        _require_possible(row)
        kept: dict[str, Any] = {"fields": changed, "version": row.version}
        if agreed != (row.consent, row.consent_by, row.consent_on):
            kept |= before
        _record(Event.FAMILY_KEEPSAKE_CHANGED, row, by, **kept)
    return row


@transaction.atomic
def take_back(*, keepsake: Keepsake, on: date, by: Any) -> Keepsake:
    """Consent ends: its documents are withdrawn at once, whoever had added them."""
    row = _locked(keepsake, by)
    if row.ended_on:
        raise Refused(_("Consent was taken back already."))
    _require_after_consent(row, on)
    change(row, row.version, {"ended_on": on})
    reason = _("The consent for it was taken back.")
    documents.withdraw_all_about(thing=row, by=by, reason=reason)
    _record(Event.FAMILY_CONSENT_ENDED, row, by)
    return row


@transaction.atomic
def give_back(*, keepsake: Keepsake, on: date, by: Any) -> Keepsake:
    """The thing itself is with the family again."""
    row = _locked(keepsake, by)
    if row.returned_on:
        raise Refused(_("It was given back already."))
    _require_after_consent(row, on)
    change(row, row.version, {"returned_on": on})
    _record(Event.FAMILY_KEEPSAKE_RETURNED, row, by)
    return row


def _require_after_consent(row: Keepsake, on: date) -> None:
    if not row.consent_on <= on <= clock.today():
        raise Refused(
            _("The day must lie between %(day)s, when consent was given, and today.")
            % {"day": on_screen(row.consent_on)}
        )


def _record(kind: audit.Event, row: Keepsake, by: Any, **changes: Any) -> None:
    audit.record(kind=kind, by=by, target=row, label=row.in_history, changes=changes)
