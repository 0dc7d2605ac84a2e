from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from scr_portal.accounts.access import public
from scr_portal.notifications.queries import silent_processes


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 while all is well; 503 naming what is silent. Nothing of any case, no versions."""
    try:
        silent = silent_processes()
    except DatabaseError:
        return JsonResponse({"database": "away"}, status=503)
    body = {"database": "ok", **{process: "silent" for process in silent}}
    return JsonResponse(body, status=503 if silent else 200)
