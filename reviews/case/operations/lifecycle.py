from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case import queries, timetable
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Pause, Review, StageChange
from reviews.case.operations import deadlines
from reviews.permissions import Permission, Role
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Reason, Refused
from scr_portal.core.workflow import Move
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

# A move that is at the same time the day from which a clock runs, or by which it is met.
ANCHOR_OF = {
    (Stage.SIGN_OFF, Stage.RESPONDING): "completed_on",
    (Stage.PUBLICATION, Stage.IMPLEMENTING): "published_on",
}


def blockers(*, review: Review, move: Move, by: Any) -> list[Reason]:
    """What stands against a move, each with the place where it is put right."""
    found: list[Reason] = []
    if review.pause:
        url = reverse("reviews:resume", args=[review.pk])
        found.append(Reason(_("The review is paused."), url, _("Resume it")))
    if reason := _against_the_outcome(review, move):
        found.append(Reason(reason))
    if move.target == Stage.UNDER_WAY and not queries.appointed(review, Role.LEAD):
        url = reverse("reviews:appoint", args=[review.pk])
        found.append(Reason(_("No lead reviewer is appointed."), url, _("Appoint one")))
    return found + collect("blockers", move, review, by)


def _against_the_outcome(review: Review, move: Move) -> str:
    """Commissioning, closing without a review and reopening hang on what the chair decided."""
    no_action = review.outcome == Review.Outcome.NO_ACTION
    match (move.source, move.target):
        case (Stage.DECIDED, Stage.COMMISSIONING) if no_action:
            return _("The chair decided that no further action is taken.")
        case (Stage.DECIDED, Stage.CLOSED) if not no_action:
            return _("The chair decided to learn from this case.")
        case (Stage.CLOSED, Stage.IMPLEMENTING) if review.published_on is None:
            return _("Nothing was published, so there are no actions to go back to.")
    return ""


@transaction.atomic
def advance(*, review: Review, to: str, by: Any, reason: str = "") -> Review:
    """The one writer of a stage.

    Raises Refused with every blocker, or where the table has no such move (a stale page), and
    PermissionDenied where the move is not this person's.
    """
    review = Review.objects.locked(review.pk)
    move = LIFECYCLE.find(review.stage, to)
    if move is None:
        raise Refused(why_no_move(review, to))
    require(by, move.permission, review)
    if move.back and not reason.strip():
        raise Refused(_("Say why the review goes back."))
    if reasons := blockers(review=review, move=move, by=by):
        raise Refused(reasons)
    change = StageChange.objects.create(
        review=review, source=review.stage, target=to, by=by, reason=reason, at=clock.now()
    )
    _set_stage(review, move)
    deadlines.recalculate(review=review)
    audit.record(
        kind=audit.Event.STAGE_CHANGED,
        by=by,
        target=review,
        review=review,
        changes={
            "source": str(Stage(move.source).label),
            "target": str(Stage(move.target).label),
        },
    )
    notify(
        to=[person for person in queries.people_of(review) if person.pk != by.pk],
        kind=Kind.STAGE_CHANGED,
        key=f"stage:{change.pk}",
        link=review.get_absolute_url(),
        review=review,
    )
    return review


def why_no_move(review: Review, to: str) -> str:
    """A sentence for an old page, a second click or a stage that does not exist."""
    if to not in Stage.values:
        return _("There is no such stage.")
    if review.stage == to:
        return _("The review is already at this stage. Somebody may have moved it just now.")
    return _("A review can't move from %(source)s to %(target)s.") % {
        "source": review.get_stage_display(),
        "target": Stage(to).label,
    }


def _set_stage(review: Review, move: Move) -> None:
    fields = ["stage", "stage_since"]
    if anchor := ANCHOR_OF.get((Stage(move.source), Stage(move.target))):
        setattr(review, anchor, clock.today())
        fields.append(anchor)
    review.stage = move.target
    review.stage_since = clock.now()
    review.save(update_fields=fields)


@transaction.atomic
def pause(*, review: Review, kind: str, reason: str, by: Any) -> Pause:
    """Our own target dates move from now on; a duty to notify never does.

    Raises Refused where it is paused already or closed, and for a reason not in the list.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    if review.stage == Stage.CLOSED:
        raise Refused(_("A closed review can't be paused."))
    if kind not in timetable.PauseReason.values:
        raise Refused(_("Choose one of the reasons in the list."))
    if kind == timetable.PauseReason.OTHER and not reason.strip():
        raise Refused(_("Give the reason in your own words."))
    if review.pause:
        raise Refused(_("The review is paused already."))
    opened = Pause.objects.create(
        review=review, kind=kind, reason=reason, started_on=clock.today(), by=by
    )
    review.__dict__.pop("_pause", None)
    deadlines.recalculate(review=review)
    audit.record(
        kind=audit.Event.PAUSED,
        by=by,
        target=opened,
        label=str(review),
        changes={"reason": str(timetable.PauseReason(kind).label)},
    )
    return opened


@transaction.atomic
def resume(*, review: Review, by: Any) -> None:
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    opened = review.pause
    if opened is None:
        raise Refused(_("The review is not paused."))
    opened.ended_on = clock.today()
    opened.ended_by = by
    opened.save(update_fields=["ended_on", "ended_by"])
    review.__dict__.pop("_pause", None)
    deadlines.recalculate(review=review)
    audit.record(kind=audit.Event.RESUMED, by=by, target=opened, label=str(review))
