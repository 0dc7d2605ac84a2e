from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from reviews.decisions.briefings.contributions import evidence as own_evidence
from reviews.decisions.briefings.contributions import rooms, worklist
from reviews.decisions.briefings.operations import reading, writing
from tests import builders
from tests.reviews.decisions.briefings.telling import WORDS, issued


def texts(user):
    return [str(need.text) for need in worklist(user)]


def test_each_is_told_what_waits_for_them(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    assert texts(cast.unit) == ["Draft a briefing to members on the decision"]
    draft = writing.draft(review=review, version=0, by=cast.unit, **WORDS)
    assert texts(cast.unit) == ["Finish the briefing to members"]
    assert texts(cast.chair) == []
    writing.put_to_chair(briefing=draft, by=cast.unit)
    assert texts(cast.unit) == []
    assert texts(cast.chair) == ["Issue the briefing to members"]
    draft.refresh_from_db()
    made = writing.issue(briefing=draft, version=draft.version, by=cast.chair)
    assert texts(cast.chair) == []
    [need] = worklist(cast.member)
    assert (str(need.text), need.due) == ("Read the briefing", WORDS["read_by"])
    reading.acknowledge(briefing=made, by=cast.member)
    assert texts(cast.member) == []


def test_evidence_says_what_there_is_and_what_there_is_not(cast):
    review = builders.review_at(Stage.DECIDED, cast)
    said = [(each.question, str(each.text)) for each in evidence(review, cast.unit, 3)]
    assert said == [
        ("3.1", "No record that members have been told of the decision"),
        ("3.2", "No record that members have been told of the decision"),
    ]
    briefing = issued(cast, review)
    reading.acknowledge(briefing=briefing, by=cast.member)
    first, second = evidence(review, cast.unit, 3)
    assert "to 1 member; read by 1" in str(first.text)
    assert "gives the chair's reasons word for word" in str(second.text)
    assert not own_evidence(review, cast.unit, 4)


def test_who_reads_no_decision_is_told_nothing(cast):
    briefing = issued(cast)
    cast.on(briefing.review)
    for who in ("observer", "member", "agency"):
        assert not evidence(briefing.review, cast.people[who], 3)
        assert not rooms(briefing.review, cast.people[who])
