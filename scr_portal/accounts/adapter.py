"""Where allauth asks us: closed sign-up, a record of sign-ins, mail by the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as this
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from scr_portal.accounts import sessions
from scr_portal.accounts.models import User
from scr_portal.audit import operations as audit
from scr_portal.core.contributions import collect
from scr_portal.core.fields import cipher, decrypt


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people come by invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A closed account gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """An address that nobody has here is not written down: it may be a password."""
        known = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        audit.record(
            kind=audit.Event.SIGN_IN_FAILED, by=None, target=known, changes={"with": "password"}
        )

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Counted apart from signing in: a stranger's guesses keep nobody inside from signing."""
        if not ratelimit.consume(this.request, action="confirm", user=user):
            raise ValidationError(_("Too many attempts. Wait a few minutes, then try again."))
        if not user.check_password(password):
            self.authentication_failed(this.request, email=user.email)
            return False
        ratelimit.clear(this.request, action="confirm", user=user)
        return True

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        sessions.begin(request)
        audit.record(kind=audit.Event.SIGNED_IN, by=user, target=user)

    def logout(self, request: HttpRequest) -> None:
        user: Any = request.user
        audit.record(kind=audit.Event.SIGNED_OUT, by=user, target=user)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Closed between the password and the second factor."""
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))

    def set_password(self, user: Any, password: str) -> None:
        """Django ends the other sessions by itself: they no longer match the password."""
        super().set_password(user, password)
        audit.record(kind=audit.Event.PASSWORD_CHANGED, by=user, target=user)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """By the outbox: no mail server decides how long the answer takes, and the link is made
        there from PORTAL_URL, not from the host that a visitor named.
        """
        collect("account_letter", user, "password_reset")

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **kw: Any
    ) -> None:
        is_password = template_prefix.startswith("account/email/password")
        collect("account_letter", user, "password_changed" if is_password else "factor_changed")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises NotImplementedError: nothing is written from within a request."""
        raise NotImplementedError(template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        """Secrets of second factors are unreadable in a dump of the database."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is demanded the last one stays: add another before."""
        if not settings.SECOND_FACTOR_DEMANDED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id)
        others = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return others.exclude(pk=authenticator.pk).exists()
