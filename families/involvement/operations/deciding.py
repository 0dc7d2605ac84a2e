"""Who takes part and why: lines that stay, disagreement beside them (QM 12.1, 12.2, 12.8)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Disagreement, GroupNote, Inclusion
from families.involvement.operations.informing import informing_changed
from families.involvement.rules import deciding as rules
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def decide(
    *,
    person: Person,
    choice: str,
    reason: str,
    decided_on: date,
    decided_by: str,
    token: str,
    by: Any,
    why: str = "",
    decided_with: str = "",
    look_again_on: date | None = None,
    look_again_after: Any = None,
    look_again_kind: str = "",
) -> Inclusion:
    """A new line of the ledger; the newest counts, and settles an older one that was due.

    Raises Refused without a reason, without its kind where somebody does not take part, and for
    days that can't be.
    """
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    if look_again_after:
        require(by, Permission.READ_PLAN, review)
        look_again_after = review.parallelprocesss.get(pk=look_again_after.pk)
    key = key_of(review, by, token)
    if made := Inclusion.objects.filter(token=key).first():
        return made
    said = {
        "choice": choice,
        "why": "" if choice == Inclusion.Choice.INVITED else why,
        "reason": reason,
        "decided_on": decided_on,
        "decided_by": decided_by,
        "decided_with": decided_with,
        "look_again_on": look_again_on,
        "look_again_after": look_again_after,
        "look_again_kind": look_again_kind,
    }
    if look_again_kind and look_again_kind not in rules.open_kinds(person.standings.all()):
        raise Refused(_("They have no part in such proceedings that goes on."))
    if found := rules.problems(said, today=clock.today(), incident_on=review.incident_on):
        raise Refused(found)
    made = Inclusion.objects.create(
        review=review, person=person, by=by, at=clock.now(), token=key, **said
    )
    audit.record(kind=audit.Event.FAMILY_DECIDED, by=by, target=made, label=person.pseudonym)
    informing_changed(review, by)
    return made


@transaction.atomic
def disagree(*, inclusion: Inclusion, text: str, token: str, by: Any) -> Disagreement:
    """Kept beside the decision, which stands. Raises Refused without words."""
    review = Review.objects.locked(inclusion.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    key = key_of(review, by, token)
    if made := Disagreement.objects.filter(token=key).first():
        return made
    if not text.strip():
        raise Refused(_("Say what you would have decided, and why."))
    made = Disagreement.objects.create(
        review=review, inclusion=inclusion, text=text, by=by, at=clock.now(), token=key
    )
    label = inclusion.person.pseudonym
    audit.record(kind=audit.Event.FAMILY_DISAGREED, by=by, target=made, label=label)
    return made


@transaction.atomic
def note_group(*, review: Review, group: str, words: str, token: str, by: Any) -> GroupNote:
    """That the family has no grandparents, or no other children, and how that is known.

    Raises Refused where somebody of the group is on the record.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    key = key_of(review, by, token)
    if made := GroupNote.objects.filter(token=key).first():
        return made
    if group not in rules.absent_groups(review.family.all()):
        raise Refused(_("Somebody of this group is on the record already."))
    if not words.strip():
        raise Refused(_("Say how it is known that there are none."))
    made = GroupNote.objects.create(
        review=review, group=group, words=words, by=by, at=clock.now(), token=key
    )
    audit.record(kind=audit.Event.FAMILY_GROUP_NOTED, by=by, target=made)
    return made
