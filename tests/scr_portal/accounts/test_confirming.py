"""Password or passkey again before what cannot be taken back, with nothing lost on the way."""

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from scr_portal import urls as portal
from scr_portal.accounts.access import signed_in
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from tests.cast import PASSWORD
from tests.conftest import gave_password


@signed_in
@recently_confirmed
def act(request):
    if request.method == "POST":
        return HttpResponse(repr(sorted(request.POST.lists())))
    return HttpResponse("a form")


@signed_in
@recently_confirmed(reading=True)
def page(request):
    return HttpResponse("a page")


@signed_in
@recently_confirmed(file=True)
@require_safe
def file(request):
    return HttpResponse("a file")


urlpatterns = [
    path("act", act, name="act"),
    path("page", page, name="page"),
    path("file", file, name="file"),
    *portal.urlpatterns,
]
ASKS = b"Show that it is you"


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def late(somebody, sign_in):
    """A browser whose person signed in six minutes ago."""
    client = sign_in(somebody())
    gave_password(client, seconds_ago=360)
    return client


def test_who_signed_in_just_now_is_not_asked(somebody, sign_in):
    client = sign_in(somebody())
    assert client.post("/act", {"a": "1"}).content == b"[('a', ['1'])]"
    assert client.get("/page").content == b"a page"
    assert client.get("/file").content == b"a file"


def test_a_session_that_never_gave_anything_is_asked(somebody, client):
    client.force_login(somebody())
    assert ASKS in client.post("/act", {}).content


def test_a_stranger_is_sent_to_the_sign_in(visitor):
    assert visitor().post("/act", {}).url.startswith(reverse("account_login"))


def test_the_form_can_be_read_and_what_was_typed_goes_on(late):
    assert late.get("/act").content == b"a form"
    typed = {"text": 'two\r\nlines and "quotes" <b>', "several": ["1", "2"]}
    asked = late.post("/act?x=1", typed)
    assert ASKS in asked.content and 'action="/act?x=1"' in asked.content.decode()
    kept = asked.context["kept"]
    assert kept == [("text", typed["text"]), ("several", "1"), ("several", "2")]
    assert "&quot;quotes&quot; &lt;b&gt;" in asked.content.decode()
    done = late.post("/act?x=1", typed | {"confirm-password": PASSWORD})
    assert done.content.decode() == repr(
        sorted((n, [v] if type(v) is str else v) for n, v in typed.items())
    )
    assert late.post("/act", {}).content == b"[]"


def test_a_wrong_password_is_said_recorded_and_does_nothing(late):
    answer = late.post("/act", {"a": "1", "confirm-password": "wrong-one-entirely"})
    assert ASKS in answer.content and b"govuk-error-message" in answer.content
    assert answer.context["kept"] == [("a", "1")]
    assert b"wrong-one-entirely" not in answer.content
    assert AuditEvent.objects.filter(kind=Event.SIGN_IN_FAILED).count() == 1
    assert ASKS in late.post("/act", {"confirm-password": ""}).content


def test_guesses_are_counted_together_and_success_clears_them(late):
    for _try in range(4):
        late.post("/act", {"confirm-password": "wrong"})
    late.post("/act", {"confirm-password": PASSWORD})
    gave_password(late, seconds_ago=360)
    for _try in range(4):
        late.post("/act", {"confirm-password": "wrong"})
    late.post(
        reverse("account_change_password"),
        {"oldpassword": "wrong", "password1": PASSWORD + "x", "password2": PASSWORD + "x"},
    )
    answer = late.post("/act", {"confirm-password": PASSWORD})
    assert "Too many attempts" in answer.content.decode()


def test_a_page_is_read_after_it(late):
    assert ASKS in late.get("/page?a=b").content
    answer = late.post("/page?a=b", {"confirm-reading": "yes", "confirm-password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/page?a=b")
    assert late.get("/page?a=b").content == b"a page"


def test_a_file_is_fetched_from_a_page_that_leads_back(late):
    assert ASKS in late.get("/file?a=b").content
    answer = late.post("/file?a=b", {"confirm-reading": "yes", "confirm-password": PASSWORD})
    assert 'content="0;url=/file?a=b"' in answer.content.decode()
    assert late.get("/file?a=b").content == b"a file"


def test_a_script_is_told_where(late):
    answer = late.post("/act", {"a": "1"}, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["confirm"] == reverse("account_reauthenticate")


def test_it_is_asked_again_after_five_minutes(late):
    late.post("/act", {"confirm-password": PASSWORD})
    gave_password(late, seconds_ago=299)
    assert ASKS not in late.post("/act", {}).content
    gave_password(late, seconds_ago=301)
    assert ASKS in late.post("/act", {}).content


def test_records_of_somebody_else_count_for_nothing(late, somebody):
    session = late.session
    session["account_authentication_methods"][0]["at"] += 360
    session["account_authentication_methods_user"] = str(somebody().pk)
    session.save()
    assert ASKS in late.post("/act", {}).content


def test_a_broken_passkey_is_no_server_error(late, somebody):
    asked = late.post("/act", {"a": "1", "confirm_key-credential": '{"id": 1}'})
    assert ASKS in asked.content
    assert b"id_confirm_key-credential" not in asked.content
    assert not Authenticator.objects.exists()
