from django.db import Error
from django.http import HttpRequest, JsonResponse

from scr_portal.accounts.access import public
from scr_portal.notifications.queries import heartbeats, is_silent


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 while all is well; 503 naming what is silent. Nothing of any case, no versions."""
    try:
        hearts = heartbeats()
    except Error:
        return _answer({"database": "away"}, well=False)
    said = {process: "silent" if is_silent(at) else "ok" for process, at in hearts.items()}
    return _answer({"database": "ok", **said}, well="silent" not in said.values())


def _answer(said: dict[str, str], *, well: bool) -> JsonResponse:
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(said, status=200 if well else 503, headers=headers)
