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
from scr_portal.accounts.attempts import SHOWN_FOR
from scr_portal.accounts.forms import ProfileForm
from scr_portal.core import clock


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
        "told_since": clock.now() - SHOWN_FOR,
        "sessions": sessions.open_of(user),
        "this_key": request.session.session_key,
    }
    return render(request, "accounts/profile.html", context)


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    user = operations.sign_out_everywhere(by=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out on every other device"))
    return redirect("accounts:profile")


@signed_in
@require_POST
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """One of the person's own, and not the one they ask with: that is signing out."""
    user: Any = request.user
    found = [each for each in sessions.open_of(user) if each.handle == handle]
    if any(each.key == request.session.session_key for each in found):
        messages.error(request, _("This is the session you are using. Sign out to end it."))
    elif any(operations.end_session(key=each.key, by=user) for each in found):
        messages.success(request, _("That session has ended"))
    else:
        messages.error(request, _("There is no such session of yours. It may have ended already."))
    return redirect("accounts:profile")


@gives_factor
@before_factor
@signed_in
@require_POST
def keepalive(request: HttpRequest) -> HttpResponse:
    """Somebody is there: the session goes on. The longest time is not moved."""
    sessions.seen(request)
    return HttpResponse(status=204)
