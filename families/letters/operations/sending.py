"""A letter leaves, and what comes back. What was sent stands, as it was sent.

The portal itself writes to nobody of a family: somebody prints the letter, hands it over or sends
it from the board's own mail, and records that here.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from families.involvement.operations import contacts
from families.letters import queries, rules
from families.letters.checks import Finding, findings
from families.letters.models import Back, Kind, Letter, Reply, Way
from families.letters.operations.letters import draft_of, locked
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def send(*, letter: Letter, version: int, on: date, how: str, by: Any, despite: str = "") -> Letter:
    """It has gone, as it stands here; the log of contacts knows of it too.

    Raises Refused where something is not filled in, where it is unsafe and ``despite`` is empty,
    and for whatever stands against getting in touch with this person.
    """
    review = locked(letter.review_id, by)
    if review.letters.filter(pk=letter.pk, sent_on__isnull=False).exists():
        return review.letters.get(pk=letter.pk)
    letter = draft_of(letter, by)
    _refuse_sending(letter, version, on, how, despite)
    contacts.make(
        review=review,
        people=[letter.person],
        phase=rules.PHASES[Kind(letter.kind)],
        how=rules.CONTACTS[Way(how)],
        on=on,
        by_whom=str(by),
        token=f"letter:{letter.pk}",
        by=by,
        is_offer=letter.kind == Kind.INVITATION,
        note=f"{letter.get_kind_display()}, {Way(how).label}",
        despite=despite,
    )
    letter.sent_on, letter.sent_how, letter.sent_by = on, how, by
    letter.despite = despite
    letter.save(update_fields=["sent_on", "sent_how", "sent_by", "despite"])
    audit.record(
        kind=audit.Event.FAMILY_LETTER_SENT,
        by=by,
        target=letter,
        changes={"how": str(Way(how).label), "on": on.isoformat()},
    )
    return letter


def _refuse_sending(letter: Letter, version: int, on: date, how: str, despite: str) -> None:
    if letter.version != version:
        raise Refused(_("The letter has changed since you opened this page. Read it again."))
    if how not in Way.values:
        raise Refused(_("Say how it was sent."))
    if not localdate(letter.written_at) <= on <= clock.today():
        raise Refused(_("It can have gone on a day from its beginning until today."))
    found = findings(queries.checked(letter))
    if stops := [each for each in found if each.blocks]:
        raise Refused([f"{each.text} {each.instead}" for each in stops])
    if not despite.strip() and (asks := [each for each in found if each.asks_why]):
        raise Refused(
            [
                _("%(finding)s Say why it goes nevertheless.") % {"finding": each.text}
                for each in asks
            ]
        )


@transaction.atomic
def record_reply(*, letter: Letter, on: date, how: str, words: str, token: str, by: Any) -> Reply:
    review = locked(letter.review_id, by)
    key = key_of(review, by, token, letter.pk)
    if found := Reply.objects.filter(review=review, token=key).first():
        return found
    letter = review.letters.select_related("person").get(pk=letter.pk)
    if letter.sent_on is None:
        raise Refused(_("The letter has not been sent, so nothing can have come back."))
    if how not in Back.values:
        raise Refused(_("Say how the reply came."))
    if not letter.sent_on <= on <= clock.today():
        raise Refused(_("A reply came on the day of the letter or later, and not after today."))
    reply = Reply.objects.create(
        review=review,
        letter=letter,
        on=on,
        how=how,
        words=words,
        by=by,
        at=clock.now(),
        token=key,
    )
    audit.record(
        kind=audit.Event.FAMILY_LETTER_ANSWERED,
        by=by,
        target=letter,
        changes={"how": str(Back(how).label), "on": on.isoformat()},
    )
    return reply


@transaction.atomic
def read(*, letter: Letter, by: Any) -> list[Reply]:
    """Its words and what came back, to one who may see names; that they read it is kept."""
    require(by, Permission.SEE_NAMES, letter.review)
    audit.record(kind=audit.Event.FAMILY_LETTER_READ, by=by, target=letter)
    return list(letter.replies.select_related("by"))


@transaction.atomic
def downloaded(*, letter: Letter, kind: str, by: Any) -> None:
    require(by, Permission.SEE_NAMES, letter.review)
    require(by, Permission.EXPORT, letter.review)
    what = "PDF" if kind == "pdf" else "Word"
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=by,
        target=letter,
        label=_("%(letter)s, as %(kind)s") % {"letter": str(letter), "kind": what},
    )


def found_in(letter: Letter) -> list[Finding]:
    return findings(queries.checked(letter))
