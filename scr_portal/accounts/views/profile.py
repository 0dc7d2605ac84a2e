from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from scr_portal.accounts import operations, sessions
from scr_portal.accounts.access import before_factor, gives_factor, signed_in
from scr_portal.accounts.forms import ProfileForm


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "mail": user.mail})
    if form.is_valid():
        operations.change_profile(by=user, **form.cleaned_data)
        messages.success(request, _("Your profile has been saved"))
        return redirect("accounts:profile")
    roles = user.board_roles.active().select_related("board", "agency")
    context = {
        "form": form,
        "roles": roles.order_by("board__name"),
        "factors": Authenticator.objects.filter(user=user)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .count(),
    }
    return render(request, "accounts/profile.html", context)


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    user = operations.sign_out_everywhere(by=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out on every other device"))
    return redirect("accounts:profile")


@gives_factor
@before_factor
@signed_in
@require_POST
def keepalive(request: HttpRequest) -> HttpResponse:
    """Somebody is there: the session goes on. The longest time is not moved."""
    sessions.seen(request)
    return HttpResponse(status=204)
