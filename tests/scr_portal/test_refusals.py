"""Every refusal at an address that exists leaves one event, and no other request leaves any."""

from uuid import uuid4

import pytest
from django.urls import reverse

from scr_portal.audit.models import AuditEvent
from tests import builders


def refusals():
    return AuditEvent.objects.filter(kind="access_refused")


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


def test_foreign_and_missing_are_kept_alike(cast, review, sign_in):
    client = sign_in(cast.outsider)
    for pk in (review.pk, uuid4()):
        url = reverse("reviews:detail", args=[pk])
        assert client.get(url).status_code == 404
        [row] = refusals().filter(target_label=f"review {pk}")
        assert (row.actor_id, row.chain, row.review_id) == (cast.outsider.pk, "portal", None)
        assert row.changes == {"page": "reviews:detail", "method": "GET", "status": 404}


def test_what_is_seen_and_not_allowed_is_kept_too(cast, review, sign_in):
    cast.on(review, "observer")
    client = sign_in(cast.observer)
    assert client.post(reverse("reviews:pause", args=[review.pk])).status_code == 403
    assert [row.changes["status"] for row in refusals()] == [403]


def test_an_address_that_is_none_and_a_page_that_is_shown_leave_no_refusal(cast, review, sign_in):
    client = sign_in(cast.unit)
    assert client.get("/no-such-page").status_code == 404
    assert client.get(review.get_absolute_url()).status_code == 200
    assert client.get(reverse("home")).status_code == 200
    assert not refusals().exists()


def test_a_token_of_an_address_is_not_kept(client, db):
    client.get(reverse("guests:start", args=["secret-token"]))
    assert not AuditEvent.objects.filter(target_label__contains="secret-token").exists()
