"""What the family asks and is asked (QM 4.4, 12.5), and what they changed in the terms (12.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import EarlierOutcome, FamilyQuestion, Influence
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Event = audit.Event
Outcome = Influence.Outcome


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


@transaction.atomic
def ask(
    *,
    review: Review,
    people: Iterable[Person],
    direction: str,
    text: str,
    asked_on: date | None,
    token: str,
    by: Any,
) -> list[FamilyQuestion]:
    """One for each person and token: theirs, or ours for each of them."""
    review = _locked(review.pk, by)
    _refuse_later(asked_on)
    found = list(review.family.filter(pk__in=[person.pk for person in people]))
    if not found:
        raise Refused(_("Choose whose question it is, or whom it is for."))
    said = {"direction": direction, "text": text, "asked_on": asked_on}
    return [_question(review, person, f"{token}:{person.pk}", by, said) for person in found]


def _question(
    review: Review, person: Person, token: str, by: Any, said: dict[str, Any]
) -> FamilyQuestion:
    key = key_of(review, by, token)
    if kept := FamilyQuestion.objects.filter(token=key).first():
        return kept
    made = FamilyQuestion.objects.create(
        review=review, person=person, by=by, at=clock.now(), token=key, **said
    )
    _record(Event.FAMILY_QUESTION_ADDED, made, by)
    return made


@transaction.atomic
def change_question(
    *, question: FamilyQuestion, version: int, text: str, asked_on: date | None, by: Any
) -> FamilyQuestion:
    """Raises Stale."""
    question = _locked(question.review_id, by).familyquestions.get(pk=question.pk)
    _refuse_later(asked_on)
    if changed := change_row(question, version, {"text": text, "asked_on": asked_on}):
        _record(Event.FAMILY_QUESTION_CHANGED, question, by, fields=changed)
    return question


@transaction.atomic
def answer(
    *, question: FamilyQuestion, version: int, answer: str, answered_on: date, by: Any
) -> FamilyQuestion:
    """What they were told, and when. Raises Stale, and Refused for a question of ours."""
    question = _locked(question.review_id, by).familyquestions.get(pk=question.pk)
    if question.direction != FamilyQuestion.Direction.THEIRS:
        raise Refused(_("What they say to a question of ours is kept with what they said."))
    _refuse_later(answered_on, question.asked_on)
    change_row(question, version, {"answer": answer, "answered_on": answered_on})
    _record(Event.FAMILY_QUESTION_ANSWERED, question, by)
    return question


@transaction.atomic
def ask_of_the_terms(
    *, person: Person, text: str, asked_on: date, token: str, by: Any
) -> Influence:
    """One for one token: what a person wants the review to look at, or to leave alone."""
    review = _locked(person.review_id, by)
    key = key_of(review, by, token)
    if kept := Influence.objects.filter(token=key).first():
        return kept
    _refuse_later(asked_on)
    made = Influence.objects.create(
        review=review,
        person=review.family.get(pk=person.pk),
        text=text,
        asked_on=asked_on,
        by=by,
        at=clock.now(),
        token=key,
    )
    _record(Event.FAMILY_INFLUENCE_ADDED, made, by)
    return made


@transaction.atomic
def change_influence(
    *, influence: Influence, version: int, text: str, asked_on: date, by: Any
) -> Influence:
    """Raises Stale, and Refused once it was weighed: what was weighed then is what they asked."""
    influence = _influence(influence, by)
    if influence.outcome != Outcome.OPEN:
        raise Refused(_("It has been weighed as it stands: write down what they ask now as new."))
    _refuse_later(asked_on)
    if changed := change_row(influence, version, {"text": text, "asked_on": asked_on}):
        _record(Event.FAMILY_INFLUENCE_CHANGED, influence, by, fields=changed)
    return influence


@transaction.atomic
def weigh(
    *,
    influence: Influence,
    version: int,
    outcome: str,
    why: str,
    settled_on: date,
    by: Any,
    told_on: date | None = None,
) -> Influence:
    """What became of it, and why, whichever it was. Raises Stale.

    It may be weighed anew: what was said before stays as a line, and they are to be told anew.
    """
    influence = _influence(influence, by)
    if outcome not in set(Outcome.values) - {Outcome.OPEN.value}:
        raise Refused(_("Say what became of it."))
    if not why.strip():
        raise Refused(_("Say why, in words that they can be told."))
    _refuse_later(settled_on, influence.asked_on)
    _refuse_later(told_on, settled_on)
    before = {name: getattr(influence, name) for name in ("outcome", "why", "settled_on")}
    after = {"outcome": outcome, "why": why, "settled_on": settled_on}
    told_before, same = influence.told_on, (influence.outcome, influence.why) == (outcome, why)
    change_row(influence, version, after | {"told_on": told_on or told_before if same else told_on})
    if before["settled_on"] and before != after:
        EarlierOutcome.objects.create(
            review=influence.review,
            influence=influence,
            told_on=told_before,
            replaced_by=by,
            replaced_at=clock.now(),
            **before,
        )
    said = str(influence.get_outcome_display())
    _record(Event.FAMILY_INFLUENCE_WEIGHED, influence, by, outcome=said)
    return influence


@transaction.atomic
def told(*, influence: Influence, version: int, told_on: date, by: Any) -> Influence:
    """Raises Stale, and Refused before it was weighed."""
    influence = _influence(influence, by)
    if influence.settled_on is None:
        raise Refused(_("First say what became of it."))
    _refuse_later(told_on, influence.settled_on)
    change_row(influence, version, {"told_on": told_on})
    _record(Event.FAMILY_INFLUENCE_TOLD, influence, by)
    return influence


def _influence(influence: Influence, by: Any) -> Influence:
    return _locked(influence.review_id, by).influences.get(pk=influence.pk)


def _refuse_later(on: date | None, since: date | None = None) -> None:
    if on and on > clock.today():
        raise Refused(_("The day can’t lie in the future."))
    if on and since and on < since:
        raise Refused(_("The day can’t lie before what it answers."))


def _record(kind: Event, row: FamilyQuestion | Influence, by: Any, **changes: Any) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=row,
        label=row.person.pseudonym,
        changes={"version": row.version} | changes,
    )
