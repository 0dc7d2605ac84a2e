from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from families.people import describing, tracing
from families.people.models import Household, Living, Person
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


@transaction.atomic
def add_household(
    *, review: Review, name: str, by: Any, address: str = "", note: str = ""
) -> Household:
    """Raises Refused for a name that is taken, or by which somebody could be traced."""
    review = _locked(review.pk, by)
    made = Household(review=review, name=name, address=address, note=note, by=by, at=clock.now())
    _refuse_wrong(made, review)
    made.save()
    audit.record(kind=audit.Event.FAMILY_HOUSEHOLD_ADDED, by=by, target=made)
    return made


@transaction.atomic
def change_household(*, household: Household, version: int, by: Any, **said: Any) -> Household:
    """Raises Stale, and Refused as ``add_household``."""
    review = _locked(household.review_id, by)
    household = review.households.get(pk=household.pk)
    try:
        with transaction.atomic():
            changed = change(household, version, said)
    except IntegrityError:
        raise Refused(_taken()) from None
    if changed:
        _refuse_wrong(household, review)
        said = {"fields": changed, "version": household.version}
        audit.record(
            kind=audit.Event.FAMILY_HOUSEHOLD_CHANGED, by=by, target=household, changes=said
        )
    return household


@transaction.atomic
def remove_household(*, household: Household, by: Any) -> None:
    """Raises Refused while anybody lives there or is recorded as having lived there."""
    review = _locked(household.review_id, by)
    found = review.households.filter(pk=household.pk).first()
    if found is None:
        return
    if found.livings.exists():
        raise Refused(
            _("People live there, or lived there. Remove their places in it first, one by one.")
        )
    audit.record(kind=audit.Event.FAMILY_HOUSEHOLD_REMOVED, by=by, target=found)
    found.delete()


@transaction.atomic
def show_address(*, household: Household, by: Any) -> str:
    """To one who may see real names; that they looked is kept."""
    require(by, Permission.SEE_NAMES, household.review)
    audit.record(kind=audit.Event.FAMILY_ADDRESS_SHOWN, by=by, target=household)
    return household.address


def _taken() -> str:
    return _("Another household of this review is called that.")


def _refuse_wrong(household: Household, review: Review) -> None:
    """What it is called and what matters about it are read by many."""
    if review.households.exclude(pk=household.pk).filter(name=household.name).exists():
        raise Refused(_taken())
    known = [*tracing.of_people(review.family.all()), *tracing.of_households([household])]
    texts = (household.name, household.note)
    if any(describing.names_somebody(text, known) for text in texts):
        raise Refused(
            _(
                "What the household is called, or what matters about it, holds a real name or an "
                "address. Many people read it: use pseudonyms, such as “Mother’s home”."
            )
        )


# --- who lives in one -----------------------------------------------------------------------------


@transaction.atomic
def add_living(
    *,
    household: Household,
    person: Person,
    by: Any,
    started_on: date | None = None,
    ended_on: date | None = None,
    note: str = "",
) -> Living:
    """Somebody may live in two households at a time, and in one only once."""
    review = _locked(household.review_id, by)
    household, person = (
        review.households.get(pk=household.pk),
        review.family.get(pk=person.pk),
    )
    _refuse_days(started_on, ended_on)
    open_ones = person.livings.filter(household=household, ended_on__isnull=True)
    if ended_on is None and open_ones.exists():
        raise Refused(
            _(
                "%(person)s lives in %(household)s already. If they left and came back, end "
                "that first."
            )
            % {"person": person, "household": household}
        )
    made = Living.objects.create(
        review=review,
        household=household,
        person=person,
        started_on=started_on,
        ended_on=ended_on,
        note=note,
        by=by,
        at=clock.now(),
    )
    audit.record(kind=audit.Event.FAMILY_LIVING_ADDED, by=by, target=made)
    return made


@transaction.atomic
def end_living(*, living: Living, ended_on: date, by: Any) -> None:
    """It stays in the history. Raises Refused where it has ended already."""
    review = _locked(living.review_id, by)
    living = review.livings.select_related("person", "household").get(pk=living.pk)
    if living.ended_on:
        raise Refused(_("This is recorded as over already."))
    _refuse_days(living.started_on, ended_on)
    living.ended_on = ended_on
    living.save(update_fields=["ended_on"])
    audit.record(kind=audit.Event.FAMILY_LIVING_ENDED, by=by, target=living)


@transaction.atomic
def remove_living(*, living: Living, by: Any) -> None:
    """For what was never so. A second click finds nothing and says nothing."""
    review = _locked(living.review_id, by)
    found = review.livings.select_related("person", "household").filter(pk=living.pk).first()
    if found:
        audit.record(kind=audit.Event.FAMILY_LIVING_REMOVED, by=by, target=found)
        found.delete()


def _refuse_days(started_on: date | None, ended_on: date | None) -> None:
    if any(day and day > clock.today() for day in (started_on, ended_on)):
        raise Refused(_("Both days must be today or in the past."))
    if started_on and ended_on and ended_on < started_on:
        raise Refused(_("The last day must be on or after the first."))
