from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.models import Child, Review
from reviews.case.operations.record import create_review
from reviews.case.queries import closures_of
from reviews.decisions.referrals import rules, timeliness
from reviews.decisions.referrals.criteria import criteria_of
from reviews.decisions.referrals.models import ClauseTest, Referral, Tag
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused

Clauses = Mapping[str, tuple[str, str]]  # answer and note, by the clause's key
Tags = Iterable[tuple[str, str]]  # kind and label


@transaction.atomic
def refer(
    *,
    board: Board,
    by: Any,
    case: dict[str, Any],
    child: dict[str, Any],
    referral: dict[str, Any],
    clauses: Clauses | None = None,
    tags: Tags = (),
) -> Review:
    """Open a review with its first child and its referral (QM 1).

    Raises Refused where the referral came late and nothing says why.
    """
    review = create_review(board=board, by=by, **case)
    collect("child_changed", Child.objects.create(review=review, **child), by)
    row = Referral(review=review, **referral)
    _demand_reason(row)
    row.save()
    _test_clauses(row, clauses or {})
    _tag(row, tags)
    return review


@transaction.atomic
def change_referral(
    *,
    referral: Referral,
    version: int,
    by: Any,
    clauses: Clauses | None = None,
    tags: Tags | None = None,
    **fields: Any,
) -> Referral:
    """Raises Refused where somebody else has changed it since ``version`` was read."""
    review = Review.objects.locked(referral.review_id)
    require(by, Permission.EDIT, review)
    referral = Referral.objects.get(pk=referral.pk)
    if referral.version != version:
        raise Refused(_("Somebody else has changed the referral since you opened it."))
    changed = [name for name, value in fields.items() if getattr(referral, name) != value]
    for name in changed:
        setattr(referral, name, fields[name])
    referral.review = review
    _demand_reason(referral)
    said = [rules.labels(Referral, changed)] if changed else []
    if clauses is not None and _test_clauses(referral, clauses):
        said.append(_("the criteria"))
    if tags is not None and _tag(referral, tags):
        said.append(_("tags"))
    if not said:
        return referral
    referral.version += 1
    referral.save(update_fields=[*changed, "version"])
    audit.record(
        kind=audit.Event.REFERRAL_CHANGED,
        by=by,
        target=referral,
        changes={"fields": ", ".join(said)},
    )
    return referral


def _demand_reason(referral: Referral) -> None:
    if not referral.delay_reason.strip() and (why := late(referral.review)):
        raise Refused([*why, _("Say why the referral took this long.")])


def late(review: Review, closures: Collection[date] | None = None) -> list[str]:
    """By what the referral of this review came late, in sentences; empty where it did not."""
    if closures is None:
        closures = closures_of([review.board_id]).get(review.board_id, ())
    return timeliness.slow(
        profile=timetable.profile(review.profile),
        aware_on=review.aware_on,
        notified_on=review.notified_on,
        referred_on=review.referred_on,
        closures=closures,
    )


def _test_clauses(referral: Referral, clauses: Clauses) -> bool:
    """Write the answers that are new; True where there were any. No answer takes a row away."""
    kept = {row.clause: row for row in referral.clauses.all()}
    new = False
    for clause in criteria_of(referral.review.profile).clauses:
        answer, note = clauses.get(clause.key, ("", ""))
        row = kept.get(clause.key)
        if (answer, note) == ((row.answer, row.note) if row else ("", "")):
            continue
        new = True
        if row and not answer:
            row.delete()
        elif answer:
            row = row or ClauseTest(referral=referral, review=referral.review, clause=clause.key)
            row.answer, row.note = answer, note
            row.save()
    return new


def _tag(referral: Referral, tags: Tags) -> bool:
    """Tags are written as the board wrote them first; True where they changed."""
    known = {
        (tag.kind, tag.label.casefold()): tag
        for tag in Tag.objects.filter(board=referral.review.board_id)
    }
    wanted = set()
    for kind, label in tags:
        tag = known.get((kind, label.casefold()))
        if tag is None:
            tag, _new = Tag.objects.get_or_create(
                board_id=referral.review.board_id, kind=kind, label=label
            )
            known[(kind, label.casefold())] = tag
        wanted.add(tag.pk)
    if wanted == set(referral.tags.values_list("pk", flat=True)):
        return False
    referral.tags.set(wanted)
    return True
