"""Who does what cannot be taken back has shown within five minutes that it is them.

``@recently_confirmed`` stands below the decorator that says who may open the page, so that only
they are asked. What was typed travels in the page that asks and is kept nowhere (ASVS 5, 7.5.3).
"""

import time
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from scr_portal.accounts import passkey_forms
from scr_portal.accounts.access import View
from scr_portal.accounts.middleware import asks_for_json

PASSWORD, PASSKEY = "confirm-password", "confirm_key-credential"
# To go on with: by reading the page anew, or with what was sent.
AGAIN = "confirm-reading"
OURS = {PASSWORD, PASSKEY, AGAIN, "csrfmiddlewaretoken"}
READS = {"GET", "HEAD", "OPTIONS"}


def is_confirmed(request: HttpRequest) -> bool:
    """Whether this session gave a password or a factor just now, be it to sign in."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("at", 0) > since for record in records)


def check_password(request: HttpRequest, password: str) -> None:
    """Counted and recorded. Raises ValidationError for a wrong one and for one too many."""
    if not get_adapter(request).reauthenticate(request.user, password):
        raise ValidationError(_("This is not your password. Type it again."))


def recently_confirmed(
    view: View | None = None, *, reading: bool = False, file: bool = False
) -> Any:
    """Ask for the password or a passkey again before the view acts.

    ``reading`` asks before the page can be read too, ``file`` says that it is one to download.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in READS and not (reading or file):
                return view(request, *args, **kwargs)
            if asked := _ask(request):
                return asked
            if AGAIN in request.POST:
                return _read_on(request, file=file)
            _without_ours(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate(view) if view else decorate


def _ask(request: HttpRequest) -> HttpResponse | None:
    """The page that asks; None once it is known that it is them."""
    if is_confirmed(request):
        return None
    if asks_for_json(request):
        words = _("Show that it is you before you go on.")
        there = reverse("account_reauthenticate")
        return JsonResponse({"error": words, "confirm": there}, status=403)
    form = _form(request)
    if not (form.is_bound and form.is_valid()):
        return _page(request, form)
    _note(request, form)
    return None


def _read_on(request: HttpRequest, *, file: bool) -> HttpResponse:
    """A file leaves the browser on the page that it has: one that says so and leads back."""
    url = request.get_full_path()
    if file:
        return render(request, "accounts/confirmed.html", {"url": url})
    return redirect(url)


def _form(request: HttpRequest) -> Any:
    if request.POST.get(PASSKEY):
        return passkey_forms.ReauthenticateForm(
            request.POST, user=request.user, prefix="confirm_key"
        )
    return _password_form(request, request.POST if PASSWORD in request.POST else None)


def _password_form(request: HttpRequest, posted: Any = None) -> Any:
    form = ReauthenticateForm(posted, user=request.user, prefix="confirm")
    form.fields["password"].label = _("Your password")
    form.fields["password"].help_text = ""
    return form


def _note(request: HttpRequest, form: Any) -> None:
    if isinstance(form, passkey_forms.ReauthenticateForm):
        form.save()
    else:
        reauthenticate_by_password(request)


def _page(request: HttpRequest, form: Any) -> HttpResponse:
    keys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    context: dict[str, Any] = {"has_key": keys.exists(), "files": bool(request.FILES)}
    if context["has_key"]:
        options = begin_authentication(request.user)  # type: ignore[arg-type]
        context["js_data"] = {"request_options": options}
    if refused := isinstance(form, passkey_forms.ReauthenticateForm):
        form = _password_form(request)
    context |= {"form": form, "key_refused": refused}
    context["reads"] = request.method in READS or AGAIN in request.POST
    context["kept"] = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in OURS
    ]
    return render(request, "accounts/confirm.html", context)


def _without_ours(request: HttpRequest) -> None:
    """The view gets what was typed into its own form."""
    if not OURS.isdisjoint(request.POST):
        left = request.POST.copy()
        for name in OURS & set(left):
            del left[name]
        request.POST = left  # type: ignore[assignment]
