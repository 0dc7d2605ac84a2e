from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from families.people import describing, queries, rules, tracing
from families.people.models import Person
from families.people.operations.children import SHARED
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

# Shown only in the answer to a request that the history keeps.
DETAILS = ("real_name", "date_of_birth", "address", "telephone", "email", "other_channels")


@transaction.atomic
def add_person(*, review: Review, by: Any, **fields: Any) -> Person:
    """Raises Refused where somebody else has the pseudonym, and for what can't be so."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    person = Person(review=review, created_by=by, created_at=clock.now(), **fields)
    _refuse_wrong(person)
    with _one_pseudonym():
        person.save()
    audit.record(kind=audit.Event.PERSON_ADDED, by=by, target=person)
    return person


@transaction.atomic
def change_person(*, person: Person, version: int, by: Any, **fields: Any) -> Person:
    """Raises Stale, and Refused as ``add_person`` and where ages contradict a relation.

    Of a child of the review, only what the record does not hold is changed here.
    """
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    person = review.family.select_related("child").get(pk=person.pk)
    if person.child_id and fields.keys() & {*SHARED, "relationship"}:
        raise Refused(_("This is changed in the record of the child."))
    with _one_pseudonym():
        changed = change(person, version, fields)
    if changed:
        _refuse_wrong(person)
        _refuse_ages(person, review)
        said = {"fields": changed, "version": person.version}
        audit.record(kind=audit.Event.PERSON_CHANGED, by=by, target=person, changes=said)
    return person


@transaction.atomic
def remove_person(*, person: Person, by: Any) -> None:
    """For an entry made by mistake. Raises Refused where anything hangs on the person.

    The sentence is the same whatever it is. To who may not know of all that can hang there, every
    entry is refused alike: an answer that differs would tell them of it.
    """
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    person = review.family.get(pk=person.pk)
    if person.child_id:
        raise Refused(_("A child of the review stays in the register."))
    if not by.has_perm(Permission.SEE_SAFETY, review):
        raise Refused(
            _(
                "Only the lead reviewer and the family liaison remove an entry, for they see how "
                "everybody is kept safe. Ask one of them."
            )
        )
    if _something_hangs_on(person):
        raise Refused(
            _(
                "Something on the record belongs to %(person)s, so the entry stays. Relations and "
                "places in a household can be removed first; decisions, contacts, letters and what "
                "somebody said stay for good."
            )
            % {"person": person}
        )
    audit.record(kind=audit.Event.PERSON_REMOVED, by=by, target=person)
    person.delete()


@transaction.atomic
def show_details(*, person: Person, by: Any) -> dict[str, str]:
    """Name and ways to reach somebody, to one who may see them; that they looked is kept."""
    require(by, Permission.SEE_NAMES, person.review)
    audit.record(kind=audit.Event.PERSON_DETAILS_SHOWN, by=by, target=person)
    return {name: getattr(person, name) for name in DETAILS}


@transaction.atomic
def show_names(*, review: Review, by: Any) -> dict[int, str]:
    """Everybody's real name where one is kept, for the network; that they looked is kept."""
    require(by, Permission.SEE_NAMES, review)
    audit.record(kind=audit.Event.FAMILY_NAMES_SHOWN, by=by, target=review, review=review)
    return {person.pk: person.real_name for person in review.family.all() if person.real_name}


@contextmanager
def _one_pseudonym() -> Iterator[None]:
    """A savepoint in which a pseudonym that is taken becomes a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(_("Somebody else on this review has that pseudonym.")) from None


def _refuse_wrong(person: Person) -> None:
    others = tracing.of_people(person.review.family.exclude(pk=person.pk))
    if found := describing.wrong(person, list(others)):
        raise Refused(list(found.values()))


def _refuse_ages(person: Person, review: Review) -> None:
    people = queries.somebodies(review)
    mine = [tie for tie in queries.ties_of(review) if person.pk in tie.pair]
    if wrong := [words for tie in mine if (words := rules.too_young(tie, people))]:
        raise Refused(wrong)


def _something_hangs_on(person: Person) -> bool:
    """Rows of any room, those that a later one adds included."""
    pointing = [
        field
        for field in Person._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    ]
    return any(
        field.related_model._base_manager.filter(**{field.field.name: person}).exists()  # type: ignore[union-attr]
        for field in pointing
    )
