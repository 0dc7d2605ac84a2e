"""Signing in and out through the real pages."""

import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.notifications.delivery import deliver
from scr_portal.notifications.models import Notification
from tests.cast import PASSWORD

WRONG = "not-the-password-1"
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def kinds(user=None) -> list[str]:
    rows = AuditEvent.objects.order_by("pk")
    if user is not None:
        rows = rows.filter(target_id=str(user.pk), target_type="accounts.user")
    return list(rows.values_list("kind", flat=True))


def without_tokens(answer, email: str) -> bytes:
    return MASKED.sub(b"", answer.content).replace(email.encode(), b"EMAIL")


def sent() -> list:
    """What the outbox sends now."""
    deliver()
    return mail.outbox


def signed_in(client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


def test_a_person_signs_in_with_a_new_session_and_a_record(visitor, somebody, enter):
    client, user = visitor(), somebody()
    client.get(reverse("account_login"))
    before = client.session.session_key
    answer = enter(client, user.email.upper())
    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert client.session.session_key != before
    assert kinds(user) == [Event.SIGNED_IN]


def test_the_session_key_of_a_visitor_is_not_kept(visitor, somebody, enter):
    client, user = visitor(), somebody()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = planted = session.session_key
    enter(client, user.email)
    assert client.session.session_key != planted


def test_passwords_are_hashed_with_argon2(somebody):
    assert somebody().password.startswith("argon2$argon2id$")


def test_known_and_unknown_addresses_get_the_same_answer(visitor, somebody, enter):
    user, unknown = somebody(), f"{secrets.token_hex(6)}@example.org"
    known = enter(visitor(), user.email, WRONG)
    other = enter(visitor(), unknown, WRONG)
    assert known.status_code == other.status_code == 200
    assert without_tokens(known, user.email) == without_tokens(other, unknown)


def test_a_closed_account_gets_the_answer_of_a_wrong_password(visitor, somebody, enter):
    closed, wrong = somebody(is_active=False), somebody()
    answer = enter(visitor(), closed.email)
    other = enter(visitor(), wrong.email, WRONG)
    assert without_tokens(answer, closed.email) == without_tokens(other, wrong.email)


def test_what_failed_is_recorded_without_an_unknown_address(visitor, somebody, enter):
    user = somebody()
    enter(visitor(), user.email, WRONG)
    enter(visitor(), "my-secret-password@example.org", WRONG)
    known, unknown = AuditEvent.objects.filter(kind=Event.SIGN_IN_FAILED).order_by("pk")
    assert known.target_id == str(user.pk)
    assert (unknown.target_id, unknown.target_label) == ("", "")
    assert "my-secret" not in str(unknown.__dict__)


@pytest.mark.parametrize("known", [True, False])
def test_five_tries_of_one_address_in_five_minutes(visitor, somebody, enter, known):
    email = somebody().email if known else f"{secrets.token_hex(6)}@example.org"
    begin = datetime.now(UTC)
    with time_machine.travel(begin, tick=False) as clock:
        answers = []
        for _try in range(8):
            clock.shift(timedelta(seconds=1))
            answers.append(enter(visitor(), email, WRONG).content.decode())
        refused = ["Too many failed" in text for text in answers]
        assert refused == [False] * 5 + [True] * 3
        assert AuditEvent.objects.filter(kind=Event.SIGN_IN_FAILED).count() == 5
        if known:
            assert enter(visitor(), email, PASSWORD).status_code == 200
            clock.shift(timedelta(minutes=5, seconds=1))
            assert enter(visitor(), email, PASSWORD).status_code == 302


def test_the_throttle_counts_an_address_however_it_is_written(visitor, somebody, enter):
    email = somebody().email
    for form in (email, email.upper(), f" {email}", email.capitalize(), email.swapcase()):
        enter(visitor(), form, WRONG)
    assert "Too many failed" in enter(visitor(), email, PASSWORD).content.decode()


def test_an_open_redirect_is_not_followed(visitor, somebody, enter):
    user = somebody()
    answer = enter(visitor(), user.email, QUERY_STRING="next=https://evil.example/")
    assert answer.url == reverse("home")


def test_nobody_signs_up(visitor):
    for method in ("get", "post"):
        assert getattr(visitor(), method)(reverse("account_signup")).status_code == 404
    assert visitor().get("/sign-in/email/").status_code == 404


def test_signing_out_is_an_act_and_ends_the_session(visitor, somebody, enter):
    client, user = visitor(), somebody()
    enter(client, user.email)
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)
    assert kinds(user) == [Event.SIGNED_IN, Event.SIGNED_OUT]


