import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reviews.signatures.models import Signature
from scr_portal.accounts.confirming import check_password
from scr_portal.core.forms import Form
from scr_portal.core.reasons import Refused


def passkey_given(request: HttpRequest) -> bool:
    """Whether this session gave its passkey again within the last minutes, for signing."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(
        record.get("type") == Authenticator.Type.WEBAUTHN
        and record.get("reauthenticated")
        and record.get("at", 0) >= since
        for record in get_authentication_records(request, request.user)
    )


def has_passkey(user: Any) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


class SignForm(Form):
    """Password or passkey again, and the statement. ``method`` says which it was."""

    agreed = forms.BooleanField(label=_("I sign this statement"))
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.method = Signature.Method.PASSWORD
        super().__init__(*args, **kwargs)
        if passkey_given(request):
            self.method = Signature.Method.PASSKEY
            del self.fields["password"]

    def signed(self, act: Callable[..., Any]) -> bool:
        """Whether it was sent and ``act`` carried out; what stands against it is on the form."""
        if not self.is_valid():
            return False
        try:
            act(by=self.request.user, method=self.method)
        except Refused as refused:
            self.add_error(None, refused.as_error())
            return False
        return True

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        check_password(self.request, password)
        return password
