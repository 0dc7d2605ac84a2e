"""What is typed is kept, comes back to its writer alone, and goes when it is old."""

from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from scr_portal.core.forms import DateField, Form
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations, rules
from scr_portal.drafts.models import Draft
from scr_portal.drafts.queries import restore
from scr_portal.drafts.restoring import restore_into
from scr_portal.drafts.tasks import purge

KEY = "decision:0b0e1c7a"
URL = f"/drafts/{KEY}/"


def test_a_form_is_kept_as_it_is_typed_and_comes_back(cast, sign_in):
    client = sign_in(cast.chair)
    answer = client.post(URL, {"reasons": "Because.", "ticked": ["a", "b"], "version": "3"})
    draft = Draft.objects.get()
    assert answer.json() == {
        "version": "3",
        "saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M"),
    }
    client.post(URL, {"reasons": "Because of this."})
    assert restore(cast.chair, KEY) == {"reasons": "Because of this."}
    assert Draft.objects.count() == 1


def test_it_outlives_the_session(cast, sign_in):
    client = sign_in(cast.chair)
    client.post(URL, {"reasons": "Because."})
    client.post(reverse("account_logout"))
    assert restore(cast.chair, KEY) == {"reasons": "Because."}


def test_nobody_else_reads_it(cast, sign_in):
    sign_in(cast.chair).post(URL, {"reasons": "Because."})
    for other in (cast.unit, cast.administrator):
        assert restore(other, KEY) is None
        sign_in(other).delete(URL)
    assert restore(cast.chair, KEY)


def test_it_is_unreadable_in_the_database(cast):
    operations.save(user=cast.chair, key=KEY, fields={"reasons": "Plainly readable"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM drafts_draft t")
        assert "readable" not in cursor.fetchone()[0]


def test_secrets_are_never_kept(cast, sign_in):
    fields = {
        "csrfmiddlewaretoken": "x",
        "password": "x",
        "new_Password1": "x",
        "credential": "x",
        "statement": "I agree",
    }
    sign_in(cast.chair).post(URL, fields)
    assert restore(cast.chair, KEY) == {"statement": "I agree"}


@pytest.mark.parametrize(
    "key", ["decision", "Decision:1", ":1", "decision:", "a:b c", "a:" + "x" * 149, "a:\u202e"]
)
def test_a_key_has_form_and_object(cast, sign_in, key):
    answer = sign_in(cast.chair).post(reverse("drafts:save", args=[key]), {"a": "b"})
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["referral:northmere", KEY, "pass:1:12.3", "quality.markers:a_b"])
def test_keys_of_our_forms_are_good(key):
    assert rules.is_key(key)


def test_more_than_a_megabyte_is_refused_with_a_sentence(cast, sign_in):
    client = sign_in(cast.chair)
    assert client.post(URL, {"text": "x" * 1_000_000}).status_code == 200
    answer = client.post(URL, {"text": "x" * (1024 * 1024 + 1)})
    assert answer.status_code == 400
    assert "too long" in answer.json()["errors"]["__all__"][0]
    assert restore(cast.chair, KEY) == {"text": "x" * 1_000_000}


def test_drafts_of_one_person_have_an_end(cast, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 2)
    for number in range(2):
        operations.save(user=cast.chair, key=f"a:{number}", fields={})
    operations.save(user=cast.chair, key="a:1", fields={"again": "yes"})
    with pytest.raises(Refused):
        operations.save(user=cast.chair, key="a:2", fields={})


def test_hostile_text_is_kept_as_it_is(cast):
    text = "\u202eעברית 🙂 <script>\r\n\x00"
    operations.save(user=cast.chair, key=KEY, fields={"text": text})
    assert restore(cast.chair, KEY) == {"text": text}


def test_of_two_who_take_it_one_gets_it(cast):
    operations.save(user=cast.chair, key=KEY, fields={"a": "b"})
    assert operations.take(user=cast.chair, key=KEY) == {"a": "b"}
    assert operations.take(user=cast.chair, key=KEY) is None


def test_discarding_goes_back_to_the_form(cast, sign_in):
    client = sign_in(cast.chair)
    url = reverse("drafts:discard", args=[KEY])
    for back, target in (("/people/profile/", "/people/profile/"), ("https://evil.example/", "/")):
        operations.save(user=cast.chair, key=KEY, fields={"a": "b"})
        assert client.post(url, {"next": back}).url == target
        assert restore(cast.chair, KEY) is None
    assert client.get(url).status_code == 405


def test_deleting_by_script(cast, sign_in):
    operations.save(user=cast.chair, key=KEY, fields={"a": "b"})
    assert sign_in(cast.chair).delete(URL).status_code == 204
    assert not Draft.objects.exists()


def test_strangers_keep_nothing(client, db):
    assert client.post(URL, {"a": "b"}).status_code == 302
    assert not Draft.objects.exists()


def test_old_drafts_go(cast):
    operations.save(user=cast.chair, key="a:old", fields={})
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        operations.save(user=cast.chair, key="a:new", fields={})
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        purge()
    assert [draft.key for draft in Draft.objects.all()] == ["a:new"]


class Example(Form):
    text = forms.CharField()
    on = DateField(required=False)


def test_a_form_begins_with_what_was_typed_dates_included(cast):
    fields = {"text": "Half a sent", "on_day": "31", "on_month": "Febr", "on_year": ""}
    operations.save(user=cast.chair, key=KEY, fields=fields)
    request = RequestFactory().get("/")
    request.user = cast.chair
    page = str(Example(initial=restore_into(request, KEY)))
    for typed in ('value="Half a sent"', 'value="31"', 'value="Febr"'):
        assert typed in page
    assert vars(request)["restored_draft"].key == KEY


def test_what_is_being_sent_comes_before_what_was_kept(cast):
    operations.save(user=cast.chair, key=KEY, fields={"text": "old"})
    request = RequestFactory().post("/")
    request.user = cast.chair
    assert restore_into(request, KEY) is None


def test_deleting_what_has_no_key_of_ours_deletes_nothing(cast, sign_in):
    assert sign_in(cast.unit).delete("/drafts/referral%3Aa%00b/").status_code == 204
