"""A review is opened to somebody in an emergency, read, closed again and looked back at."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission as Row
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.case.models import Recusal, Review, ReviewUserObjectPermission
from reviews.case.operations.clicks import key_of
from reviews.case.queries import people_with
from reviews.emergency.models import LASTS, Emergency
from reviews.permissions import AS_EMERGENCY, IN_AN_EMERGENCY, Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board, BoardRole
from scr_portal.audit import operations as audit
from scr_portal.core import acting, clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@acting.for_portal("opening a review in an emergency")
@transaction.atomic
def open_review(
    *, board: Board, reference: str, why: str, reason: str, token: str, by: Any
) -> Emergency:
    """Open one review of the board to ``by``, for 72 hours and to read alone; the chairs are told.

    Raises Refused, with the same words for a review that does not exist and for one from which the
    person is recused.
    """
    require(by, Permission.BREAK_GLASS, board)
    if not BoardRole.objects.active().filter(user=by, board=board).exists():
        raise Refused(_("Only somebody who holds a role on this board may do this."))
    review = _found(board, reference, by)
    key = key_of(review, by, token)
    if sent := Emergency.objects.filter(token=key).first():
        return sent
    if not reason.strip():
        raise Refused(_("Say why it can’t wait."))
    if Emergency.objects.open().filter(review=review, user=by).exists():
        raise Refused(_("This review is open to you in an emergency already."))
    if all(by.has_perm(permission, review) for permission in IN_AN_EMERGENCY):
        raise Refused(_("You may read all of this review that an emergency would open."))
    chairs = _chairs(review, but=by)
    if not chairs:
        raise Refused(_("No chair of this board could be told, so it can’t be opened."))
    for late in Emergency.objects.filter(review=review, user=by, ended_at__isnull=True):
        _close(late, by=None, at=late.until)
    made = _made(review, why, reason, key, by)
    audit.record(
        kind=audit.Event.EMERGENCY_OPENED,
        by=by,
        target=made,
        changes={
            "emergency": made.pk,
            "why": str(made.get_why_display()),
            "until": _on_the_clock(made.until),
        },
    )
    _tell(chairs, Kind.EMERGENCY_OPENED, made)
    return made


def _found(board: Board, reference: str, by: Any) -> Review:
    """The reference is typed: no list of what is closed to them is shown to anybody."""
    row = Review.objects.filter(board=board, reference__iexact=reference.strip()).first()
    if row is None or Recusal.objects.active().filter(review=row, user=by).exists():
        raise Refused(_("This board has no review with that reference that you may open."))
    return Review.objects.locked(row.pk)


def _made(review: Review, why: str, reason: str, token: str, by: Any) -> Emergency:
    now = clock.now()
    made = Emergency.objects.create(
        review=review,
        user=by,
        why=why,
        reason=reason.strip(),
        token=token,
        at=now,
        until=now + LASTS,
    )
    names = [AS_EMERGENCY, *IN_AN_EMERGENCY]
    rows = Row.objects.filter(
        content_type__app_label="reviews",
        content_type__model="review",
        codename__in=[name.partition(".")[2] for name in names],
    )
    ReviewUserObjectPermission.objects.bulk_create(
        ReviewUserObjectPermission(
            user=by,
            permission=row,
            content_object=review,
            starts=clock.today(),
            ends=timezone.localdate(made.until),
            until=made.until,
            by=by,
            reason=str(made),
        )
        for row in rows
    )
    return made


def _chairs(review: Review, *, but: Any) -> list[Any]:
    return [person for person in people_with(review, Permission.SIGN) if person.pk != but.pk]


def _tell(chairs: list[Any], kind: Kind, emergency: Emergency) -> None:
    notify(
        to=chairs,
        kind=kind,
        key=f"{kind}:{emergency.pk}",
        link=emergency.get_absolute_url(),
        review=emergency.review,
    )


def _on_the_clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@transaction.atomic
def read(*, review: Review, page: str, by: Any) -> None:
    """Keep which page was opened. What was open a moment ago, and is no more, is read as before."""
    row = Emergency.objects.open().filter(review=review, user=by).first()
    if row is not None:
        audit.record(
            kind=audit.Event.EMERGENCY_READ,
            by=by,
            target=row,
            changes={"emergency": row.pk, "page": page},
        )


@transaction.atomic
def end(*, emergency: Emergency, by: Any) -> Emergency:
    """By the person or by a chair. Raises Refused where it has ended already."""
    review = Review.objects.locked(emergency.review_id)
    row = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if row.user_id != by.pk:
        require(by, Permission.SIGN, review)
    if not row.is_open:
        raise Refused(_("It has ended already."))
    _close(row, by=by, at=clock.now())
    return row


def _close(row: Emergency, *, by: Any, at: datetime) -> None:
    row.ended_at, row.ended_by = min(at, row.until), by
    row.save(update_fields=["ended_at", "ended_by"])
    row.review.grants.filter(user=row.user_id, until__isnull=False).delete()
    audit.record(
        kind=audit.Event.EMERGENCY_ENDED,
        by=by,
        target=row,
        changes={"emergency": row.pk, "person": str(row.user)},
    )
    _tell(_chairs(row.review, but=row.user), Kind.EMERGENCY_ENDED, row)


@acting.for_portal("ending emergencies with a role")
@transaction.atomic
def end_with_roles(*, board: Board, user: Any, by: Any, without: BoardRole) -> None:
    """Whoever loses their last role on a board loses what they opened of it, at once."""
    if BoardRole.objects.active().filter(user=user, board=board).exclude(pk=without.pk).exists():
        return
    rows = Emergency.objects.filter(board=board, user=user, ended_at__isnull=True)
    for row in rows.select_for_update():
        _close(row, by=by, at=clock.now())


@transaction.atomic
def end_overdue() -> int:
    """What has had its time, and what is of somebody who has lost account or roles by a date."""
    held = BoardRole.objects.active().filter(user=OuterRef("user"), board=OuterRef("board"))
    over = Q(until__lte=clock.now()) | Q(user__is_active=False) | ~Exists(held)
    rows = Emergency.objects.filter(over, ended_at__isnull=True).select_related("review", "user")
    found = list(rows.select_for_update(of=("self",), skip_locked=True))
    for row in found:
        _close(row, by=None, at=clock.now())
    return len(found)


@transaction.atomic
def look(*, emergency: Emergency, found: str, said: str, by: Any) -> Emergency:
    """A chair has looked at what was opened, and says whether it was right.

    Raises Refused while it is open, to whoever opened it, and the second time.
    """
    review = Review.objects.locked(emergency.review_id)
    require(by, Permission.SIGN, review)
    row = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if row.user_id == by.pk:
        raise Refused(_("Nobody looks back at what they opened themselves."))
    if row.looked_at:
        raise Refused(_("Somebody has looked at this already."))
    if row.is_open:
        raise Refused(_("It is still open. End it first, or wait until it has ended."))
    if found == Emergency.Found.WRONG and not said.strip():
        raise Refused(_("Say what was wrong, and what follows from it."))
    if row.ended_at is None:
        _close(row, by=None, at=row.until)
    row.looked_at, row.looked_by, row.found, row.said = clock.now(), by, found, said.strip()
    row.save(update_fields=["looked_at", "looked_by", "found", "said"])
    audit.record(
        kind=audit.Event.EMERGENCY_LOOKED_AT,
        by=by,
        target=row,
        changes={"emergency": row.pk, "found": str(row.get_found_display())},
    )
    return row
