from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import yesno

from reviews.case.operations.record import Stale
from reviews.case.views.posting import read_anew
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts


def saved(request: HttpRequest, form: Any, key: str, act: Callable[..., Any]) -> Any:
    """What the act gave, or True, where the form was sent and carried out; its draft is gone then.

    A lost race leaves what was typed in the form, and what the other left on it as ``theirs``.
    """
    if not form.is_valid():
        return False
    try:
        done = act(by=request.user, **form.cleaned_data)
    except Stale as stale:
        form = read_anew(form, stale, stale.current.version)
        form.theirs = _rows(form, stale.current)
        return False
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    drafts.discard(user=request.user, key=key)
    return done or True


def _rows(form: Any, row: Any) -> list[dict[str, Any]]:
    """A stored row under the labels of the form."""
    found = []
    for field in form.visible_fields():
        value = getattr(row, field.name, "")
        shown = yesno(value) if isinstance(value, bool) else value
        found.append({"key": field.label, "value": shown, "lines": isinstance(shown, str)})
    return found
