"""What the family asks and is asked, and what became of what it asked of the terms."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.models import FamilyQuestion, Influence
from families.involvement.operations import focus
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused

TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
WEIGHED = {"outcome": "partly", "why": "Half of it lies before the period.", "settled_on": TODAY}


def asked(review, people, by, direction="theirs", token="one", on=TODAY):
    return focus.ask(
        review=review,
        people=people,
        direction=direction,
        text="Why did nobody come?",
        asked_on=on,
        token=token,
        by=by,
    )


def wished(family, by, token="one"):
    return focus.ask_of_the_terms(
        person=family.mother, text="Look at the nursery.", asked_on=TODAY, token=token, by=by
    )


def test_one_question_for_each_person_and_click(review, family, cast):
    people = [family.mother, family.grandmother]
    assert asked(review, people, cast.liaison) == asked(review, people, cast.liaison)
    assert FamilyQuestion.objects.count() == 2
    assert "nobody came" not in str(AuditEvent.objects.values_list("changes", "target_label"))
    with pytest.raises(Refused, match="Choose whose"):
        asked(review, [], cast.liaison, token="2")
    with pytest.raises(Refused, match="future"):
        asked(review, people, cast.liaison, token="3", on=TOMORROW)


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer"])
def test_who_does_not_keep_the_family_writes_nothing(review, family, cast, who):
    by, wish = cast.people[who], wished(family, cast.liaison)
    [question] = asked(review, [family.mother], cast.liaison)
    for act, given in (
        (asked, {"review": review, "people": [family.mother]}),
        (wished, {"family": family}),
        (focus.change_question, {"question": question, "version": 1, "text": "", "asked_on": None}),
        (focus.answer, {"question": question, "version": 1, "answer": "", "answered_on": TODAY}),
        (focus.change_influence, {"influence": wish, "version": 1, "text": "", "asked_on": TODAY}),
        (focus.weigh, {"influence": wish, "version": 1} | WEIGHED),
        (focus.told, {"influence": wish, "version": 1, "told_on": TODAY}),
    ):
        with pytest.raises(PermissionDenied):
            act(**given, by=by)


def test_a_question_of_theirs_gets_its_answer_and_one_of_ours_does_not(review, family, cast):
    [theirs] = asked(review, [family.mother], cast.liaison)
    [ours] = asked(review, [family.mother], cast.liaison, "ours", "2", on=None)
    given = {"version": 1, "answer": "We do not know yet.", "by": cast.lead}
    with pytest.raises(Refused, match="before what it answers"):
        focus.answer(question=theirs, answered_on=YESTERDAY, **given)
    assert focus.answer(question=theirs, answered_on=TODAY, **given).version == 2
    with pytest.raises(Stale):
        focus.answer(question=theirs, answered_on=TODAY, **given | {"answer": "Another"})
    with pytest.raises(Refused, match="kept with what they said"):
        focus.answer(question=ours, answered_on=TODAY, **given)


def test_a_wish_is_weighed_with_a_reason_and_told_back(review, family, cast):
    wish = wished(family, cast.liaison)
    assert wish == wished(family, cast.liaison)
    once = {"influence": wish, "by": cast.lead}
    with pytest.raises(Refused, match="First say"):
        focus.told(version=1, told_on=TODAY, **once)
    for wrong, words in (
        ({"outcome": "open"}, "Say what became"),
        ({"why": " "}, "Say why"),
        ({"settled_on": YESTERDAY}, "before what it answers"),
        ({"settled_on": TOMORROW}, "future"),
    ):
        with pytest.raises(Refused, match=words):
            focus.weigh(version=1, **once, **WEIGHED | wrong)
    focus.change_influence(version=1, text="Look at both.", asked_on=TODAY, **once)
    with pytest.raises(Stale):
        focus.weigh(version=1, **once, **WEIGHED)
    focus.weigh(version=2, **once, **WEIGHED)
    with pytest.raises(Refused, match="write down what they ask now as new"):
        focus.change_influence(version=3, text="Another", asked_on=TODAY, **once)
    told = focus.told(version=3, told_on=TODAY, **once)
    assert told.told_on == TODAY and told.outcome == "partly"


def test_what_is_not_weighed_shows_where_the_terms_are_put_to_the_chair(review, family, cast):
    wish = wished(family, cast.liaison)
    [remark] = collect("terms_remarks", review, cast.lead)
    assert "Mother asked something of the terms" in str(remark) and "nursery" not in str(remark)
    assert not collect("terms_remarks", review, cast.panel)
    focus.weigh(influence=wish, version=1, by=cast.lead, **WEIGHED)
    assert not collect("terms_remarks", review, cast.lead)


def test_the_pages_keep_questions_and_wishes(review, family, cast, sign_in):
    client, today = sign_in(cast.liaison), TODAY.isoformat()

    def page(name, *more):
        return reverse(f"families:{name}", args=[review.pk, *more])

    def sends(name, *more, status=302, **typed):
        answer = client.post(page(name, *more), typed)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    assert "Ask them, before the terms" in client.get(page("questions")).content.decode()
    mother, both = family.mother.pk, [family.mother.pk, family.father.pk]
    for direction in ("theirs", "ours"):
        assert client.get(page("question_new", direction)).status_code == 200
    assert client.get(page("question_new", "nobodys")).status_code == 404
    assert "Choose at least one person" in sends("question_new", "theirs", status=200, token="1")
    sends("question_new", "theirs", people=[mother], text="Why?", asked_on=today, token="1")
    sends("question_new", "ours", people=both, text="Who helped?", token="2")
    theirs = FamilyQuestion.objects.get(direction="theirs")
    ours = FamilyQuestion.objects.filter(direction="ours").first()
    sends("question_edit", ours.pk, text="Who helped you?", asked_on=today, version=1)
    assert client.get(page("question_answer", ours.pk)).status_code == 404
    sends("question_answer", theirs.pk, answer="Nobody knows.", answered_on=today, version=1)
    new = {"person": mother, "text": "The nursery", "asked_on": today, "token": "3"}
    sends("influence_new", **new)
    wish = Influence.objects.get()
    sends("influence_edit", wish.pk, text="The nursery, too", asked_on=today, version=1)
    assert "told once it was weighed" in sends(
        "influence_weigh",
        wish.pk,
        status=200,
        version=2,
        outcome="changed",
        why="Yes",
        settled_on=today,
        told_on=YESTERDAY.isoformat(),
    )
    weighed = {"outcome": "changed", "why": "It matters.", "settled_on": today}
    sends("influence_weigh", wish.pk, version=2, **weighed)
    lost = sends("influence_weigh", wish.pk, version=2, status=409, **weighed | {"why": "Mine"})
    assert "It matters." in lost
    sends("influence_told", wish.pk, version=3, told_on=today)
    shown = sign_in(cast.chair).get(page("questions")).content.decode()
    for words in ("Who helped you?", "Nobody knows.", "The nursery, too", "They were told on"):
        assert words in shown
    assert page("influence_weigh", wish.pk) not in shown


def test_the_page_costs_the_same_for_one_question_and_for_forty(review, family, cast, sign_in):
    client, counts = sign_in(cast.liaison), []
    for many in (1, 9, 30):
        for number in range(many):
            asked(review, [family.mother], cast.liaison, token=f"{many}-{number}")
            wished(family, cast.liaison, token=f"{many}-{number}")
        client.get(reverse("families:questions", args=[review.pk]))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("families:questions", args=[review.pk]))
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_what_was_said_before_it_was_weighed_anew_stays(client, review, family, cast):
    wish = wished(family, cast.liaison)
    once = {"influence": wish, "by": cast.lead}
    focus.weigh(version=1, told_on=TODAY, **once, **WEIGHED)
    anew = focus.weigh(version=2, **once, **WEIGHED | {"outcome": "changed", "why": "It matters."})
    assert anew.told_on is None and anew.why == "It matters."
    earlier = anew.earlier.get()
    assert (earlier.outcome, earlier.why) == ("partly", WEIGHED["why"])
    assert (earlier.settled_on, earlier.told_on) == (TODAY, TODAY)
    focus.told(version=3, told_on=TODAY, **once)
    same = WEIGHED | {"outcome": "changed", "why": "It matters."}
    assert focus.weigh(version=4, **once, **same).told_on == TODAY
    assert anew.earlier.count() == 1
    client.force_login(cast.liaison)
    page = client.get(reverse("families:questions", args=[review.pk])).content.decode()
    assert "Before: Changed in part" in page and WEIGHED["why"] in page
