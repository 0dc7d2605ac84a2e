"""TOTP and recovery codes over HTTP, with codes computed as an authenticator app does."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp_auth
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.urls import reverse

from scr_portal.accounts import operations
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.authenticator import code_of
from tests.cast import PASSWORD

HOME = "/people/profile/"


def prove(client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def set_up(client) -> tuple[str, str]:
    """The secret, and the page after it, with the recovery codes."""
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = parse_qs(urlsplit(page.context["totp_url"]).query)["secret"][0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, answer.content.decode()


@pytest.fixture
def person(somebody, visitor, enter):
    user = somebody()
    client = visitor()
    client.user = user
    enter(client, user.email)
    return client


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_DEMANDED = True


# allauth records and writes to the person once its changes have been committed.
committed = pytest.mark.django_db(transaction=True)


def changes() -> list[str]:
    rows = AuditEvent.objects.filter(kind=Event.FACTOR_CHANGED).order_by("pk")
    return [row.changes["what"] for row in rows]


def test_in_the_demonstration_it_is_possible_but_not_demanded(person):
    assert person.get(HOME).status_code == 200
    assert person.get(reverse("mfa_index")).status_code == 200


def test_where_it_is_demanded_nothing_else_opens_before(demanded, person):
    for path in ("/", HOME, reverse("accounts:boards"), "/reviews/"):
        answer = person.get(path)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index")), path
    answer = person.post("/drafts/a:b/", {"x": "y"}, headers={"Accept": "application/json"})
    assert answer.status_code == 403


def test_setting_one_up_signing_out_and_statements_stay_open(demanded, person):
    for name in ("mfa_index", "accessibility", "privacy", "cookies", "account_reauthenticate"):
        assert person.get(reverse(name)).status_code == 200, name
    assert person.post(reverse("accounts:keepalive")).status_code == 204
    assert person.get("/no-such-page").status_code == 404
    assert person.post(reverse("account_logout")).status_code == 302
    assert person.get(HOME).url.startswith(reverse("account_login"))


@committed
def test_set_up_shows_recovery_codes_and_opens_the_portal(demanded, person):
    _secret, page = set_up(person)
    row = Authenticator.objects.get(user=person.user, type="recovery_codes")
    for code in row.wrap().get_unused_codes():
        assert code in page
    assert person.get(HOME).status_code == 200
    assert len(changes()) == 2


def test_secrets_are_unreadable_in_the_database(person):
    secret, _page = set_up(person)
    row = Authenticator.objects.get(user=person.user, type="totp")
    assert secret not in str(row.data)
    assert row.data["secret"].startswith("gAAAA")


def test_the_code_is_asked_for_at_sign_in(person, visitor, enter):
    secret, _page = set_up(person)
    client = visitor()
    assert enter(client, person.user.email).url == reverse("mfa_authenticate")
    assert client.get(HOME).url.startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    failed = AuditEvent.objects.get(kind=Event.SIGN_IN_FAILED)
    assert (failed.target_id, failed.changes["with"]) == (str(person.user.pk), "second factor")
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get(HOME).status_code == 200


def test_codes_cannot_be_tried_without_end(person, visitor, enter):
    secret, _page = set_up(person)
    client = visitor()
    enter(client, person.user.email)
    for number in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06d}"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert answer.status_code == 200
    assert client.get(HOME).status_code == 302


def test_a_code_is_good_once(person, visitor, enter):
    secret, _page = set_up(person)
    code = code_of(secret)
    first, second = visitor(), visitor()
    for client in (first, second):
        enter(client, person.user.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert first.get(HOME).status_code == 200
    assert second.get(HOME).status_code == 302


def test_a_recovery_code_works_once(person, visitor, enter):
    _secret, page = set_up(person)
    row = Authenticator.objects.get(user=person.user, type="recovery_codes")
    code = row.wrap().get_unused_codes()[0]
    assert re.search(rf"\b{code}\b", page)
    first, second = visitor(), visitor()
    for client in (first, second):
        enter(client, person.user.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert first.get(HOME).status_code == 200
    assert second.get(HOME).status_code == 302


def test_adding_one_asks_for_the_password_again(person):
    answer = person.get(reverse("mfa_activate_totp"))
    assert urlsplit(answer.url).path == reverse("account_reauthenticate")


@committed
def test_the_last_one_stays_where_it_is_demanded(demanded, person):
    set_up(person)
    person.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person.user, type="totp").exists()


@committed
def test_a_session_from_before_gives_the_new_factor_or_opens_nothing(
    demanded, person, visitor, enter
):
    early = visitor()
    enter(early, person.user.email)
    assert early.get(HOME).url == reverse("mfa_index")
    set_up(person)
    assert early.get(HOME).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "home"])
def test_a_password_alone_does_not_get_past_somebodys_factor(demanded, person, name):
    """Not even to set up one more: it is asked for at the page that takes it, and nowhere else."""
    prove(person)
    Authenticator.objects.create(user=person.user, type="totp", data={"secret": "x"})
    answer = person.get(reverse(name))
    assert answer.url.startswith(reverse("mfa_reauthenticate") + "?next=")
    assert person.get(answer.url).status_code == 200


def test_a_factor_given_within_opens_the_session(demanded, person):
    secret = TOTP.activate(person.user, totp_auth.generate_totp_secret()).instance
    code = code_of(decrypt(secret.data["secret"]))
    answer = person.post(reverse("mfa_reauthenticate") + f"?next={HOME}", {"code": code})
    assert answer.url == HOME
    assert person.get(HOME).status_code == 200


@committed
def test_a_factor_that_changes_ends_the_other_sessions(person, visitor, enter):
    secret, _page = set_up(person)
    other = visitor()
    enter(other, person.user.email)
    other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert other.get(HOME).status_code == 200
    person.post(reverse("mfa_generate_recovery_codes"))
    assert other.get(HOME).status_code == 302
    assert person.get(HOME).status_code == 200


@pytest.mark.parametrize("sent", ['{"id": 1}', "[]", '"x"', '{"rawId": "a", "response": {}}'])
def test_a_passkey_that_is_none_is_no_server_error(person, visitor, enter, sent):
    set_up(person)
    client = visitor()
    enter(client, person.user.email)
    for page in ("mfa_authenticate", "mfa_reauthenticate_webauthn"):
        who = client if page == "mfa_authenticate" else person
        assert who.post(reverse(page), {"credential": sent}).status_code in {200, 302}
    answer = person.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": sent})
    assert answer.status_code == 200


@committed
def test_it_can_be_taken_away_where_it_is_not(person):
    set_up(person)
    person.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person.user).exists()
    assert len(changes()) == 4


@committed
def test_new_recovery_codes_are_recorded(person):
    set_up(person)
    person.post(reverse("mfa_generate_recovery_codes"))
    assert any("anew" in what for what in changes())


def test_an_administrator_removes_a_lost_one(cast, sign_in, person):
    set_up(person)
    with pytest.raises(Refused):
        operations.renew_second_factor(user=person.user, by=cast.unit)
    operations.renew_second_factor(user=person.user, by=cast.administrator)
    assert not Authenticator.objects.filter(user=person.user).exists()
    assert person.get(HOME).status_code == 302
    with pytest.raises(Refused):
        operations.renew_second_factor(user=person.user, by=cast.administrator)
    with pytest.raises(Refused):
        operations.renew_second_factor(user=cast.administrator, by=cast.administrator)
