from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from scr_portal.accounts.access import signed_in
from scr_portal.core import typed
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations, rules


@signed_in
@require_http_methods(["POST", "DELETE"])
def save(request: HttpRequest, key: str) -> HttpResponse:
    """static/js/autosave.js sends the fields of a form here as they are typed."""
    if request.method == "DELETE":
        operations.discard(user=request.user, key=key)
        return HttpResponse(status=204)
    fields = typed.posted(request.POST)
    try:
        draft = operations.save(user=request.user, key=key, fields=fields)
    except Refused as refused:
        sentences = [str(reason) for reason in refused.reasons]
        return JsonResponse({"errors": {"__all__": sentences}}, status=400)
    saved_at = date_format(timezone.localtime(draft.saved_at), "H:i")
    # The form's own version, which says what it was begun from, is handed back as it came.
    return JsonResponse({"version": fields.get("version", ""), "saved_at": saved_at})


@signed_in
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    if rules.is_key(key):
        operations.discard(user=request.user, key=key)
        messages.success(request, _("Your unsent text has been discarded"))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "home")
