from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.operations.record import Stale
from reviews.decisions.advice.contributions import evidence
from reviews.decisions.advice.models import Dissent, Meeting, PeerChallenge, Recommendation
from reviews.decisions.advice.operations import challenge, panel
from reviews.permissions import Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders

SAID = {"present": "Health, Police", "absent": "School", "considered": "The returns"}


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.CONSIDERING, cast)


def meet(review, cast, **given):
    return panel.record_meeting(
        **{"review": review, "by": cast.unit, "held_on": clock.today()} | SAID | given
    )


def recommend(review, cast, **given):
    return panel.recommend(
        **{
            "review": review,
            "by": cast.unit,
            "token": "one",
            "outcome": "review",
            "nature": "Small",
            "rationale": "The criteria are met.",
        }
        | given
    )


def test_a_meeting_is_recorded_once_and_changed_with_its_version(review, cast):
    meeting = meet(review, cast)
    assert meet(review, cast) == meeting
    changed = SAID | {"absent": ""}
    panel.change_meeting(
        meeting=meeting, version=1, by=cast.unit, held_on=meeting.held_on, **changed
    )
    with pytest.raises(Stale):
        panel.change_meeting(
            meeting=meeting, version=1, by=cast.unit, held_on=meeting.held_on, **changed
        )
    event = AuditEvent.objects.get(kind="meeting_changed")
    assert event.changes["fields"] == "who was not"
    assert Meeting.objects.get().version == 2


def test_a_meeting_lies_between_the_incident_and_today(review, cast):
    for day in (clock.today() + timedelta(days=1), review.incident_on - timedelta(days=1)):
        with pytest.raises(Refused):
            meet(review, cast, held_on=day)


def test_the_panel_recommends_and_who_decides_is_told(review, cast):
    cast.on(review, Role.PANEL)
    meeting = meet(review, cast, by=cast.panel)
    dissents = [("School", "Other learning is enough.")]
    made = recommend(review, cast, by=cast.panel, meeting=meeting, dissents=dissents)
    assert (made.number, made.meeting) == (1, meeting)
    assert Dissent.objects.get().who == "School"
    told = Notification.objects.filter(kind="recommended").values_list("user", flat=True)
    assert set(told) == {cast.unit.pk, cast.chair.pk}


def test_a_second_click_makes_one_and_a_correction_is_the_next_number(review, cast):
    first = recommend(review, cast)
    assert recommend(review, cast) == first
    second = recommend(review, cast, token="two", outcome="other_learning")
    assert second.number == 2
    assert Recommendation.objects.count() == 2


def test_a_recommendation_needs_leave_and_its_stage(review, cast):
    for person in (cast.chair, cast.member, cast.auditor):
        with pytest.raises(PermissionDenied):
            recommend(review, cast, by=person)
    builders.decide(review, cast)
    with pytest.raises(Refused, match="considers"):
        recommend(review, cast)


PEER = {
    "sought": True,
    "peer": "Dr Okafor",
    "peer_board": "Southmere LSCB",
    "asked": "Is it too small?",
    "said": "No.",
    "became": "It stays.",
    "not_sought_reason": "",
}


def test_a_challenge_is_had_or_explained(review, cast):
    with pytest.raises(Refused, match="Say why"):
        challenge.record_challenge(review=review, by=cast.unit, sought=False, not_sought_reason=" ")
    with pytest.raises(Refused, match="who was asked"):
        challenge.record_challenge(review=review, by=cast.unit, held_on=None, **PEER)
    made = challenge.record_challenge(review=review, by=cast.chair, held_on=clock.today(), **PEER)
    same = challenge.record_challenge(review=review, by=cast.chair, held_on=clock.today(), **PEER)
    assert made == same
    changed = challenge.change_challenge(
        challenge=made, version=1, by=cast.unit, held_on=clock.today(), **PEER | {"said": "Yes."}
    )
    assert changed.said == "Yes."
    with pytest.raises(Stale):
        challenge.change_challenge(
            challenge=made, version=1, by=cast.unit, held_on=clock.today(), **PEER
        )


