import io

import docx
import pypdf
import pytest
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.decisions.advice.operations import challenge, panel
from reviews.decisions.decision import operations
from reviews.decisions.returns.operations import asking
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from tests import builders
from tests.reviews.decisions.returns.asked import a_return, another


@pytest.fixture
def review(cast):
    review = builders.review_at(Stage.CONSIDERING, cast)
    panel.recommend(
        review=review,
        by=cast.unit,
        token="one",
        outcome="other_learning",
        nature="",
        rationale="A learning event is enough.",
        dissents=[("School", "It wants a review.")],
    )
    challenge.record_challenge(
        review=review,
        by=cast.unit,
        sought=True,
        peer="Dr Okafor",
        peer_board="Southmere LSCB",
        held_on=clock.today(),
        asked="Is it too small?",
        said="No.",
        became="It stays.",
        not_sought_reason="",
    )
    return review


def fetched(client, review, kind, number=1):
    return client.get(reverse("reviews:decision_record", args=[review.pk, number, kind]))


def read(content, kind):
    if kind == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    heads = [each.text for each in document.sections[0].header.paragraphs]
    return " ".join([*heads, *(each.text for each in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_record_of_a_signed_version(review, cast, sign_in, kind):
    signed = builders.decide(review, cast, departs_reason="The criteria are met.")
    answer = fetched(sign_in(cast.auditor), review, kind)
    text = read(answer.content, kind)
    for words in (
        builders.DECISION["rationale"],
        "Weighed by the panel.",
        "A learning event is enough.",
        "It wants a review.",
        "Dr Okafor",
        "The criteria are met.",
        "OFFICIAL-SENSITIVE",
        signed.signature.sha256[:40],
        "Chair Invented" if "Chair Invented" in str(cast.chair) else str(cast.chair),
    ):
        assert words in text, words
    assert "DRAFT" not in text
    assert f"{review.reference}-decision-1-" in answer["Content-Disposition"]
    event = AuditEvent.objects.get(kind="downloaded")
    assert event.actor_id == cast.auditor.pk and len(event.changes["sha256"]) == 64


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_draft_says_that_it_is_one(review, cast, sign_in, kind):
    operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    text = read(fetched(sign_in(cast.unit), review, kind).content, kind)
    assert "Version 1, DRAFT" in text and "Not signed. State: Draft." in text
    assert fetched(sign_in(cast.auditor), review, kind).status_code == 404
    assert fetched(sign_in(cast.chair), review, kind).status_code == 200


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_record_names_who_did_not_return(review, cast, sign_in, kind):
    row = a_return(cast, review)
    asking.give_up_return(asked=row, by=cast.unit, reason="It was dissolved.")
    a_return(cast, review, agency=another(cast))
    operations.draft(review=review, version=0, by=cast.unit, **builders.DECISION)
    text = read(fetched(sign_in(cast.unit), review, kind).content, kind)
    for words in ("Did not return the form", cast.agency.name, "It was dissolved."):
        assert words in text, words
    assert "Northmere Police" in text


def test_what_was_challenged_after_the_signature_is_not_in_its_record(review, cast, sign_in):
    builders.decide(review, cast, departs_reason="The criteria are met.")
    challenge.record_challenge(
        review=review, by=cast.unit, sought=False, not_sought_reason="Later thought"
    )
    text = read(fetched(sign_in(cast.unit), review, "docx").content, "docx")
    assert "Later thought" not in text


def test_no_other_kind_and_no_other_version(review, cast, sign_in):
    builders.decide(review, cast, departs_reason="The criteria are met.")
    unit = sign_in(cast.unit)
    assert fetched(unit, review, "odt").status_code == 404
    assert fetched(unit, review, "pdf", number=2).status_code == 404
    assert not AuditEvent.objects.filter(kind="downloaded").exists()
