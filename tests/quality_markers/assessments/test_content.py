"""What is signed holds what the answers rest on; older signatures are compared as they were."""

import json

import pytest
from django.urls import reverse

from quality_markers.assessments import content, contributions, operations
from quality_markers.assessments.models import Explanation
from quality_markers.assessments.operations import evidence
from reviews.permissions import Permission
from reviews.signatures.operations import canonical, digest
from tests import builders


@pytest.fixture
def full(assessment, write, ask, cast, review):
    """With a text, a note, an address, a document and an explanation."""
    write("12.4", by=cast.lead, judgement="in_place", narrative="Asked twice")
    document = builders.a_document(review, cast, permission=Permission.SEE_FAMILY, title="Hidden")
    for number, what in enumerate(
        [
            {"kind": "note", "text": "Red folder"},
            {"kind": "web", "url": "https://example.org/x"},
            {"kind": "document", "document": document},
        ]
    ):
        evidence.attach(
            assessment=assessment, question=ask("12.4"), by=cast.lead, token=str(number), **what
        )
    Explanation.objects.create(
        assessment=assessment,
        review=review,
        question=ask("12.4"),
        facts=["Nobody was told"],
        words="They were told by phone",
        by=cast.lead,
    )
    return assessment


def accept(assessment, cast):
    submitted = operations.submit(assessment=assessment, by=cast.lead)
    return operations.accept(assessment=submitted, by=cast.chair, method="password")


def asked(signature, number="12.4"):
    kept = json.loads(signature.content)
    every = [each for marker in kept["markers"] for each in marker["questions"]]
    return next(each for each in every if each["number"] == number)


def test_evidence_and_explanations_are_signed(full, cast):
    signature = accept(full, cast).signature
    kept = asked(signature)
    assert [each["kind"] for each in kept["rests_on"]] == ["note", "web"]
    assert kept["explanation"]["words"] == "They were told by phone"
    assert "rests_on" not in asked(signature, "12.5")
    (now,) = contributions.signed(signature)
    assert digest(canonical(now)) == signature.sha256


def test_a_signature_gives_away_no_document_and_no_fact(full, cast, sign_in):
    signature = accept(full, cast).signature
    assert "Hidden" not in signature.content and "Nobody was told" not in signature.content
    url = reverse("reviews:signature", args=[full.review_id, signature.pk])
    page = sign_in(cast.panel).get(url).content.decode()
    assert "Red folder" in page and "Where it lies" in page
    assert "Hidden" not in page and "Nobody was told" not in page
    assert "Document of the review" not in page
    assert "By whom" in page and "Sha256" not in page


@pytest.mark.parametrize("what", ["document", "fact"])
def test_what_is_sealed_is_signed_for_all_the_same(full, what):
    before = content.of(full)["evidence_sha256"]
    if what == "document":
        full.evidence_items.filter(kind="document").delete()
    else:
        full.explanations.update(facts=["Something else"])
    assert content.of(full)["evidence_sha256"] != before


def test_what_was_taken_away_is_not_signed(full, cast):
    evidence.remove(item=full.evidence_items.get(kind="note"), by=cast.lead)
    every = [each for marker in content.of(full)["markers"] for each in marker["questions"]]
    (kept,) = [each for each in every if each["number"] == "12.4"]
    assert [each["kind"] for each in kept["rests_on"]] == ["web"]


def test_a_signature_from_before_still_agrees(full, cast, monkeypatch):
    first = content.of
    monkeypatch.setattr(content, "of", lambda assessment: first(assessment, None, 1))
    signature = accept(full, cast).signature
    kept = json.loads(signature.content)
    assert "form" not in kept and "evidence_sha256" not in kept
    monkeypatch.undo()
    (now,) = contributions.signed(signature)
    assert digest(canonical(now)) == signature.sha256