@pytest.mark.parametrize("who", ["auditor", "member", "outsider"])
def test_who_neither_edits_nor_signs_records_no_challenge(review, cast, who):
    with pytest.raises(PermissionDenied):
        challenge.record_challenge(
            review=review, by=cast.people[who], sought=False, not_sought_reason="Plain"
        )
    assert not PeerChallenge.objects.exists()


# --- pages ----------------------------------------------------------------------------------------


def test_a_meeting_by_the_page_and_a_lost_race_shows_both(review, cast, sign_in):
    unit = sign_in(cast.unit)
    fields = SAID | {"held_on": clock.today().isoformat(), "version": 0}
    assert unit.post(reverse("reviews:meeting_new", args=[review.pk]), fields).status_code == 302
    meeting = Meeting.objects.get()
    url = reverse("reviews:meeting_edit", args=[review.pk, meeting.pk])
    theirs = fields | {"version": 1, "considered": "Their words"}
    assert unit.post(url, theirs).status_code == 302
    mine = unit.post(url, fields | {"version": 1, "considered": "My words"})
    page = mine.content.decode()
    assert "Their words" in page and "My words" in page and 'value="2"' in page
    assert Meeting.objects.get().considered == "Their words"
    assert unit.post(url, fields | {"version": 2, "considered": "My words"}).status_code == 302


def test_a_recommendation_with_two_dissents_by_the_page(review, cast, sign_in):
    unit = sign_in(cast.unit)
    url = reverse("reviews:recommend", args=[review.pk])
    fields = {"outcome": "review", "rationale": "Met.", "token": "t", "who_1": "School"}
    page = unit.post(url, fields | {"more": "1"}).content.decode()
    assert 'name="who_2"' in page and 'value="School"' in page
    assert not Recommendation.objects.exists()
    assert unit.post(url, fields).status_code == 200
    both = {"dissent_1": "Too wide.", "who_2": "Police", "dissent_2": "Too early."}
    assert unit.post(url, fields | both).status_code == 302
    assert unit.post(url, fields | both).status_code == 302
    assert [row.who for row in Dissent.objects.all()] == ["School", "Police"]
    page = unit.get(reverse("reviews:advice", args=[review.pk])).content.decode()
    assert "Too early." in page and "Recommendation 1" in page
    again = unit.get(url).content.decode()
    assert "Too wide." in again and "becomes the next number" in again


def test_a_challenge_by_the_page(review, cast, sign_in):
    chair = sign_in(cast.chair)
    url = reverse("reviews:challenge_new", args=[review.pk])
    assert chair.post(url, {"sought": "no", "version": 0}).status_code == 200
    assert chair.post(url, {"sought": "yes", "version": 0}).status_code == 200
    said = {"sought": "no", "not_sought_reason": "It is plain.", "version": 0}
    assert chair.post(url, said).status_code == 302
    found = PeerChallenge.objects.get()
    url = reverse("reviews:challenge_edit", args=[review.pk, found.pk])
    assert "It is plain." in chair.get(url).content.decode()
    assert chair.post(url, said | {"version": 1, "not_sought_reason": "New"}).status_code == 302
    stale = chair.post(url, said | {"version": 1}).content.decode()
    assert "New" in stale and "It is plain." in stale


def test_what_the_record_says_to_the_questions_of_marker_2(review, cast):
    gaps = [each.question for each in evidence(review, cast.unit, 2)]
    assert gaps == ["2.4", "2.6", "2.9"]
    meet(review, cast)
    recommend(review, cast, dissents=[("School", "No.")])
    challenge.record_challenge(review=review, by=cast.unit, sought=False, not_sought_reason="Plain")
    said = [(each.question, str(each.text)) for each in evidence(review, cast.auditor, 2)]
    assert [question for question, _text in said] == ["2.4", "2.4", "2.6"]
    assert "1 dissent" in said[1][1]
    assert evidence(review, cast.member, 2) == []
    assert evidence(review, cast.unit, 3) == []


def test_who_may_recommend_is_told_on_the_first_page(review, cast, sign_in):
    words = "Record what is recommended to the chair"
    assert words in sign_in(cast.unit).get(reverse("home")).content.decode()
    recommend(review, cast)
    assert words not in sign_in(cast.unit).get(reverse("home")).content.decode()
