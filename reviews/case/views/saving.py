"""A form that is sent, with the two ways in which it is not carried out."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from reviews.case.operations.record import Stale
from reviews.case.stale import differences, keep_typing
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts


def carried_out(
    request: HttpRequest, form: Any, act: Callable[..., Any], *, draft_key: str = ""
) -> bool:
    """Whether it was sent and carried out; its draft is gone then.

    After a lost race ``form.stale`` holds both sides, for reviews/case/stale.html, and what was
    typed stays in its boxes. Reasons against the act stand on the form.
    """
    form.stale = None
    if not form.is_valid():
        return False
    try:
        act(by=request.user, **form.cleaned_data)
    except Stale as lost:
        form.stale = differences(form, lost.current, since=form.cleaned_data["version"] or 0)
        keep_typing(form, lost.current.version)
    except Refused as refused:
        form.add_error(None, refused.as_error())
    else:
        drafts.discard(user=request.user, key=draft_key)
        return True
    return False
