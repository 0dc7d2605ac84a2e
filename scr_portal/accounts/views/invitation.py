from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from scr_portal.accounts import operations, throttle
from scr_portal.accounts.access import public
from scr_portal.accounts.forms import PasswordForm
from scr_portal.accounts.invitations import hashed
from scr_portal.accounts.models import Invitation
from scr_portal.core.reasons import Refused

# Wrong links from one address in ten minutes, before none of its links is looked at any more.
LIMIT, SECONDS = 20, 600
THROTTLE = "invitation"


@public
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    if throttle.too_many(THROTTLE, request, limit=LIMIT):
        return _page("accounts/invitation_throttled.html", 429)
    found = Invitation.objects.filter(token_hash=hashed(token)).select_related("user").first()
    if found is None or not found.is_open or found.user.has_usable_password():
        return _refuse(request, token)
    form = PasswordForm(request.POST or None, user=found.user)
    if form.is_valid():
        try:
            user = operations.accept(token=token, password=form.cleaned_data["password"])
        except Refused:
            return _refuse(request, token)
        get_adapter(request).login(request, user)
        messages.success(request, _("Your account is ready."))
        return redirect("home")
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found})


def _refuse(request: HttpRequest, token: str) -> HttpResponse:
    throttle.count(THROTTLE, request, seconds=SECONDS)
    operations.record_refused_link(token)
    return _page("accounts/invitation_refused.html", 410)


def _page(template: str, status: int) -> HttpResponse:
    """Without the request, so that the bytes are the same for every reason and visitor."""
    return HttpResponse(render_to_string(template), status=status)
