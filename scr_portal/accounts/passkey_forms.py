"""allauth's forms for passkeys, which take what the browser says apart without asking its shape."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

MISSHAPEN = (KeyError, IndexError, TypeError, AttributeError, ValueError, struct.error)


class _Asking:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_Asking, forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(_Asking, forms.ReauthenticateWebAuthnForm):
    pass


class AddForm(forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error
