"""Exactly the pages of allauth that the portal has; there is no include of its URLs.

Sign-up is named because allauth's pages ask for its address; it answers 404.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from scr_portal.accounts import factor_record
from scr_portal.accounts.access import before_factor, gives_factor, public, signed_in
from scr_portal.accounts.throttle import evenly

factor_record.connect()


@public
def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


def set_up(view: Any) -> Any:
    """Open to the signed-in, also while they have no second factor yet."""
    return before_factor(signed_in(view))


def asks(view: Any) -> Any:
    """Asks for a second factor again, or for the first time in this session."""
    return gives_factor(set_up(view))


RESET_KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("signup/", closed, name="account_signup"),
    path("reauthenticate/", set_up(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/reset/", public(evenly(account.password_reset)), name="account_reset_password"),
    path(
        "password/reset/done/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        RESET_KEY,
        public(never_cache(account.password_reset_from_key)),  # the address is a key
        name="account_reset_password_from_key",
    ),
    path("second-factor/", set_up(mfa.index), name="mfa_index"),
    path("second-factor/check/", public(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/again/", asks(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/add/", set_up(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", set_up(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        set_up(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/keys/", set_up(keys.list_webauthn), name="mfa_list_webauthn"),
    path("second-factor/keys/add/", set_up(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-factor/keys/again/",
        asks(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-factor/keys/<int:pk>/remove/",
        signed_in(keys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/keys/<int:pk>/edit/",
        signed_in(keys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]
