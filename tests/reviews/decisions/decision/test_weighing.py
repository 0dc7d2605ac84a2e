"""Factors, the recommendation departed from, and a version that begins as a copy of the last."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.operations.lifecycle import advance
from reviews.decisions.advice.operations import challenge, panel
from reviews.decisions.decision import contributions, operations
from reviews.decisions.decision.models import Decision, Factor, FactorNote
from scr_portal.accounts.models import User
from scr_portal.core.reasons import Refused
from tests import builders

BARE = {name: value for name, value in builders.DECISION.items() if name != "factors"}


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.CONSIDERING, cast)


def draft(review, cast, version=0, **fields):
    return operations.draft(
        review=review, version=version, by=cast.unit, **builders.DECISION | fields
    )


def recommend(review, cast, outcome, token="one"):
    return panel.recommend(
        review=review, by=cast.unit, token=token, outcome=outcome, nature="", rationale="Because."
    )


def test_every_factor_is_weighed_with_a_note_before_the_chair_is_asked(review, cast):
    made = operations.draft(review=review, version=0, by=cast.unit, **BARE)
    with pytest.raises(Refused, match="What could usefully be learned"):
        operations.put_to_chair(decision=made, by=cast.unit)
    rest = dict.fromkeys(Factor.values[1:], ("neither", "Weighed"))
    made = operations.draft(
        review=review,
        version=1,
        by=cast.unit,
        factors=rest | {"learning": ("towards", "")},
    )
    with pytest.raises(Refused, match="Not weighed yet: What could usefully be learned"):
        operations.put_to_chair(decision=made, by=cast.unit)
    made = operations.draft(
        review=review, version=2, by=cast.unit, factors={"learning": ("towards", "Much")}
    )
    operations.put_to_chair(decision=made, by=cast.unit)
    assert FactorNote.objects.count() == 8


def test_a_factor_is_taken_back_by_an_empty_bearing(review, cast):
    made = draft(review, cast)
    operations.draft(review=review, version=1, by=cast.unit, factors={"trust": ("", "")})
    assert "trust" not in [row.factor for row in made.weighed]


def test_factors_are_signed_and_stand(review, cast):
    signed = builders.decide(review, cast)
    assert "Weighed by the panel." in signed.signature.content
    [now] = contributions.signed(signed.signature)
    assert len(now["factors"]) == 8
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_factornote SET note = 'other'")


def test_a_factor_is_not_moved_out_of_a_signed_decision(review, cast):
    signed = builders.decide(review, cast)
    advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="New facts")
    following = operations.draft(review=review, version=0, by=cast.unit, rationale="Anew")
    following.factors.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_factornote SET decision_id = %s WHERE decision_id = %s",
            [following.pk, signed.pk],
        )


def test_what_was_signed_before_there_were_factors_still_agrees(review, cast, sign_in):
    signed = builders.decide(review, cast)
    page = sign_in(cast.unit).get(
        reverse("reviews:signature", args=[review.pk, signed.signature_id])
    )
    assert page.context["record_agrees"] and page.context["hash_agrees"]
    assert "What could usefully be learned" in page.content.decode()


def test_a_decision_against_the_recommendation_says_why(review, cast):
    recommend(review, cast, "other_learning")
    made = draft(review, cast)
    with pytest.raises(Refused, match="departs from what was recommended"):
        operations.put_to_chair(decision=made, by=cast.unit)
    made = draft(review, cast, version=1, departs_reason="The criteria are met.")
    operations.put_to_chair(decision=made, by=cast.unit)
    made.refresh_from_db()
    assert made.recommendation.number == 1


def test_a_recommendation_made_meanwhile_stands_in_the_way_of_the_signature(review, cast):
    made = draft(review, cast)
    operations.put_to_chair(decision=made, by=cast.unit)
    made.refresh_from_db()
    recommend(review, cast, "review")
    with pytest.raises(Refused, match="after this was put to you"):
        operations.sign_decision(
            decision=made, version=made.version, by=cast.chair, method="password"
        )


def test_the_next_version_begins_as_a_copy_factors_too(review, cast, sign_in):
    builders.decide(review, cast)
    review = advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="An inquest")
    unit = sign_in(cast.unit)
    page = unit.get(reverse("reviews:decision_edit", args=[review.pk])).content.decode()
    assert builders.DECISION["rationale"] in page
    factors = unit.get(reverse("reviews:decision_factors", args=[review.pk])).content.decode()
    assert factors.count("Weighed by the panel.") == 8
    made = operations.draft(review=review, version=0, by=cast.unit, changed="An inquest.")
    assert made.nature == builders.DECISION["nature"]
    assert len(made.weighed) == 8


# --- pages ----------------------------------------------------------------------------------------


def posted(**fields):
    return (
        {f"bearing_{key}": "neither" for key in Factor.values}
        | {f"note_{key}": f"Note on {key}" for key in Factor.values}
        | {"version": 0}
        | fields
    )


def test_the_factors_have_a_page_and_a_lost_race_loses_neither(review, cast, sign_in):
    unit = sign_in(cast.unit)
    url = reverse("reviews:decision_factors", args=[review.pk])
    assert unit.post(url, posted(bearing_trust="")).status_code == 200
    assert unit.post(url, posted()).status_code == 302
    assert Decision.objects.get().factors.count() == 8
    page = unit.post(url, posted(note_trust="Mine")).content.decode()
    assert "Mine" in page and "Note on trust" in page
    assert 'name="version" value="1"' in page
    assert unit.post(url, posted(note_trust="Mine", version=1)).status_code == 302
    assert FactorNote.objects.get(factor="trust").note == "Mine"


def test_the_page_says_what_a_reader_will_ask_after(review, cast, sign_in):
    draft(review, cast)
    url = reverse("reviews:decision", args=[review.pk])
    chair = sign_in(cast.chair)
    assert "whether a peer challenged" in chair.get(url).content.decode()
    challenge.record_challenge(review=review, by=cast.unit, sought=False, not_sought_reason="Plain")
    assert "whether a peer challenged" not in chair.get(url).content.decode()


def test_the_recommendation_stands_beside_the_draft(review, cast, sign_in):
    unit = sign_in(cast.unit)
    url = reverse("reviews:decision_edit", args=[review.pk])
    assert "departs from" not in unit.get(url).content.decode()
    recommend(review, cast, "no_action")
    page = unit.get(url).content.decode()
    assert "No further action" in page and "departs from the recommendation" in page


def test_versions_are_compared_field_by_field(review, cast, sign_in):
    builders.decide(review, cast)
    review = advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="An inquest")
    operations.draft(
        review=review,
        version=0,
        by=cast.unit,
        rationale="Abuse is known and agencies did not share what they knew.",
        changed="The trial.",
        factors={"trust": ("towards", "The press asked.")},
    )
    url = reverse("reviews:decision_compare", args=[review.pk, 1, 2])
    page = sign_in(cast.unit).get(url).content.decode()
    assert "suspected </del>" in page and "known </ins>" in page
    assert "The press asked." in page
    assert "The same in both:" in page and "Outcome" in page
    # A draft is for those who write or sign.
    assert sign_in(cast.auditor).get(url).status_code == 404
    assert (
        "against version"
        not in sign_in(cast.auditor)
        .get(reverse("reviews:decision", args=[review.pk]))
        .content.decode()
    )


def test_evidence_for_the_questions_on_the_decision(review, cast):
    questions = ["2.5", "2.7", "2.8"]
    nothing = contributions.evidence(review, cast.unit, 2)
    assert [each.question for each in nothing] == questions
    draft(review, cast)
    # Of a draft nothing to who neither writes nor signs.
    assert contributions.evidence(review, cast.auditor, 2) == nothing
    said = contributions.evidence(review, cast.unit, 2)
    assert [each.question for each in said] == questions
    assert all("ersion 1" in str(each.text) for each in said)
    assert contributions.evidence(review, User.objects.get(pk=cast.member.pk), 2) == []


def test_many_versions_cost_no_more_queries(review, cast, sign_in, django_assert_max_num_queries):
    unit = sign_in(cast.unit)
    url = reverse("reviews:decision", args=[review.pk])
    costs = []
    for _round in range(3):
        builders.decide(review, cast, changed="New.")
        review = advance(review=review, to=Stage.CONSIDERING, by=cast.chair, reason="More")
        unit.get(url)
        with django_assert_max_num_queries(60) as counted:
            unit.get(url)
        costs.append(len(counted))
    assert len(set(costs)) == 1, costs
