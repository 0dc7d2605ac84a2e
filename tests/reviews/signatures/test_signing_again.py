"""Password or passkey again before a signature, and the page that verifies it."""

import time

import pytest
from django.db import connection
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.decisions.decision import operations
from reviews.signatures.models import Signature
from tests import builders
from tests.cast import PASSWORD
from tests.owner import as_owner

PASSKEY = {"method": "mfa", "type": "webauthn", "reauthenticated": True}


@pytest.fixture
def ready(cast, sign_in):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    draft.refresh_from_db()
    return review, draft, sign_in(cast.chair)


def give(client, record, *, seconds_ago=0):
    session = client.session
    session["account_authentication_methods"] = [record | {"at": time.time() - seconds_ago}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def sign(review, draft, client, **data):
    url = reverse("reviews:decision_sign", args=[review.pk])
    return client.post(url, {"agreed": "on", "version": draft.version} | data)


def test_a_passkey_given_just_now_stands_for_the_password(ready):
    review, draft, client = ready
    give(client, PASSKEY)
    assert sign(review, draft, client).status_code == 302
    assert Signature.objects.get().method == "passkey"


@pytest.mark.parametrize(
    ("record", "seconds_ago"),
    [
        (PASSKEY, 301),
        (PASSKEY | {"reauthenticated": False}, 0),
        ({"method": "password", "reauthenticated": True}, 0),
        (PASSKEY | {"type": "totp"}, 0),
    ],
    ids=["too long ago", "at the sign-in", "another means", "another factor"],
)
def test_anything_else_asks_for_the_password(ready, record, seconds_ago):
    review, draft, client = ready
    give(client, record, seconds_ago=seconds_ago)
    answer = sign(review, draft, client)
    assert "Enter your password" in answer.content.decode()
    assert not Signature.objects.exists()


def test_guessing_the_password_is_slowed_down(ready):
    review, draft, client = ready
    for _ in range(10):
        sign(review, draft, client, password="wrong")
    answer = sign(review, draft, client, password=PASSWORD)
    assert "Too many attempts" in answer.content.decode()


def tampered(statement):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reviews_signature DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE reviews_signature ENABLE TRIGGER USER")


def test_the_page_says_when_content_and_hash_do_not_agree(ready):
    review, draft, client = ready
    sign(review, draft, client, password=PASSWORD)
    signature = Signature.objects.get()
    url = reverse("reviews:signature", args=[review.pk, signature.pk])
    assert "agree." in client.get(url).content.decode()
    tampered("UPDATE reviews_signature SET content = replace(content, 'Abuse', 'Illness')")
    assert "does not agree with the hash" in client.get(url).content.decode()
