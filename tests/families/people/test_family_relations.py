"""Relations and households, through their operations and pages."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from families.people.models import Household, Living, Relation
from families.people.operations import households, relations
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders


def url(name, review, *args):
    return reverse(f"families:{name}", args=[review.pk, *args])


def page(answer):
    return answer.content.decode()


@pytest.fixture
def tie(review, cast, family):
    def added(kind="birth", one=family.mother, other=None, **said):
        other = other or review.family.get(child__isnull=False)
        return relations.add_relation(
            review=review, kind=kind, one=one, other=other, by=cast.liaison, **said
        )

    return added


def test_a_relation_is_added_and_said_from_both_sides(review, cast, family, sign_in):
    child, client = review.family.get(child__isnull=False), sign_in(cast.liaison)
    asked = url("relation_new", review) + f"?one={family.mother.pk}&from={family.mother.pk}"
    assert f'value="{family.mother.pk}" selected' in page(client.get(asked))
    told = {"one": family.mother.pk, "kind": "birth", "other": child.pk, "words": "at 17"}
    answer = client.post(asked, told)
    assert answer.url == url("person", review, family.mother.pk)
    assert "Birth parent of" in page(client.get(answer.url))
    assert "Child by birth of" in page(client.get(url("person", review, child.pk)))
    event = AuditEvent.objects.get(kind="family_relation_added")
    assert event.target_label == "Mother: Birth parent of Child R"


def test_what_cannot_be_so_is_told_and_the_typing_kept(review, cast, family, sign_in, tie):
    child = review.family.get(child__isnull=False)
    tie()
    client = sign_in(cast.liaison)
    for told, words in [
        ({"one": child.pk, "kind": "sibling", "other": child.pk}, "Choose two different people"),
        ({"one": child.pk, "kind": "birth", "other": family.mother.pk}, "Swap the two people"),
        ({"one": family.mother.pk, "kind": "birth", "other": child.pk}, "on the record already"),
        ({"one": family.father.pk, "kind": "", "other": child.pk}, "Choose how they are related"),
        ({"one": "", "kind": "birth", "other": child.pk}, "Choose two people"),
        (
            {
                "one": family.father.pk,
                "kind": "partner",
                "other": family.mother.pk,
                "ended_on": "2020-01-01",
            },
            "Tick “it is over”",
        ),
        (
            {
                "one": family.father.pk,
                "kind": "birth",
                "other": child.pk,
                "is_past": "on",
            },
            "does not end",
        ),
        (
            {
                "one": family.father.pk,
                "kind": "partner",
                "other": family.mother.pk,
                "started_on": "2199-01-01",
            },
            "today or in the past",
        ),
        (
            {
                "one": family.father.pk,
                "kind": "partner",
                "other": family.mother.pk,
                "is_past": "on",
                "started_on": "2020-01-01",
                "ended_on": "2019-01-01",
            },
            "on or after the first",
        ),
    ]:
        answer = client.post(url("relation_new", review), told | {"words": "as she says"})
        assert answer.status_code == 200, told
        assert words in page(answer), told
        assert 'value="as she says"' in page(answer)
    assert Relation.objects.count() == 1


def test_a_relation_is_changed_ended_and_removed(review, cast, family, sign_in, tie):
    row = tie("partner", other=family.father)
    client = sign_in(cast.liaison)
    told = {"one": family.mother.pk, "other": family.father.pk, "kind": "partner"}
    told |= {"words": "on and off", "started_on": "2015-05-01"}
    assert client.post(url("relation_edit", review, row.pk), told | {"version": 1}).url
    answer = client.post(url("relation_edit", review, row.pk), told | {"version": 1, "words": "x"})
    assert answer.status_code == 409
    assert "on and off" in page(answer)
    told = {"ended_on": "2019-02-01", "version": 2}
    assert client.post(url("relation_end", review, row.pk), told).status_code == 302
    row.refresh_from_db()
    assert (row.is_past, row.ended_on.year) == (True, 2019)
    shown = page(client.get(url("person", review, family.mother.pk)))
    assert "1 May 2015 to 1 February 2019" in shown
    again = client.post(url("relation_end", review, row.pk), told | {"version": 3})
    assert "over already" in page(again)
    address = url("relation_remove", review, row.pk)
    assert "better ended" in page(client.get(address))
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    relations.remove_relation(relation=row, by=cast.liaison)
    assert AuditEvent.objects.filter(kind="family_relation_removed").count() == 1


def test_a_change_is_held_to_the_same_rules(review, cast, family, tie):
    row = tie("partner", other=family.father)
    tie()
    child = review.family.get(child__isnull=False)
    with pytest.raises(Refused, match="parent and child"):
        relations.change_relation(relation=row, version=1, by=cast.liaison, other=child)
    with pytest.raises(Stale):
        relations.change_relation(relation=row, version=9, by=cast.liaison, words="x")
    with pytest.raises(Refused, match="does not end"):
        birth = Relation.objects.get(kind="birth")
        relations.end_relation(relation=birth, version=1, by=cast.liaison)


def test_people_of_another_review_are_not_to_be_chosen(review, cast, family):
    stranger = builders.a_review(cast).family.get()
    with pytest.raises(Refused, match="two people of this review"):
        relations.add_relation(
            review=review, kind="other", one=family.mother, other=stranger, by=cast.liaison
        )


def test_only_who_keeps_the_register_writes(review, cast, family):
    with pytest.raises(PermissionDenied):
        relations.add_relation(
            review=review, kind="partner", one=family.mother, other=family.father, by=cast.chair
        )
    with pytest.raises(PermissionDenied):
        households.add_household(review=review, name="Home", by=cast.auditor)


# --- households -----------------------------------------------------------------------------------


@pytest.fixture
def home(review, cast):
    return households.add_household(
        review=review, name="Mother's home", address="17 Nowhere Row\nZZ1 2ZZ", by=cast.liaison
    )


def test_an_address_shows_in_the_answer_to_a_post_alone(review, cast, home, sign_in):
    client = sign_in(cast.chair)
    assert "Nowhere" not in page(client.get(url("households", review)))
    assert client.get(url("household", review, home.pk)).status_code == 302
    assert "17 Nowhere Row" in page(client.post(url("household", review, home.pk)))
    event = AuditEvent.objects.get(kind="family_address_shown")
    assert (event.actor_id, event.target_label) == (cast.chair.pk, "Mother's home")
    nosy = sign_in(cast.auditor)
    assert "Show address" not in page(nosy.get(url("households", review)))
    assert nosy.post(url("household", review, home.pk)).status_code == 403
    shown = page(sign_in(cast.liaison).get(url("household_edit", review, home.pk)))
    assert "Nowhere" not in shown
    assert "An address is kept" in shown


def test_a_household_is_changed_by_two_and_neither_sees_an_address(review, cast, home, sign_in):
    client, address = sign_in(cast.liaison), url("household_edit", review, home.pk)
    assert client.post(address, {"name": "The flat", "note": "No letters", "version": 1}).url
    home.refresh_from_db()
    assert (home.name, home.address) == ("The flat", "17 Nowhere Row\nZZ1 2ZZ")
    told = {"name": "Her flat", "address": "5 Other Row", "version": 1}
    answer = client.post(address, told)
    assert answer.status_code == 409
    assert "The flat" in page(answer)
    assert "Nowhere" not in page(answer)
    assert client.post(address, told | {"version": 2, "address": "", "forget": "on"}).url
    home.refresh_from_db()
    assert (home.name, home.address) == ("Her flat", "")


def test_what_a_household_is_called_traces_nobody(review, cast, family, home):
    for name in ("Maryam's home", "17 Nowhere Row", "Flat, ZZ1 2ZZ"):
        with pytest.raises(Refused, match="use pseudonyms"):
            households.change_household(household=home, version=1, by=cast.unit, name=name)
    with pytest.raises(Refused, match="is called that"):
        households.add_household(review=review, name="Mother's home", by=cast.unit)
    other = households.add_household(review=review, name="Other home", by=cast.unit)
    with pytest.raises(Refused, match="is called that"):
        households.change_household(household=other, version=1, by=cast.unit, name="Mother's home")


def test_somebody_lives_in_two_households_and_leaves_one(review, cast, family, home, sign_in):
    client = sign_in(cast.liaison)
    other = households.add_household(review=review, name="Father's home", by=cast.liaison)
    child = review.family.get(child__isnull=False)
    told = {"person": child.pk, "note": "weekends"}
    for row in (home, other):
        assert client.post(url("living_new", review), told | {"household": row.pk}).url
    again = client.post(url("living_new", review), told | {"household": home.pk})
    assert "lives in Mother&#x27;s home already" in page(again)
    living = Living.objects.get(household=other)
    tomorrow = clock.today() + timedelta(days=1)
    address = url("living_end", review, living.pk)
    assert "today or in the past" in page(client.post(address, {"ended_on": tomorrow}))
    assert client.post(address, {"ended_on": clock.today()}).status_code == 302
    assert "over already" in page(client.post(address, {"ended_on": clock.today()}))
    shown = page(client.get(url("households", review)))
    assert "(until " in shown
    assert "In no household now" in shown
    assert client.post(url("living_new", review), told | {"household": other.pk}).url
    assert Living.objects.filter(person=child, ended_on=None).count() == 2


def test_a_household_is_removed_once_nobody_is_recorded_there(review, cast, family, home, sign_in):
    client = sign_in(cast.liaison)
    living = households.add_living(household=home, person=family.mother, by=cast.liaison)
    address = url("household_remove", review, home.pk)
    assert "Remove their places in it first" in page(client.post(address))
    assert client.post(url("living_remove", review, living.pk)).status_code == 302
    households.remove_living(living=living, by=cast.liaison)
    assert client.post(address).status_code == 302
    households.remove_household(household=home, by=cast.liaison)
    assert not Household.objects.exists()
    for kind in ("family_living_removed", "family_household_removed"):
        assert AuditEvent.objects.filter(kind=kind).count() == 1
