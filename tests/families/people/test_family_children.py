"""A child of the record is in the register too, and follows what the record says."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from families.people.models import Life, Person
from reviews.case.models import Child
from reviews.case.operations.record import add_child, edit_child
from scr_portal.core.reasons import Refused
from tests.families.conftest import a_person

backfill = importlib.import_module("families.migrations.0004_children_are_family_members")


def of(child):
    return Person.objects.get(child=child)


def test_a_case_that_is_referred_has_its_child_in_the_register(review):
    person = of(review.children.get())
    assert (person.pseudonym, person.relationship) == ("Child R", "subject")
    assert person.life == Life.ALIVE
    assert person.board_id == review.board_id


def test_a_child_that_is_added_or_changed_is_kept_in_step(review, cast):
    child = add_child(
        review=review, by=cast.unit, pseudonym="Child S", harm="harmed", real_name="Sam Invented"
    )
    person = of(child)
    assert person.real_name == "Sam Invented"
    child = edit_child(child=child, version=1, by=cast.lead, pseudonym="Child T", harm="died")
    person.refresh_from_db()
    assert (person.pseudonym, person.life, person.version) == ("Child T", Life.DIED, 2)
    edit_child(child=child, version=2, by=cast.lead, legal_status="none")
    person.refresh_from_db()
    assert person.version == 2


def test_what_only_the_register_holds_stays(review, cast):
    child = review.children.get()
    Person.objects.filter(child=child).update(life=Life.UNKNOWN, literacy="Reads a little")
    edit_child(child=child, version=child.version, by=cast.unit, language="Sylheti")
    person = of(child)
    assert (person.language, person.life, person.literacy) == (
        "Sylheti",
        Life.UNKNOWN,
        "Reads a little",
    )


def test_a_child_is_not_called_as_somebody_else_of_the_family(review, cast, family, sign_in):
    with pytest.raises(Refused, match="family register has that pseudonym"):
        add_child(review=review, by=cast.unit, pseudonym="Mother", harm="died")
    assert review.children.count() == 1
    child = review.children.get()
    answer = sign_in(cast.unit).post(
        reverse("reviews:child_edit", args=[review.pk, child.pk]),
        {
            "pseudonym": "Mother",
            "harm": "harmed",
            "sex": "unknown",
            "legal_status": "unknown",
            "version": child.version,
        },
    )
    assert b"Somebody in the family register has that pseudonym" in answer.content
    assert b'value="Mother"' in answer.content


def test_children_of_before_come_into_the_register_and_leave_it_again(review, cast):
    a_person(review, cast)
    Person.objects.filter(child__isnull=False).delete()
    Child.objects.create(review=review, pseudonym="Child D", harm="died", real_name="Dee Invented")
    backfill.register(apps, None)
    backfill.register(apps, None)
    children = Person.objects.filter(review=review, child__isnull=False)
    assert [(row.pseudonym, row.life) for row in children] == [
        ("Child R", Life.ALIVE),
        ("Child D", Life.DIED),
    ]
    assert children.last().real_name == "Dee Invented"
    backfill.forget(apps, None)
    assert list(review.family.values_list("pseudonym", flat=True)) == ["Mother"]