def test_a_new_password_ends_the_other_sessions(visitor, somebody, enter):
    here, elsewhere, user = visitor(), visitor(), somebody()
    enter(here, user.email)
    enter(elsewhere, user.email)
    new = "another-long-one-77"
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert Event.PASSWORD_CHANGED in kinds(user)
    assert [(message.to, message.subject) for message in sent()] == [
        ([user.email], "SCR Portal: Your password was changed")
    ]


def test_a_weak_password_is_refused_with_the_reason(visitor, somebody, enter):
    client, user = visitor(), somebody()
    enter(client, user.email)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    )
    assert "at least 12 characters" in answer.content.decode()
    assert Event.PASSWORD_CHANGED not in kinds(user)


def test_a_forgotten_password_is_set_anew_by_mail(visitor, somebody, enter):
    client, user = visitor(), somebody()
    answer = client.post(reverse("account_reset_password"), {"email": user.email})
    assert answer.url == reverse("account_reset_password_done")
    (path,) = re.findall(r"http://127.0.0.1:8000(/\S+/key/\S+)", str(sent()[-1].body))
    form = client.get(path)
    new = "quite-another-one-31"
    answer = client.post(form.url, {"password1": new, "password2": new})
    assert answer.status_code == 302
    assert enter(visitor(), user.email, new).status_code == 302
    assert Event.PASSWORD_CHANGED in kinds(user)
    again = visitor().get(path)
    assert again.status_code == 200
    assert b'name="password1"' not in again.content


def test_asking_for_a_new_password_tells_nothing(visitor, somebody):
    user, unknown = somebody(), f"{secrets.token_hex(6)}@example.org"
    answers = [
        visitor().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (user.email, unknown)
    ]
    known, other = answers
    assert without_tokens(known, user.email) == without_tokens(other, unknown)
    assert [message.to for message in sent()] == [[user.email]]


def test_a_mail_server_that_is_away_tells_nothing_and_gets_the_letter_later(
    visitor, somebody, settings
):
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
    ):
        answer = visitor().post(reverse("account_reset_password"), {"email": somebody().email})
        assert answer.url == reverse("account_reset_password_done")
        deliver()
    Notification.objects.update(not_before=timezone.now(), lease_until=None)
    assert len(sent()) == 1


def test_the_link_for_a_new_password_lasts_an_hour_and_is_in_no_inbox(visitor, somebody, sign_in):
    user = somebody()
    visitor().post(reverse("account_reset_password"), {"email": user.email})
    (message,) = sent()
    assert "within 60 minutes" in message.body
    assert "new password" not in sign_in(user).get(reverse("notifications:inbox")).content.decode()
    (path,) = re.findall(r"http://127.0.0.1:8000(/\S+/key/\S+)", message.body)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        assert "no longer works" in visitor().get(path).content.decode()


def test_no_host_that_a_visitor_names_gets_into_a_letter(visitor, somebody, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PORTAL_URL = "https://portal.example"
    visitor().post(
        reverse("account_reset_password"),
        {"email": somebody().email},
        headers={"Host": "evil.example"},
    )
    (message,) = sent()
    assert "https://portal.example/" in message.body
    assert "evil" not in str(message.message())


def test_an_invited_person_has_no_password_to_reset(visitor, somebody):
    user = somebody(is_active=False)
    user.set_unusable_password()
    user.save()
    visitor().post(reverse("account_reset_password"), {"email": user.email})
    assert sent() == []


def test_an_address_of_300_characters_is_refused_at_the_field(visitor, enter):
    answer = enter(visitor(), f"{'a' * 300}@example.org", WRONG)
    assert answer.status_code == 200


def test_a_nul_byte_is_no_server_error(visitor, enter):
    assert enter(visitor(), "a\x00b@example.org", WRONG).status_code == 200


def test_one_network_tries_many_addresses_only_so_fast(visitor, enter, settings):
    client = visitor()
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip", "login_failed": "50/5m/ip,5/5m/key"}
    answers = [enter(client, f"{n}-{secrets.token_hex(4)}@example.org", WRONG) for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Too many tries" in answers[-1].content.decode()


def test_a_password_is_asked_again_before_second_factors_change(visitor, somebody, enter):
    client, user = visitor(), somebody()
    enter(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": WRONG})
    assert AuditEvent.objects.filter(kind=Event.SIGN_IN_FAILED, target_id=user.pk).exists()
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302
