"""Several people at the same moment, each on a connection of their own."""

import pytest

from reviews.case.lifecycle import Stage
from reviews.scoping.terms import rules
from reviews.scoping.terms.models import Comment, Round, Section, Terms
from reviews.scoping.terms.operations import signing, writing
from reviews.signatures.models import Signature
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import gather
from tests.reviews.scoping.terms import drafting
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return gather()


def save(terms, by, text, version):
    return lambda: writing.save_section(
        review=terms.review, key="family", by=by, version=version, changes={"text": text}
    )


def test_of_two_on_one_section_one_is_told_of_the_other(cast, terms):
    version = rules.token({"text": ""})
    results = at_once(
        save(terms, cast.unit, "By the unit", version),
        save(terms, cast.lead, "By the lead", version),
    )
    (conflict,) = [result for result in results if isinstance(result, writing.Conflict)]
    assert conflict.theirs == {"text": Section.objects.get(key="family").text}


def test_an_edition_is_begun_once(cast):
    review = builders.review_at(Stage.COMMISSIONING, cast)
    results = at_once(*[lambda: writing.begin(review=review, by=cast.unit)] * 3)
    assert not any(isinstance(result, Exception) for result in results)
    assert Terms.objects.count() == 1


def test_a_round_is_opened_and_a_comment_made_once(cast, terms):
    results = at_once(*[lambda: drafting.sent_out(cast, terms.review)] * 2)
    assert sum(isinstance(result, Refused) for result in results) == 1
    found = Round.objects.get()
    at_once(*[lambda: drafting.said(found, cast.member, token="one")] * 3)
    assert Comment.objects.count() == 1


def test_nothing_slips_in_under_the_signature(cast, terms):
    signing.put_to_chair(terms=terms, by=cast.unit)
    terms.refresh_from_db()
    at_once(
        lambda: signing.sign_terms(
            terms=terms, version=terms.version, by=cast.chair, method="password"
        ),
        lambda: signing.take_back(terms=terms, by=cast.unit),
    )
    signed = Signature.objects.filter(target_type="reviews.terms").count()
    assert (Terms.objects.get().state, signed) in {("signed", 1), ("draft", 0)}
