"""That somebody opened a review is kept, by whichever of its pages they came."""

from typing import Any

from django.http import HttpRequest

from reviews.case.models import Review
from reviews.case.operations.record import opened
from reviews.permissions import AS_EMERGENCY
from scr_portal.accounts import sessions
from scr_portal.core.contributions import collect

# The session knows it, so that a page costs no statement more: what is opened again within this
# many seconds is one opening.
AGAIN_AFTER = 15 * 60
OPENED = "opened_at"


def note(request: HttpRequest, review: Review) -> None:
    user: Any = request.user
    if user.has_perm(AS_EMERGENCY, review):
        collect("read_in_emergency", review, user, request.path)
    if request.method not in {"GET", "HEAD"}:
        return
    now, pk = sessions.now(), str(review.pk)
    lately = {
        each: at for each, at in request.session.get(OPENED, {}).items() if now - at < AGAIN_AFTER
    }
    if pk not in lately:
        opened(review=review, by=user)
        request.session[OPENED] = lately | {pk: now}
