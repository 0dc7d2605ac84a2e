"""A page with one form: sent and carried out, or shown again with what stands against it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from reviews.case.operations.record import Stale
from reviews.case.stale import differences, keep_typing
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts

CONFLICT = 409


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


def form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[..., Any],
    *,
    done: str | Promise,
    back: str,
    template: str = "reviews/case/one_form.html",
    **context: Any,
) -> HttpResponse:
    """``context`` holds the review, heading, button, perhaps intro and draft_key."""
    if carried_out(request, form, act, draft_key=context.get("draft_key", "")):
        messages.success(request, str(done))
        return redirect(back)
    context |= {"form": form, "back": back}
    return render(request, template, context, status=CONFLICT if form.stale else 200)
