from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from scr_portal.accounts.attempts import AT_MOST_EVERY, LOOK_BACK, WATCHED, newest_burst
from scr_portal.accounts.models import User
from scr_portal.audit import operations as audit
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.contributions import collect


def tell_of_attempts() -> int:
    """Write to whoever's account was tried oddly; how many letters.

    From the history and not from the request that failed: an account that exists must not take
    longer to refuse than one that does not.
    """
    tries: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for target, what, at in _failed():
        tries[target, what].append(at)
    told = 0
    for (target, what), moments in tries.items():
        if what in WATCHED and (burst := newest_burst(moments, WATCHED[what])):
            told += _tell(target, what, burst)
    return told


def _failed() -> Any:
    rows = AuditEvent.objects.filter(
        review_id=None,
        at__gt=clock.now() - LOOK_BACK,
        kind=audit.Event.SIGN_IN_FAILED,
        target_type=User._meta.label_lower,
    )
    return rows.order_by("at").values_list("target_id", "changes__with", "at").iterator()


@transaction.atomic
def _tell(target: str, what: str, burst: datetime) -> bool:
    """Once an hour at most; of two workers that come at once, one does."""
    now, watch = clock.now(), WATCHED[what]
    rested = Q(**{f"{watch.told_at}__lte": now - AT_MOST_EVERY, f"{watch.told_at}__lt": burst})
    never = Q(**{f"{watch.told_at}__isnull": True})
    rows = User.objects.filter(rested | never, pk=target, is_active=True)
    if not rows.update(**{watch.told_at: now}):
        return False
    user = User.objects.get(pk=target)
    audit.record(kind=audit.Event.TOLD_OF_ATTEMPTS, by=None, target=user, changes={"with": what})
    collect("account_letter", user, watch.letter)
    return True
