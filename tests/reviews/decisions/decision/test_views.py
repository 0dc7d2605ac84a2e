import pytest
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.decisions.decision import operations
from reviews.decisions.decision.models import Decision
from reviews.signatures.models import Signature
from scr_portal.accounts.models import User
from tests import builders
from tests.cast import PASSWORD


def ready(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    draft = operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    operations.put_to_chair(decision=draft, by=cast.unit)
    draft.refresh_from_db()
    return review, draft


def sign(client, review, draft, **data):
    url = reverse("reviews:decision_sign", args=[review.pk])
    return client.post(url, {"agreed": "on", "password": PASSWORD, "version": draft.version} | data)


def test_the_chair_signs_with_the_password(cast, sign_in):
    review, draft = ready(cast)
    client = sign_in(cast.chair)
    answer = sign(client, review, draft)
    assert answer.url == reverse("reviews:decision", args=[review.pk])
    signature = Signature.objects.get()
    assert (signature.signer, signature.method) == (cast.chair, "password")
    page = client.get(reverse("reviews:signature", args=[review.pk, signature.pk]))
    assert "the record as it stands today agree" in page.content.decode()
    assert signature.sha256 in page.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"password": "wrong"}, "This is not your password"),
        ({"agreed": ""}, "I sign this statement"),
        ({"version": "1"}, "has changed since you opened this page"),
        ({"version": "one"}, "has changed since you opened this page"),
        ({"version": "9" * 5000}, "has changed since you opened this page"),
        ({"version": ""}, "has changed since you opened this page"),
    ],
)
def test_a_signature_is_refused_with_a_sentence(cast, sign_in, data, said):
    review, draft = ready(cast)
    answer = sign(sign_in(cast.chair), review, draft, **data)
    assert said in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_draft_is_for_those_who_write_or_sign(cast, sign_in):
    review, draft = ready(cast)
    cast.on(review)
    url = reverse("reviews:decision", args=[review.pk])
    for who in ("unit", "chair"):
        assert draft.rationale in sign_in(cast.people[who]).get(url).content.decode()
    for who in ("auditor", "lead", "panel", "liaison"):
        assert draft.rationale not in sign_in(cast.people[who]).get(url).content.decode()


def test_two_editors_lose_no_text(cast, sign_in):
    review = builders.review_at(Stage.CONSIDERING, cast)
    operations.draft(review=review, version=0, by=cast.unit, rationale="Their reasons")
    client = sign_in(cast.unit)
    url = reverse("reviews:decision_edit", args=[review.pk])
    answer = client.post(url, {"version": 0, "rationale": "My reasons"})
    page = answer.content.decode()
    assert "Somebody else has changed the draft" in page
    assert "Their reasons" in page and "My reasons" in page
    assert client.post(url, {"version": 1, "rationale": "Both reasons"}).status_code == 302
    assert Decision.objects.get().rationale == "Both reasons"


def test_a_renamed_writer_leaves_the_signed_record_agreeing(cast, sign_in):
    review, draft = ready(cast)
    client = sign_in(cast.chair)
    sign(client, review, draft)
    User.objects.filter(pk=cast.unit.pk).update(name="Una Married", is_active=False)
    page = client.get(reverse("reviews:signature", args=[review.pk, Signature.objects.get().pk]))
    assert "the record as it stands today agree" in page.content.decode()
    assert "Una Married" not in page.content.decode()


@pytest.mark.parametrize("act", ["decision_put", "decision_take_back"])
def test_the_units_second_click_is_led_to_the_decision(act, cast, sign_in):
    review, draft = ready(cast)
    if act == "decision_take_back":
        operations.take_back(decision=draft, by=cast.unit)
    answer = sign_in(cast.unit).post(reverse(f"reviews:{act}", args=[review.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("reviews:decision", args=[review.pk])
    assert "no longer where your page had it" in answer.content.decode()


def test_the_chairs_second_click_is_led_to_the_decision(cast, sign_in):
    review, draft = ready(cast)
    client = sign_in(cast.chair)
    sign(client, review, draft)
    again = sign(client, review, draft)
    assert again.url == reverse("reviews:decision", args=[review.pk])
    url = reverse("reviews:decision_return", args=[review.pk])
    assert client.post(url, {"reasons": "More"}).url == again.url
    assert Signature.objects.count() == 1


def test_unsent_text_is_back_in_the_boxes_and_can_be_discarded(cast, sign_in):
    review = builders.review_at(Stage.CONSIDERING, cast)
    client, key = sign_in(cast.unit), f"decision:{review.pk}"
    client.post(reverse("drafts:save", args=[key]), {"rationale": "Not sent yet", "version": "0"})
    url = reverse("reviews:decision_edit", args=[review.pk])
    page = client.get(url).content.decode()
    assert "Not sent yet" in page and "is back in the boxes" in page
    assert client.post(reverse("drafts:discard", args=[key]), {"next": url}).url == url
    assert "Not sent yet" not in client.get(url).content.decode()


def test_a_decision_that_is_signed_offers_no_empty_form(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    url = reverse("reviews:decision_edit", args=[review.pk])
    answer = sign_in(cast.unit).get(url, follow=True)
    assert answer.redirect_chain == [(reverse("reviews:decision", args=[review.pk]), 302)]
    assert "while the review is being considered" in answer.content.decode()
