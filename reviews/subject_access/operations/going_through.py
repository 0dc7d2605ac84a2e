"""What is held is searched for, and gone through item by item by who may read it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from reviews.subject_access import queries, searching
from reviews.subject_access.models import AccessItem, AccessPart, AccessRequest
from reviews.subject_access.operations.requests import State, locked, record
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Decision = AccessItem.Decision


@transaction.atomic
def search(*, request: AccessRequest, chosen: Iterable[str], by: Any) -> int:
    """In the reviews of the chosen people, and in those where an account has its part.

    Again it adds what is new and keeps what was decided; what has changed since is to be decided
    anew. Returns how many are held now. Raises Refused before the identity is confirmed.
    """
    request = locked(request, by, State.OPEN)
    if not request.identity_on:
        raise Refused(_("Confirm first that the person is who they say."))
    for part in _parts(request, list(chosen), by):
        for found in searching.search(part):
            _keep(part, found)
    AccessPart.objects.filter(request=request, rows=[], items__isnull=True).delete()
    request.searched_at = clock.now()
    request.save(update_fields=["searched_at"])
    count = AccessItem.objects.filter(part__request=request).count()
    record(audit.Event.BOARD_ACCESS_SEARCHED, by, request, count=_seen(request, by))
    return count


def _seen(request: AccessRequest, by: Any) -> int:
    """As many as the searcher may read: the history is read by others like them."""
    parts = queries.parts_of(request, by)
    return sum(len(queries.readable(part, by)) for part in parts)


def _parts(request: AccessRequest, chosen: list[str], by: Any) -> list[AccessPart]:
    known = {each.value: each for each in searching.candidates(request, by)}
    if unknown := [each for each in chosen if each not in known]:
        raise Refused(_("%(n)d of the people chosen can't be found.") % {"n": len(unknown)})
    rows: dict[Any, list[Any]] = {}
    for value in chosen:
        found = known[value]
        rows.setdefault(found.review.pk, []).append([found.kind, found.pk])
    for review in _of_the_account(request, by):
        rows.setdefault(review.pk, [])
    parts = []
    for pk, people in rows.items():
        part, _new = AccessPart.objects.get_or_create(
            request=request, review=Review.objects.get(pk=pk), defaults={"rows": people}
        )
        if part.rows != people:
            part.rows = people
            part.save(update_fields=["rows"])
        parts.append(part)
    return parts


def _of_the_account(request: AccessRequest, by: Any) -> Iterable[Review]:
    """Every review of the board: somebody who worked on a case is in no register."""
    if request.who == AccessRequest.Who.FAMILY:
        return []
    return Review.objects.visible_to(by, Permission.SEE_NAMES).filter(board=request.board)


def _keep(part: AccessPart, found: searching.Found) -> None:
    label = str(capfirst(found.row._meta.verbose_name))
    same = {"target_type": found.row._meta.label, "target_id": str(found.row.pk)}
    item = AccessItem.objects.filter(part=part, **same).first()
    if item is None:
        AccessItem.objects.create(
            part=part,
            review=part.review,
            label=label,
            permission=found.permission,
            is_close=found.holding.is_close,
            is_about=found.is_about,
            text=found.text,
            **same,
        )
    elif item.text != found.text:
        item.text, item.permission = found.text, found.permission
        item.decision, item.ground, item.decided_by, item.decided_at = "", "", None, None
        item.version += 1
        item.save()


def _item(item: AccessItem, by: Any) -> AccessItem:
    """Under its lock. Raises PermissionDenied for what the person may not read."""
    found = AccessItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    part = AccessPart.objects.select_related("review__board").get(pk=found.part_id)
    found.part = queries.with_request(part)
    if found not in queries.readable(found.part, by):
        raise PermissionDenied
    return found


def _on_review(kind: audit.Event, by: Any, part: AccessPart, **changes: Any) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=part,
        review=part.review,
        label=str(part.request),
        changes=changes,
    )


@transaction.atomic
def look(*, item: AccessItem, by: Any) -> AccessItem:
    """Its text, with the names in it; that they looked is kept."""
    found = _item(item, by)
    require(by, Permission.SEE_NAMES, found.part.review)
    _on_review(audit.Event.ACCESS_ITEM_READ, by, found.part)
    return found


@transaction.atomic
def decide(
    *,
    item: AccessItem,
    version: int,
    decision: str,
    ground: str,
    reason: str,
    hide: str,
    leave: str,
    by: Any,
) -> AccessItem:
    """Raises Stale, and Refused for withholding without a ground or a reason."""
    found = _item(item, by)
    require(by, Permission.SEE_NAMES, found.part.review)
    if found.part.request.state != State.OPEN:
        raise Refused(_("The answer was put to a second person. It is changed when it comes back."))
    if found.version != version:
        raise Stale(found)
    if decision == Decision.WITHHOLD and not (ground and reason.strip()):
        raise Refused(_("Say on what ground it is withheld, and why."))
    found.decision = Decision(decision)
    found.ground = ground if decision == Decision.WITHHOLD else ""
    found.reason = reason.strip()
    found.hide, found.leave = hide.strip(), leave.strip()
    found.decided_by, found.decided_at = by, clock.now()
    found.version += 1
    found.save()
    words = str(found.get_decision_display()).lower()
    _on_review(audit.Event.ACCESS_ITEM_DECIDED, by, found.part, decision=words)
    return found


@transaction.atomic
def go_through(*, part: AccessPart, by: Any) -> AccessPart:
    """Somebody close to the family says that what only they may read is decided.

    Asked for on every review alike, so that it tells nobody whether there is anything.
    """
    part = queries.with_request(AccessPart.objects.select_for_update(of=("self",)).get(pk=part.pk))
    if not queries.goes_through_what_is_close(part, by):
        raise Refused(_("A lead reviewer or the family liaison does this."))
    if part.request.state != State.OPEN:
        raise Refused(_("The request has gone on since you opened this page."))
    if queries.undecided(part, by):
        raise Refused(_("Decide on every item first."))
    part.close_by, part.close_at = by, clock.now()
    part.save(update_fields=["close_by", "close_at"])
    _on_review(audit.Event.ACCESS_GONE_THROUGH, by, part)
    return part
