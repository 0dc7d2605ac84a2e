import json

import pytest
from django.core.exceptions import PermissionDenied

from reviews.scoping.terms import contributions, queries
from reviews.scoping.terms.models import Terms, TermsVersion
from reviews.scoping.terms.operations import rounds, signing, writing
from reviews.signatures.models import Signature
from reviews.signatures.operations import canonical, digest
from scr_portal.accounts.models import Agency, User
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests.reviews.scoping.terms import drafting


def reasons(terms, user):
    return [str(reason) for reason in signing.missing(terms, user)]


def test_what_is_missing_is_said_with_links(cast, review):
    terms = drafting.begun(cast, review)
    assert reasons(terms, cast.unit) == ["Nothing is written yet."]
    drafting.write(terms, "questions", cast.unit, text="How?")
    found = drafting.sent_out(cast, review)
    drafting.said(found, cast.member)
    terms.refresh_from_db()
    said = signing.missing(terms, cast.unit)
    assert [str(reason) for reason in said] == [
        "A round of comments is open.",
        "Nobody has said what became of the comment by Board member Invented on “Questions for "
        "the review”.",
    ]
    assert all(reason.url for reason in said)
    with pytest.raises(Refused):
        signing.put_to_chair(terms=terms, by=cast.unit)


def test_the_check_stands_in_nobodys_way(cast, terms):
    assert queries.findings(terms, cast.unit)
    signing.put_to_chair(terms=terms, by=cast.unit)
    assert Notification.objects.get(kind="terms_to_sign").user == cast.chair
    assert TermsVersion.objects.get().why == "chair"


def test_the_second_click_puts_nothing_twice(cast, terms):
    signing.put_to_chair(terms=terms, by=cast.unit)
    with pytest.raises(Refused, match="no longer a draft"):
        signing.put_to_chair(terms=terms, by=cast.lead)
    assert TermsVersion.objects.count() == 1


def test_it_is_taken_back_or_returned_with_reasons(cast, terms):
    signing.put_to_chair(terms=terms, by=cast.unit)
    signing.take_back(terms=terms, by=cast.lead)
    with pytest.raises(Refused):
        signing.take_back(terms=terms, by=cast.lead)
    signing.put_to_chair(terms=terms, by=cast.unit)
    with pytest.raises(PermissionDenied):
        signing.give_back(terms=terms, by=cast.unit, reasons="Why not")
    with pytest.raises(Refused):
        signing.give_back(terms=terms, by=cast.chair, reasons=" ")
    signing.give_back(terms=terms, by=cast.chair, reasons="The family is missing.")
    terms.refresh_from_db()
    assert (terms.state, terms.return_reasons) == ("draft", "The family is missing.")
    assert Notification.objects.get(kind="terms_returned").user == cast.unit
    signing.put_to_chair(terms=terms, by=cast.unit)
    terms.refresh_from_db()
    assert terms.return_reasons == ""


def test_the_chair_signs_every_word(cast, review):
    terms = drafting.begun(cast, review, **drafting.FULL)
    writing.choose_agency(review=review, agency=cast.agency, by=cast.unit, takes_part=True)
    drafting.write(terms, "period", cast.unit, period_from="2025-01-01", period_to="2026-01-12")
    signed = drafting.signed(cast, review)
    signature = Signature.objects.get(pk=signed.signature_id)
    said = json.loads(signature.content)
    assert said["sections"] == drafting.FULL
    assert said["period_from"] == "2025-01-01"
    assert said["agencies"][0]["agency"] == "Northmere Health Trust"
    assert TermsVersion.objects.get().content == said
    told = Notification.objects.filter(kind="terms_signed").values_list("user__name", flat=True)
    assert "Panel member Invented" in told and "Board member Invented" not in told


def test_the_signed_record_agrees_whoever_is_renamed_since(cast, review, terms):
    writing.choose_agency(review=review, agency=cast.agency, by=cast.unit, takes_part=True)
    signed = drafting.signed(cast, review)
    User.objects.filter(pk=cast.unit.pk).update(name="Una Married")
    Agency.objects.update(name="Another name")
    signature = Signature.objects.get(pk=signed.signature_id)
    [today] = contributions.signed(signature)
    assert digest(canonical(today)) == signature.sha256


def test_a_signature_is_refused(cast, terms):
    def sign(by, version):
        signing.sign_terms(terms=terms, version=version, by=by, method="password")

    signing.put_to_chair(terms=terms, by=cast.unit)
    terms.refresh_from_db()
    with pytest.raises(PermissionDenied):
        sign(cast.lead, terms.version)
    with pytest.raises(Refused, match="has changed"):
        sign(cast.chair, terms.version - 1)
    terms.writers.add(cast.chair)
    with pytest.raises(Refused, match="somebody else"):
        sign(cast.chair, terms.version)
    terms.writers.remove(cast.chair)
    sign(cast.chair, terms.version)
    with pytest.raises(Refused, match="has changed"):
        sign(cast.chair, terms.version)
    assert Signature.objects.filter(target_type="reviews.terms").count() == 1


def test_two_rounds_and_a_signature(cast, review, terms):
    for number in (1, 2):
        found = drafting.sent_out(cast, review, [cast.member, cast.panel])
        one = drafting.said(found, cast.member, text=f"Round {number}")
        rounds.close(found=found, by=cast.unit)
        drafting.settled(one, cast.unit)
    drafting.signed(cast, review)
    assert Terms.objects.get().state == "signed"
    assert [str(row) for row in queries.versions_of(review)] == ["1.3", "1.2", "1.1"]
