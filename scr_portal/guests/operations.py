"""Whether the person may, the calling room has asked: nothing here knows whose review it is."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from scr_portal.accounts.invitations import hashed
from scr_portal.audit import operations as audit
from scr_portal.core import clock, outbox, typed
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.guests.models import GuestLetter, GuestLink, Letter, State

LASTS = timedelta(days=21)
# What was typed through a link that ran out stays so long, in case the link is given more time.
DRAFT_KEPT = timedelta(days=30)


class LinkClosed(Refused):
    """The link was used, withdrawn or has run out meanwhile; ``guest_view`` answers as ever."""

    def __init__(self) -> None:
        super().__init__(_("This link can no longer be used."))


class DraftChanged(Refused):
    """Another window saved first; ``link`` is the row as it stands."""

    def __init__(self, link: GuestLink) -> None:
        super().__init__(_("The form was changed in another window."))
        self.link = link


@transaction.atomic
def make(
    *,
    purpose: str,
    board: Any,
    email: str,
    name: str,
    by: Any,
    review: Any = None,
    lasts: timedelta = LASTS,
) -> GuestLink:
    """A new link. Nobody is written to: that is ``write(link=…, letter=Letter.INVITE, key=…)``."""
    now = clock.now()
    link = GuestLink.objects.create(
        purpose=purpose,
        board=board,
        review_id=getattr(review, "pk", None),
        recipient_email=email.strip().lower(),
        recipient_name=name.strip(),
        token_hash=secrets.token_hex(32),
        created_by=by,
        created_at=now,
        expires_at=now + lasts,
    )
    link.token_hash = hashed(link.token)
    link.save(update_fields=["token_hash"])
    _record(audit.Event.GUEST_LINK_MADE, link, by)
    return link


def write(*, link: GuestLink, letter: Letter, key: str) -> None:
    """In the caller's transaction; the same key again is passed over."""
    GuestLetter.objects.bulk_create(
        [GuestLetter(link=link, letter=letter, key=key)], ignore_conflicts=True
    )
    nudge()


def nudge() -> None:
    from scr_portal.guests.tasks import deliver  # tasks import operations

    outbox.nudge(deliver)


@transaction.atomic
def withdraw(*, link: GuestLink, by: Any) -> None:
    """Raises Refused where it was used meanwhile. What was typed through it goes."""
    row = _locked(link)
    if row.used_at:
        raise Refused(_("The link has been used already."))
    if row.withdrawn_at:
        return
    row.withdrawn_at = clock.now()
    row.draft = ""
    row.save(update_fields=["withdrawn_at", "draft"])
    _record(audit.Event.GUEST_LINK_WITHDRAWN, row, by)


@transaction.atomic
def extend(*, link: GuestLink, expires_at: datetime, by: Any) -> GuestLink:
    """Also one that has run out. Raises Refused for a used or withdrawn link and a past time."""
    row = _locked(link)
    if row.used_at or row.withdrawn_at:
        raise Refused(_("The link was used or withdrawn. Send a new one."))
    if expires_at <= clock.now():
        raise Refused(_("The new end of the link must lie in the future."))
    row.expires_at = expires_at
    row.save(update_fields=["expires_at"])
    _record(audit.Event.GUEST_LINK_EXTENDED, row, by, until=expires_at.date().isoformat())
    return row


@transaction.atomic
def opened(*, link: GuestLink) -> None:
    if GuestLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=clock.now()):
        _record(audit.Event.GUEST_LINK_OPENED, link, None)


@transaction.atomic
def use(*, link: GuestLink) -> GuestLink:
    """Once only, also when two requests bring it together: the second raises ``LinkClosed``."""
    row = _locked(link)
    if not row.is_open:
        raise LinkClosed
    row.used_at = clock.now()
    row.draft = ""
    row.save(update_fields=["used_at", "draft"])
    _record(audit.Event.GUEST_LINK_USED, row, None)
    return row


@transaction.atomic
def save_draft(
    *, link: GuestLink, version: int, fields: Mapping[str, Any], part: str = "form"
) -> GuestLink:
    """Keep what was typed. Raises DraftChanged where another window saved since, and LinkClosed."""
    row = _locked(link)
    if not row.is_open:
        raise LinkClosed
    if row.draft_version != version:
        raise DraftChanged(row)
    content = json.dumps(row.parts | {part: typed.kept(fields)})
    if len(content) > typed.LARGEST:
        raise Refused(_("This is too long to be kept. Send the form, or shorten it."))
    row.draft, row.draft_saved_at, row.draft_version = content, clock.now(), version + 1
    row.save(update_fields=["draft", "draft_saved_at", "draft_version"])
    return row


def record_refused(*, link: GuestLink | None, wrong_page: bool = False) -> None:
    """The visitor sees one page for every reason; the history keeps which it was."""
    _record(audit.Event.GUEST_LINK_REFUSED, link, None, reason=_reason(link, wrong_page))


def _reason(link: GuestLink | None, wrong_page: bool) -> str:
    if link is None:
        return _("there is no such link")
    if wrong_page and link.is_open:
        return _("it was made for another form")
    return {
        State.USED: _("it was used before"),
        State.WITHDRAWN: _("it was withdrawn"),
        State.EXPIRED: _("it had run out"),
        State.OPEN: _("it was used at the same moment"),
    }[link.state]


def purge() -> int:
    """How many links that ran out long ago lost what was typed through them.

    Those of a review under a legal hold lose nothing.
    """
    old = GuestLink.objects.filter(expires_at__lt=clock.now() - DRAFT_KEPT).exclude(draft="")
    for held in collect("held_reviews"):
        old = old.exclude(review_id__in=held)
    return old.update(draft="")


def _locked(link: GuestLink) -> GuestLink:
    rows = GuestLink.objects.select_for_update(of=("self",)).select_related("board", "created_by")
    return rows.get(pk=link.pk)


def _record(kind: audit.Event, link: GuestLink | None, by: Any, **changes: str) -> None:
    audit.record(kind=kind, by=by, target=link, board=link.board if link else None, changes=changes)
