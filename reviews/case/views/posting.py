from typing import Any

from django.http import HttpRequest, QueryDict

from scr_portal.core.reasons import Refused


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is one too, where ``request.POST or None`` is none."""
    return request.POST if request.method == "POST" else None


def read_anew(form: Any, refused: Refused, version: int) -> Any:
    """A lost race keeps what was typed; both texts are shown, and the next save has read theirs."""
    form.data = form.data.copy()
    form.data["version"] = version
    form.add_error(None, refused.as_error())
    return form
