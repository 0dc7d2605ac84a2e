"""A letter to one person: begun, changed, sent. What was sent stands, as it was sent.

The portal itself writes to nobody of a family: somebody prints the letter, hands it over or sends
it from the board's own mail, and records that here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from families.involvement.models import How
from families.involvement.operations import contacts
from families.letters import queries, rules, texts
from families.letters.checks import Finding, findings
from families.letters.models import Back, Kind, Letter, Reply, Style, Way
from families.people.models import Life, Person
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

GIVEN = ("telephone", "day", "place")


def _locked(review_id: Any, by: Any) -> Review:
    """Writing a letter means to see who it is for."""
    review = Review.objects.locked(review_id)
    require(by, Permission.KEEP_FAMILY, review)
    if not by.has_perm(Permission.SEE_NAMES, review):
        raise Refused(
            _("A letter holds real names, which you may not see. Ask somebody who may to write it.")
        )
    return review


def _draft(letter: Letter, by: Any) -> Letter:
    """Under the review's lock. Raises Refused for who is not its writer, and once it is gone."""
    review = _locked(letter.review_id, by)
    letter = review.letters.select_related("person", "written_by").get(pk=letter.pk)
    letter.review = letter.person.review = review
    if not letter.is_draft:
        raise Refused(_("This letter has been sent or dropped since you opened it."))
    if letter.written_by_id != by.pk:
        raise Refused(
            _("%(name)s writes this letter. Take it over first.") % {"name": letter.written_by}
        )
    return letter


@transaction.atomic
def begin(
    *,
    review: Review,
    person: Person,
    kind: str,
    code: str,
    style: str,
    token: str,
    by: Any,
    given: Mapping[str, str] | None = None,
) -> Letter:
    """With the text of the board or of the portal, and the names filled in.

    In English where nothing is loaded in the language ``code``. Raises Refused for somebody who has
    died, and for a writer who may not see names.
    """
    review = _locked(review.pk, by)
    if kept := review.letters.filter(token=token).first():
        return kept
    person = review.family.get(pk=person.pk)
    person.review = review
    if person.life in {Life.DIED, Life.UNBORN}:
        raise Refused(_("No letter can go to somebody who has died or is not born yet."))
    found = queries.text_for(review.board, kind, code, is_easy_read=style == Style.EASY)
    values = queries.values_for(person, by=by, **_only(given or {}))
    return _create(
        review,
        person,
        by,
        token,
        kind=kind,
        language=found.language,
        style=style,
        subject=texts.merged(found.text.subject, values),
        body=texts.merged(found.text.body, values),
    )


def _only(given: Mapping[str, str]) -> dict[str, str]:
    return {name: str(given[name]) for name in GIVEN if given.get(name)}


def _create(review: Review, person: Person, by: Any, token: str, **fields: Any) -> Letter:
    letter = Letter.objects.create(
        review=review, person=person, written_by=by, written_at=clock.now(), token=token, **fields
    )
    audit.record(kind=audit.Event.FAMILY_LETTER_BEGUN, by=by, target=letter)
    audit.record(kind=audit.Event.NAMES_SHOWN, by=by, target=person)
    return letter


@transaction.atomic
def begin_again(*, letter: Letter, token: str, by: Any) -> Letter:
    """A new draft with the words of one that stands."""
    review = _locked(letter.review_id, by)
    if kept := review.letters.filter(token=token).first():
        return kept
    letter = review.letters.select_related("person").get(pk=letter.pk)
    if letter.sent_on is None:
        raise Refused(_("A letter that has not been sent can still be changed itself."))
    return _create(
        review,
        letter.person,
        by,
        token,
        **{
            name: getattr(letter, name) for name in ("kind", "language", "style", "subject", "body")
        },
    )


@transaction.atomic
def change(*, letter: Letter, version: int, subject: str, body: str, by: Any) -> Letter:
    """Raises Stale where ``version`` is not the present one."""
    letter = _draft(letter, by)
    said = {"subject": subject.strip(), "body": body.replace("\r\n", "\n").strip()}
    if all(getattr(letter, name) == value for name, value in said.items()):
        return letter
    changed = change_row(letter, version, said)
    audit.record(
        kind=audit.Event.FAMILY_LETTER_CHANGED,
        by=by,
        target=letter,
        changes={"fields": changed, "version": letter.version},
    )
    return letter


@transaction.atomic
def take_over(*, letter: Letter, by: Any) -> Letter:
    """A draft is read and changed by its writer alone, so somebody else becomes its writer."""
    review = _locked(letter.review_id, by)
    letter = review.letters.select_related("person").get(pk=letter.pk)
    if not letter.is_draft:
        raise Refused(_("This letter has been sent or dropped already."))
    if letter.written_by_id != by.pk:
        change_row(letter, letter.version, {"written_by": by})
        audit.record(kind=audit.Event.FAMILY_LETTER_TAKEN_OVER, by=by, target=letter)
        audit.record(kind=audit.Event.NAMES_SHOWN, by=by, target=letter.person)
    return letter


@transaction.atomic
def drop(*, letter: Letter, by: Any) -> None:
    """Its words go for good; that it was begun stays."""
    letter = _draft(letter, by)
    letter.subject = letter.body = ""
    letter.dropped_at = clock.now()
    letter.save(update_fields=["subject", "body", "dropped_at"])
    audit.record(kind=audit.Event.FAMILY_LETTER_DROPPED, by=by, target=letter)


@transaction.atomic
def send(*, letter: Letter, version: int, on: date, how: str, by: Any, despite: str = "") -> Letter:
    """It has gone, as it stands here; the log of contacts knows of it too.

    Raises Refused where something is not filled in, where it is unsafe and ``despite`` is empty,
    and for whatever stands against getting in touch with this person.
    """
    review = _locked(letter.review_id, by)
    if review.letters.filter(pk=letter.pk, sent_on__isnull=False).exists():
        return review.letters.get(pk=letter.pk)
    letter = _draft(letter, by)
    _refuse_sending(letter, version, on, how, despite)
    contacts.make(
        review=review,
        people=[letter.person],
        phase=rules.PHASES[Kind(letter.kind)],
        how=How.LETTER,
        on=on,
        by_whom=str(by),
        token=f"letter:{letter.pk}",
        by=by,
        is_offer=letter.kind == Kind.INVITATION,
        note=str(letter.get_kind_display()),
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
    review = _locked(letter.review_id, by)
    if found := Reply.objects.filter(review=review, token=token).first():
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
        token=token,
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
