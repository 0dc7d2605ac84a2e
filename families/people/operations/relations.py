from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.people import queries, rules
from families.people.models import Person, Relation, RelationKind
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

SAID = ("kind", "one", "other", "words", "is_past", "started_on", "ended_on")


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


@transaction.atomic
def add_relation(
    *, review: Review, kind: str, one: Person, other: Person, by: Any, **said: Any
) -> Relation:
    """``one`` is the parent. Raises Refused for what can't be so beside the rest."""
    review = _locked(review.pk, by)
    relation = Relation(
        review=review, kind=kind, one=one, other=other, by=by, at=clock.now(), **said
    )
    _refuse_wrong(relation, review)
    relation.save()
    audit.record(kind=audit.Event.FAMILY_RELATION_ADDED, by=by, target=relation)
    return relation


@transaction.atomic
def change_relation(*, relation: Relation, version: int, by: Any, **said: Any) -> Relation:
    """Raises Stale, and Refused as ``add_relation``."""
    review = _locked(relation.review_id, by)
    relation = queries.relations_of(review).get(pk=relation.pk)
    if changed := _changed(relation, version, said, review):
        said = {"fields": changed, "version": relation.version}
        audit.record(kind=audit.Event.FAMILY_RELATION_CHANGED, by=by, target=relation, changes=said)
    return relation


@transaction.atomic
def end_relation(
    *, relation: Relation, version: int, by: Any, ended_on: date | None = None
) -> Relation:
    """Without a day where nobody knows it. Raises Stale, and Refused where it is over already."""
    review = _locked(relation.review_id, by)
    relation = queries.relations_of(review).get(pk=relation.pk)
    if relation.is_past:
        raise Refused(_("This is recorded as over already."))
    _changed(relation, version, {"is_past": True, "ended_on": ended_on}, review)
    audit.record(kind=audit.Event.FAMILY_RELATION_ENDED, by=by, target=relation)
    return relation


@transaction.atomic
def remove_relation(*, relation: Relation, by: Any) -> None:
    """For what was never so; what is over is ended. A second click finds nothing."""
    review = _locked(relation.review_id, by)
    if found := queries.relations_of(review).filter(pk=relation.pk).first():
        audit.record(kind=audit.Event.FAMILY_RELATION_REMOVED, by=by, target=found)
        found.delete()


def _changed(relation: Relation, version: int, said: dict[str, Any], review: Review) -> str:
    """Checked before it is saved: two rules are the database's too, and it has no sentences."""
    if relation.version == version:
        new = Relation(**{name: getattr(relation, name) for name in SAID} | said)
        new.pk, new.review = relation.pk, review
        _refuse_wrong(new, review)
    return change(relation, version, said)


def _refuse_wrong(relation: Relation, review: Review) -> None:
    people = queries.somebodies(review)
    if {relation.one_id, relation.other_id} - people.keys():
        raise Refused(_("Choose two people of this review."))
    new = rules.Tie(relation.kind, relation.one_id, relation.other_id)
    known = queries.ties_of(review, but=relation.pk)
    if found := [*rules.against(new, known, people), *_wrong_days(relation)]:
        raise Refused(found)


def _wrong_days(relation: Relation) -> list[str]:
    started, ended, today = relation.started_on, relation.ended_on, clock.today()
    found = []
    if relation.is_past and relation.kind in rules.LASTING:
        kind = RelationKind(relation.kind).label
        found.append(
            _("“%(kind)s” does not end. Remove the entry if it was never so.") % {"kind": kind}
        )
    if ended and not relation.is_past:
        found.append(_("Tick “it is over”, or leave the last day empty."))
    if (started and started > today) or (ended and ended > today):
        found.append(_("Both days must be today or in the past."))
    if started and ended and ended < started:
        found.append(_("The last day must be on or after the first."))
    return found
