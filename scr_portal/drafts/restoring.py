from typing import Any

from django.http import HttpRequest

from scr_portal.core import typed
from scr_portal.drafts import queries


def restore_into(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Initial data of a form from what was typed and not sent; None where nothing is kept.

    ``drafts/restored.html``, included above the form, says so and offers to discard it. What is
    being sent comes first, so on a POST there is nothing to restore.
    """
    draft = queries.found(request.user, key) if request.method == "GET" else None
    if draft is None:
        return None
    request.restored_draft = draft  # type: ignore[attr-defined]
    return typed.as_initial(draft.fields)
