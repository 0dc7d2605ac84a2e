import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.case.evidence import evidence
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.operations.lifecycle import blockers
from reviews.scoping.terms import contributions, queries
from reviews.scoping.terms.operations import rounds, signing
from scr_portal.core.contributions import collect
from tests import builders
from tests.reviews.scoping.terms import drafting


def said(review, user, marker=6):
    url = f"/reviews/{review.pk}/terms"
    return {
        (one.question, str(one.text))
        for one in contributions.evidence(review, user, marker)
        if one.url.startswith(url)
    }


def test_nothing_on_the_record_is_said_too(cast, review):
    assert {question for question, _text in said(review, cast.unit)} == {"6.1", "6.2", "6.3", "6.4"}
    assert all("No record" in text for _question, text in said(review, cast.unit))
    assert said(review, cast.unit, 7) == {("7.1", "No record of signed terms of reference")}
    assert said(review, cast.unit, 5) == set()


@pytest.mark.parametrize("who", ["member", "agency", "observer", "outsider"])
def test_who_may_not_read_the_scope_gets_none(cast, review, who):
    person = cast.people[who]
    assert contributions.evidence(review, person, 6) == []
    assert contributions.rooms(review, person) == contributions.steps(review, person) == []


def test_the_record_speaks_to_each_question(cast, review):
    terms = drafting.begun(cast, review, **drafting.FULL)
    drafting.write(terms, "family", cast.lead, text="As the lead would have it.")
    found = drafting.sent_out(cast, review, [cast.member, cast.lead])
    for who in (cast.member, cast.lead):
        drafting.settled(drafting.said(found, who), cast.unit)
    rounds.close(found=found, by=cast.unit)
    drafting.signed(cast, review)
    texts = said(review, cast.auditor)
    assert (
        "6.1",
        "Round 1 of comments on version 1.1: 2 people asked, 0 answered, 2 comments, 2 of them "
        "dealt with",
    ) in texts
    assert ("6.2", "A lead reviewer wrote in edition 1 of the terms of reference") in texts
    assert ("6.2", "Lead reviewers made 1 comment on the terms of reference") in texts
    assert (
        "6.3",
        "10 of the 10 factors of the case and its context are weighed in words",
    ) in texts
    assert ("6.4", "The terms of reference give reasons for the scale of the review") in texts
    [signed] = contributions.evidence(review, cast.unit, 7)
    assert "edition 1, signed by Board chair Invented" in str(signed.text)
    assert any(one.question == "6.4" for one in evidence(review, cast.unit, 6))


def test_a_text_in_work_is_no_evidence_for_who_may_not_read_it(cast, review):
    drafting.begun(cast, review, **drafting.FULL)
    assert ("6.3", "No record that the factors of the case and its context were weighed") in said(
        review, cast.panel
    )


def needs(user):
    return [str(one.text) for one in contributions.worklist(user)]


def test_what_waits_for_whom(cast, review, terms):
    found = drafting.sent_out(cast, review)
    [asked] = [one for one in collect("worklist", cast.member) if "terms of reference" in one.text]
    assert asked.due == found.closes_on and "/terms/asked/" in asked.url
    one = drafting.said(found, cast.member)
    drafting.said(found, cast.member, text="Another")
    for who in (cast.unit, cast.lead):
        assert needs(who) == ["Say what became of 2 comments on the terms of reference"]
    assert needs(cast.chair) == needs(cast.panel) == []
    for comment in queries.open_comments(cast.unit, review):
        drafting.settled(comment, cast.unit)
    assert needs(cast.unit) == [] and one.pk
    rounds.close(found=found, by=cast.unit)
    signing.put_to_chair(terms=terms, by=cast.unit)
    assert needs(cast.chair) == ["Read and sign the terms of reference"]
    signing.give_back(terms=terms, by=cast.chair, reasons="Shorter")
    assert needs(cast.unit) == ["Change the terms of reference, which the chair returned"]
    assert needs(cast.chair) == []


def cost(act):
    act()  # asks once what this person may do, and remembers
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def test_what_waits_costs_the_same_in_however_many_reviews(cast, review):
    costs = []
    for more in (1, 4):
        for _number in range(more):
            one = builders.a_review(cast)
            drafting.begun(cast, one, questions="How?")
            drafting.said(drafting.sent_out(cast, one, [cast.chair]), cast.chair)
        costs.append(cost(lambda: contributions.worklist(cast.unit)))
    assert len(set(costs)) == 1
    assert len(needs(cast.unit)) == 5


def test_evidence_costs_the_same_however_many_rounds(cast, review, terms):
    costs = []
    for _more in range(2):
        for _number in range(2):
            rounds.close(found=drafting.sent_out(cast, review), by=cast.unit)
        costs.append(cost(lambda: contributions.evidence(review, cast.unit, 6)))
    assert len(set(costs)) == 1


def test_the_step_says_how_far_it_is(cast, review):
    def step(user):
        [one] = contributions.steps(review, user)
        return one.how, str(one.hint)

    assert step(cast.unit) == ("to_do", "No signed terms of reference")
    drafting.begun(cast, review, questions="How?")
    assert step(cast.unit) == ("begun", "Edition 1: draft")
    assert step(cast.panel) == ("to_do", "No signed terms of reference")
    drafting.signed(cast, review)
    assert step(cast.panel) == ("done", "Edition 1 is signed")


def test_terms_block_no_move(cast, review):
    move = LIFECYCLE.find(review.stage, Stage.UNDER_WAY)
    assert not any("terms" in str(one) for one in blockers(review=review, move=move, by=cast.unit))
    [remark] = contributions.remarks(move, review, cast.unit)
    assert "signed no terms of reference" in str(remark)
    drafting.signed(cast, review)
    assert contributions.remarks(move, review, cast.unit) == []
