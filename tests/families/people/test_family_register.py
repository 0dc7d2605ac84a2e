"""The register and the entry of one person, through their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.operations.safety import keep_apart
from families.people.models import Person
from families.people.operations import people as operations
from families.people.operations.households import add_household, add_living
from families.people.operations.relations import add_relation
from families.people.panels import Panel
from reviews.case.operations.record import Stale
from reviews.permissions import MATRIX, Permission, Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests import builders
from tests.families.conftest import a_person

P = Permission
SECRETS = {
    "real_name": "Maryam Testcase",
    "date_of_birth": "1990-02-03",
    "address": "17 Nowhere Row\nNorthmere\nZZ1 2ZZ",
    "telephone": "01632 960123",
    "email": "maryam@example.org",
    "other_channels": "Signal, under her sister's number",
}
SHOWN = [
    *(v for n, v in SECRETS.items() if n not in ("date_of_birth", "address", "other_channels")),
    "3 February 1990",
    "17 Nowhere Row",
    "ZZ1 2ZZ",
    "under her sister",
]


def url(name, review, *args):
    return reverse(f"families:{name}", args=[review.pk, *args])


def entry(**changes):
    told = {"pseudonym": "Maternal aunt", "relationship": "aunt_or_uncle"}
    return told | {"sex": "female", "life": "alive"} | changes


def page(answer):
    return answer.content.decode()


def test_everybody_stands_by_their_relationship_and_who_is_missing_is_said(
    review, cast, family, sign_in
):
    family.mother.language = "Sylheti"
    family.mother.contact_note = "Mornings only"
    family.mother.save()
    home = add_household(review=review, name="Mother's home", by=cast.liaison)
    add_living(household=home, person=family.mother, by=cast.liaison)
    shown = page(sign_in(cast.liaison).get(url("people", review)))
    assert shown.index("Child R</a>") < shown.index("Mother</a>") < shown.index("grandmother</a>")
    for words in ("Sylheti", "Mornings only", "Mother&#x27;s home", "7 months at the incident"):
        assert words in shown
    missing = shown.split("Not on the record yet")[1].split("</ul>")[0]
    assert "Brothers and sisters" in missing
    assert "Grandparents" not in missing
    assert f"{url('person_new', review)}?relationship=sibling" in missing
    only = page(sign_in(cast.liaison).get(url("people", review) + "?group=grandparents"))
    assert "grandmother</a>" in only
    assert "Father</a>" not in only


def test_an_empty_register_says_what_to_do_first(review, cast, sign_in):
    shown = page(sign_in(cast.liaison).get(url("people", review)))
    assert "Nobody of the family is recorded yet" in shown
    assert "Child R</a>" in shown


def test_the_register_opens_for_whom_the_matrix_says(review, cast, family, sign_in):
    for role in sorted(Role):
        client, allowed = sign_in(cast.people[role]), MATRIX[role]
        absent = 404 if P.VIEW not in allowed else 403
        for name, args, permission in [
            ("people", [], P.SEE_FAMILY),
            ("person", [family.mother.pk], P.SEE_FAMILY),
            ("network", [], P.SEE_FAMILY),
            ("households", [], P.SEE_FAMILY),
            ("person_new", [], P.KEEP_FAMILY),
            ("person_details", [family.mother.pk], P.KEEP_FAMILY),
            ("relation_new", [], P.KEEP_FAMILY),
        ]:
            status = client.get(url(name, review, *args)).status_code
            assert status == (200 if permission in allowed else absent), (role, name)
        shown = page(client.get(url("people", review)))
        assert ("Add somebody" in shown) == (P.KEEP_FAMILY in allowed)


def test_names_and_contacts_show_in_the_answer_to_a_post_alone(review, cast, sign_in):
    person = a_person(review, cast, **SECRETS)
    client, address = sign_in(cast.chair), url("person", review, person.pk)
    quiet = [
        address,
        *(url(name, review) for name in ("people", "network", "households")),
        reverse("reviews:history", args=[review.pk]),
    ]
    for where in quiet:
        shown = page(client.get(where))
        assert not [words for words in SHOWN if words in shown], where
    for where in ("person_edit", "person_details"):
        shown = page(sign_in(cast.lead).get(url(where, review, person.pk)))
        assert not [words for words in SHOWN if words in shown], where
    shown = page(client.post(address))
    assert not [words for words in SHOWN if words not in shown]
    event = AuditEvent.objects.get(kind="person_details_shown")
    assert (event.actor_id, event.target_label) == (cast.chair.pk, "Mother")
    assert not any(words in str(event.__dict__) for words in SHOWN)


def test_who_may_not_see_names_is_not_told_that_any_are_kept(review, cast, sign_in):
    person = a_person(review, cast, **SECRETS)
    client, address = sign_in(cast.auditor), url("person", review, person.pk)
    assert "contact details" not in page(client.get(address))
    assert client.post(address).status_code == 403
    assert not AuditEvent.objects.filter(kind="person_details_shown").exists()


def test_somebody_is_added_and_asked_for_name_and_contacts_next(review, cast, sign_in):
    client = sign_in(cast.liaison)
    answer = client.post(url("person_new", review), entry(details="1", age="41"))
    person = review.family.get(pseudonym="Maternal aunt")
    assert answer.url == url("person_details", review, person.pk)
    told = {"real_name": "Ana Testcase", "telephone": "01632 960 124, 07700 900123"}
    answer = client.post(answer.url, told | {"version": person.version})
    assert answer.url == url("person", review, person.pk)
    person.refresh_from_db()
    assert person.real_name == "Ana Testcase"
    assert person.telephone == "01632 960 124, 07700 900123"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM families_person WHERE id = %s", [person.pk])
        assert "Testcase" not in str(cursor.fetchall())
    event = AuditEvent.objects.get(kind="person_changed")
    assert event.changes == {"fields": "real name, telephone", "version": 2}


def test_an_empty_box_keeps_what_there_is_and_a_tick_removes_it(review, cast, sign_in):
    person = a_person(review, cast, **SECRETS)
    client, address = sign_in(cast.liaison), url("person_details", review, person.pk)
    shown = page(client.get(address))
    assert shown.count("Leave the box empty to keep it") == len(SECRETS)
    client.post(address, {"version": 1, "email": "new@example.org", "forget": ["telephone"]})
    person.refresh_from_db()
    assert (person.email, person.telephone) == ("new@example.org", "")
    assert person.address == SECRETS["address"]


BAD = [
    ("person_new", {"pseudonym": ""}, "Enter pseudonym"),
    ("person_new", {"pseudonym": "Mother"}, "Somebody else on this review has that pseudonym"),
    ("person_new", {"pseudonym": "Testcase aunt"}, "holds part of a real name"),
    ("person_new", {"contact_note": "Ring Maryam first"}, "Many people read it"),
    ("person_new", {"contact_note": "Ring 01632 960123"}, "Many people read it"),
    ("person_new", {"relationship": ""}, "Select relationship"),
    ("person_new", {"relationship": "subject"}, "Choose one of the answers"),
    ("person_new", {"age": "3/2/1990"}, "Write the age as 34 or 7 months"),
    ("person_new", {"age": "200"}, "Write the age as 34 or 7 months"),
    ("person_new", {"died_on": "2020-01-01"}, "Choose “Died”"),
    ("person_new", {"died_on": "2199-01-01", "life": "died"}, "lies in the future"),
    ("person_new", {"died_on": "2020-01-01", "life": "unborn"}, "no date of death"),
    ("person_new", {"age": "3", "life": "unborn"}, "no age"),
    ("person_edit", {"life": "unborn"}, "no date of birth"),
    ("person_edit", {"life": "died", "died_on": "1980-01-01"}, "on or after the date of birth"),
    ("person_edit", {"pseudonym": "Maryam"}, "holds part of a real name"),
    ("person_details", {"telephone": "ring the shop below"}, "Write the telephone number in"),
    ("person_details", {"telephone": "oh one six three two"}, "Write the telephone number in"),
    ("person_details", {"telephone": "123"}, "Write the telephone number in digits"),
    ("person_details", {"email": "maryam at home"}, "in the usual form"),
    ("person_details", {"date_of_birth": "2199-01-01"}, "lies in the future"),
    ("person_details", {"real_name": "Mother"}, "The pseudonym holds part of a real name"),
]


def test_bad_input_is_told_at_its_field_and_nothing_is_lost(review, cast, sign_in):
    person = a_person(review, cast, **SECRETS)
    before, client = Person.objects.count(), sign_in(cast.liaison)
    for form, changes, words in BAD:
        args = [] if form == "person_new" else [person.pk]
        start = {} if form == "person_details" else entry()
        if form == "person_edit":
            start |= {"pseudonym": "Mother", "relationship": "mother"}
        told = start | {"version": 1} | changes
        answer = client.post(url(form, review, *args), told)
        shown = page(answer)
        assert answer.status_code == 200, (form, changes)
        assert words in shown, (form, changes)
        assert "There is a problem" in shown
        if pseudonym := told.get("pseudonym"):
            assert f'value="{pseudonym}"' in shown
    person.refresh_from_db()
    assert (person.version, Person.objects.count()) == (1, before)


def test_a_stale_form_shows_both_sides_and_never_a_contact(review, cast, sign_in):
    person = a_person(review, cast)
    operations.change_person(person=person, version=1, by=cast.unit, language="Sylheti", **SECRETS)
    told = entry(pseudonym="Mother", relationship="mother", version=1, language="Bengali")
    client = sign_in(cast.liaison)
    answer = client.post(url("person_edit", review, person.pk), told)
    assert answer.status_code == 409
    for words in ("Somebody else saved while you were typing", "Sylheti", 'value="Bengali"'):
        assert words in page(answer)
    told = {"version": 1, "telephone": "01632 960999"}
    answer = client.post(url("person_details", review, person.pk), told)
    assert answer.status_code == 409
    assert not [words for words in SHOWN if words in page(answer)]
    assert "01632 960999" in page(answer)
    person.refresh_from_db()
    assert person.telephone == SECRETS["telephone"]
    assert client.post(url("person_details", review, person.pk), told | {"version": 2}).url
    person.refresh_from_db()
    assert person.telephone == "01632 960999"


def test_a_description_that_was_not_sent_comes_back(review, cast, sign_in):
    client = sign_in(cast.liaison)
    key = f"person:{review.pk}:new"
    client.post(reverse("drafts:save", args=[key]), {"pseudonym": "Uncle by marriage"})
    assert 'value="Uncle by marriage"' in page(client.get(url("person_new", review)))
    client.post(url("person_new", review), entry())
    assert "Uncle by marriage" not in page(client.get(url("person_new", review)))


def test_a_child_of_the_review_is_changed_in_the_record(review, cast, sign_in):
    person, child = review.family.get(), review.children.get()
    client = sign_in(cast.liaison)
    shown = page(client.get(url("person", review, person.pk)))
    assert reverse("reviews:child_edit", args=[review.pk, child.pk]) in shown
    assert url("person_remove", review, person.pk) not in shown
    shown = page(client.get(url("person_edit", review, person.pk)))
    assert 'name="pseudonym"' not in shown
    told = {"version": 1, "life": "alive", "literacy": "Not at school yet"}
    assert client.post(url("person_edit", review, person.pk), told).status_code == 302
    person.refresh_from_db()
    assert person.literacy == "Not at school yet"
    shown = page(client.get(url("person_details", review, person.pk)))
    assert 'name="real_name"' not in shown
    assert 'name="telephone"' in shown
    with pytest.raises(Refused, match="in the record of the child"):
        operations.change_person(person=person, version=2, by=cast.unit, pseudonym="Child Z")
    with pytest.raises(Refused, match="stays in the register"):
        operations.remove_person(person=person, by=cast.unit)


def test_an_entry_made_by_mistake_is_removed_and_one_that_is_used_stays(
    review, cast, family, sign_in
):
    client = sign_in(cast.liaison)
    add_relation(
        review=review, kind="partner", one=family.mother, other=family.father, by=cast.liaison
    )
    address = url("person_remove", review, family.mother.pk)
    assert "can&#x27;t be brought back" in page(client.get(address))
    assert "so the entry stays" in page(client.post(address))
    assert client.post(url("person_remove", review, family.grandmother.pk)).status_code == 302
    assert not Person.objects.filter(pk=family.grandmother.pk).exists()
    assert Person.objects.filter(pk=family.mother.pk).exists()
    assert AuditEvent.objects.get(kind="person_removed").target_label == "Maternal grandmother"
    assert client.post(url("person_remove", review, family.grandmother.pk)).status_code == 404


def test_who_may_not_know_of_all_that_hangs_there_is_refused_alike(review, cast, family, sign_in):
    keep_apart(
        review=review, one=family.mother, other=family.father, reason="Afraid.", by=cast.liaison
    )
    for each in (family.mother, family.grandmother):
        shown = page(sign_in(cast.unit).post(url("person_remove", review, each.pk)))
        assert "Only the lead reviewer and the family liaison remove an entry" in shown
        assert "so the entry stays" not in shown
    assert Person.objects.filter(pk=family.grandmother.pk).exists()
    with pytest.raises(Refused, match="so the entry stays"):
        operations.remove_person(person=family.mother, by=cast.liaison)


def test_ages_that_contradict_a_relation_are_refused_when_they_come_later(review, cast, family):
    add_relation(
        review=review,
        kind="birth",
        one=family.grandmother,
        other=family.mother,
        by=cast.liaison,
    )
    operations.change_person(person=family.mother, version=1, by=cast.unit, age="34")
    with pytest.raises(Refused, match="under 10 years old"):
        operations.change_person(person=family.grandmother, version=1, by=cast.unit, age="30")
    with pytest.raises(Stale):
        operations.change_person(person=family.mother, version=1, by=cast.unit, age="35")


def test_the_page_of_a_person_says_what_other_rooms_keep(
    review, cast, family, sign_in, monkeypatch
):
    said = [Panel("Taking part", "/there", ["Invited"]), Panel("Letters", "", (), "None yet")]
    monkeypatch.setattr("families.people.panels.collect", lambda *_: said)
    shown = page(sign_in(cast.unit).get(url("person", review, family.mother.pk)))
    for words in ("Taking part", "Invited", 'href="/there"', "None yet"):
        assert words in shown


def test_the_entry_of_another_review_is_absent(review, cast, family, sign_in):
    other = builders.a_review(cast)
    client = sign_in(cast.unit)
    for name in ("person", "person_edit", "person_details", "person_remove"):
        assert client.get(url(name, other, family.mother.pk)).status_code == 404


def test_a_long_register_costs_no_more_than_a_short_one(review, cast, sign_in):
    client = sign_in(cast.liaison)
    home = add_household(review=review, name="Home", by=cast.liaison)
    costs = []
    for upto in (1, 10, 40):
        for number in range(review.family.count(), upto + 1):
            person = a_person(review, cast, f"Cousin {number}", age="12")
            add_living(household=home, person=person, by=cast.liaison)
        for name in ("people", "households"):
            client.get(url(name, review))
            with CaptureQueriesContext(
                connection,
            ) as spent:
                assert f"Cousin {upto}</a>" in page(client.get(url(name, review)))
            costs.append((name, len(spent)))
    assert len(set(costs)) == 2, costs
