import pytest

from quality_markers.assessments import contributions, operations
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.operations import people
from reviews.case.operations.lifecycle import advance
from scr_portal.core.reasons import Refused
from tests.builders import review_at

ROOM = "Self-assessments"


def texts(user):
    return [str(need.text) for need in contributions.worklist(user)]


def test_a_review_does_not_close_over_an_unfinished_pass(cast, catalogue):
    review = review_at(Stage.IMPLEMENTING, cast)
    cast.on(review, "lead")
    assessment = operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    with pytest.raises(Refused, match="Self-assessment 1 has not been accepted") as refused:
        advance(review=review, to=Stage.CLOSED, by=cast.chair)
    assert assessment.get_absolute_url() in {reason.url for reason in refused.value.reasons}
    operations.submit(assessment=assessment, by=cast.lead)
    operations.accept(assessment=assessment, by=cast.chair, method="password")
    closing = LIFECYCLE.find(Stage.IMPLEMENTING, Stage.CLOSED)
    assert closing is not None
    assert contributions.blockers(closing, review, cast.chair) == []


def test_no_other_move_waits_for_a_pass(assessment, review, cast):
    moving = LIFECYCLE.find(Stage.REFERRED, Stage.CONSIDERING)
    assert moving is not None
    assert contributions.blockers(moving, review, cast.unit) == []


def test_the_room_is_there_for_those_who_may_read_in_it(review, cast):
    def labels(who):
        return [str(room["label"]) for room in contributions.rooms(review, cast.people[who])]

    for who in ["unit", "chair", "auditor", "lead", "liaison", "panel"]:
        assert labels(who) == [ROOM], who
    for who in ["member", "agency", "observer", "stranger", "outsider", "administrator"]:
        assert labels(who) == [], who


def test_what_waits_for_whom(assessment, write, cast):
    assert texts(cast.lead) == ["Fill in self-assessment 1"]
    assert texts(cast.liaison) == ["Fill in the family's markers of self-assessment 1"]
    assert texts(cast.unit) == texts(cast.chair) == texts(cast.panel) == []
    operations.submit(assessment=assessment, by=cast.unit)
    assert texts(cast.chair) == ["Accept or return self-assessment 1"]
    assert texts(cast.lead) == texts(cast.liaison) == []
    operations.return_pass(assessment=assessment, reasons="See 12.4", by=cast.chair)
    back = "Self-assessment 1 has come back with reasons"
    assert texts(cast.lead) == texts(cast.unit) == [back]


def test_nothing_waits_for_liaison_once_the_family_s_questions_are_considered(
    assessment, write, cast
):
    for marker in assessment.markers.filter(is_family=True):
        for question in marker.questions.all():
            write(f"{marker.number}.{question.number}", by=cast.liaison, judgement="in_place")
    assert texts(cast.liaison) == []


def test_nothing_waits_for_who_is_recused(assessment, review, cast):
    people.recuse(review=review, user=cast.lead, reason="A relative", by=cast.unit)
    assert texts(cast.lead) == []
