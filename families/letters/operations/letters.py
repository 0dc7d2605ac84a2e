"""A letter to one person while it is a draft: begun, changed, taken over, dropped."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.letters import queries, texts
from families.letters.models import Letter, Style
from families.people.models import Life, Person
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

GIVEN = ("telephone", "day", "place")


def locked(review_id: Any, by: Any) -> Review:
    """Writing a letter means to see who it is for."""
    review = Review.objects.locked(review_id)
    require(by, Permission.KEEP_FAMILY, review)
    if not by.has_perm(Permission.SEE_NAMES, review):
        raise Refused(
            _("A letter holds real names, which you may not see. Ask somebody who may to write it.")
        )
    return review


def draft_of(letter: Letter, by: Any) -> Letter:
    """Under the review's lock. Raises Refused for who is not its writer, and once it is gone."""
    review = locked(letter.review_id, by)
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
    review = locked(review.pk, by)
    key = key_of(review, by, token)
    if kept := review.letters.filter(token=key).first():
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
        key,
        kind=kind,
        language=found.language,
        style=style,
        subject=texts.merged(found.text.subject, values),
        body=texts.merged(found.text.body, values),
    )


def _only(given: Mapping[str, str]) -> dict[str, str]:
    return {name: str(given[name]) for name in GIVEN if given.get(name)}


def _create(review: Review, person: Person, by: Any, key: str, **fields: Any) -> Letter:
    letter = Letter.objects.create(
        review=review, person=person, written_by=by, written_at=clock.now(), token=key, **fields
    )
    audit.record(kind=audit.Event.FAMILY_LETTER_BEGUN, by=by, target=letter)
    audit.record(kind=audit.Event.NAMES_SHOWN, by=by, target=person)
    return letter


@transaction.atomic
def begin_again(*, letter: Letter, token: str, by: Any) -> Letter:
    """A new draft with the words of one that stands."""
    review = locked(letter.review_id, by)
    key = key_of(review, by, token)
    if kept := review.letters.filter(token=key).first():
        return kept
    letter = review.letters.select_related("person").get(pk=letter.pk)
    if letter.sent_on is None:
        raise Refused(_("A letter that has not been sent can still be changed itself."))
    return _create(
        review,
        letter.person,
        by,
        key,
        **{
            name: getattr(letter, name) for name in ("kind", "language", "style", "subject", "body")
        },
    )


@transaction.atomic
def change(*, letter: Letter, version: int, subject: str, body: str, by: Any) -> Letter:
    """Raises Stale where ``version`` is not the present one."""
    letter = draft_of(letter, by)
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
    review = locked(letter.review_id, by)
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
    letter = draft_of(letter, by)
    letter.subject = letter.body = ""
    letter.dropped_at = clock.now()
    letter.save(update_fields=["subject", "body", "dropped_at"])
    audit.record(kind=audit.Event.FAMILY_LETTER_DROPPED, by=by, target=letter)
