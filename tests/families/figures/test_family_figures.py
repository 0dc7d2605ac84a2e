"""The board's figures: what a review counts for, whose reviews, and how the table leaves."""

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.contributions.models import Contribution, Use
from families.figures import rules
from families.figures.queries import _counted, figures
from families.involvement.models import Contact, ContactPerson, GroupNote, Inclusion, Support
from families.involvement.operations import refusals
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations import people
from scr_portal.accounts.models import Board
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock, csv_table
from tests import builders
from tests.families.feedback.afterwards import told

NOUGHT = {line.key: 0 for line in rules.LINES}


@pytest.fixture
def made(cast):
    """A review that was decided on, in a year: hundreds of them would take hours by the pages."""

    def make(year=2025, **fields):
        given = {"outcome": "review", "referred_on": clock.today().replace(year=year)} | fields
        review = builders.a_review(cast)
        Review.objects.filter(pk=review.pk).update(
            **given, incident_on=given["referred_on"], reference=uuid4().hex[:12]
        )
        review.family.all().delete()
        return Review.objects.get(pk=review.pk)

    return make


def person(review, cast, relationship="mother"):
    return Person.objects.create(
        review=review,
        pseudonym=uuid4().hex[:8],
        relationship=relationship,
        created_by=cast.liaison,
    )


def decided(row, cast, choice="invited"):
    Inclusion.objects.create(
        review=row.review,
        person=row,
        choice=choice,
        why="" if choice == "invited" else "no_part",
        reason="x",
        decided_on=clock.today(),
        decided_by="x",
        by=cast.liaison,
        token=uuid4().hex,
    )


def met(row, cast, answer, **fields):
    contact = Contact.objects.create(
        review=row.review,
        phase="contributing",
        how="visit",
        state=fields.pop("state", "made"),
        on=clock.today(),
        by_whom="x",
        by=cast.liaison,
        token=uuid4().hex,
        **fields,
    )
    ContactPerson.objects.create(review=row.review, contact=contact, person=row, answer=answer)


def counted(cast, user=None):
    rows = _counted(cast.board, user or cast.unit)
    return {key: sum(row[key] for row in rows) for key in NOUGHT}


def test_a_review_without_anything_counts_as_a_review_alone(cast, made):
    made()
    assert counted(cast) == NOUGHT | {"reviews": 1}


def test_parents_invited_accepted_and_declined(cast, made):
    mother = person(made(), cast)
    decided(mother, cast)
    met(mother, cast, "accepted")
    father = person(made(), cast, "father")
    decided(father, cast)
    met(father, cast, "declined")
    step = person(made(), cast, "step_parent")
    refusals.refuse(person=step, said_on=clock.today(), not_asked_from=clock.today(), by=cast.unit)
    took = person(made(), cast, "adoptive_parent")
    met(took, cast, "took_part")
    planned = person(made(), cast)
    met(planned, cast, "accepted", state="planned")
    decided(planned, cast, "not_invited")
    assert counted(cast) == NOUGHT | {
        "reviews": 5,
        "parents_invited": 2,
        "parents_accepted": 2,
        "parents_took_part": 1,
        "parents_declined": 2,
    }


@pytest.mark.parametrize(
    ("relationship", "name"),
    [
        ("grandparent", "grandparents"),
        ("half_sibling", "children"),
        ("subject", "children"),
        ("aunt_or_uncle", "others"),
        ("foster_carer", "others"),
        ("friend", "others"),
    ],
)
def test_the_others_considered_invited_and_taking_part(cast, made, relationship, name):
    one, two = (person(made(), cast, relationship) for _ in range(2))
    decided(one, cast, "not_invited")
    decided(two, cast)
    met(two, cast, "took_part")
    assert counted(cast) == NOUGHT | {
        "reviews": 2,
        f"{name}_considered": 2,
        f"{name}_invited": 1,
        f"{name}_took_part": 1,
    }


def test_a_note_that_there_are_none_counts_as_considered(cast, made):
    for group in GroupNote.Group.values:
        GroupNote.objects.create(
            review=made(), group=group, words="x", by=cast.unit, token=uuid4().hex
        )
    found = counted(cast)
    assert (found["grandparents_considered"], found["children_considered"]) == (1, 1)


def test_interpreters_and_what_became_of_the_words(cast, made):
    states = ["wanted", "done", "not_needed"]
    for state in states:
        row = person(made(), cast)
        Support.objects.create(
            review=row.review,
            person=row,
            kind="interpreter",
            state=state,
            not_a_relative=True,
            by=cast.unit,
        )
    met(person(made(), cast), cast, "waiting", interpreter="Rahima Ali, Sylheti")
    told(cast, person(made(), cast), about="their_words", by=cast.unit)
    for visibility in ("team", "named"):
        row = person(made(), cast)
        said = Contribution.objects.create(
            review=row.review,
            person=row,
            visibility=visibility,
            said_on=clock.today(),
            author=cast.liaison,
            token=uuid4().hex,
        )
        Use.objects.create(
            review=row.review,
            contribution=said,
            where="not_used",
            reason="x",
            person_told_on=clock.today(),
            by=cast.liaison,
        )
    found = counted(cast)
    assert (found["interpreter_needed"], found["interpreter_used"]) == (3, 2)
    assert found["told_of_words"] == 2


def test_what_counts_twice_in_a_review_counts_once(cast, made):
    review = made()
    for _ in range(3):
        row = person(review, cast)
        decided(row, cast)
        decided(row, cast)
    assert counted(cast)["parents_invited"] == 1


def test_every_review_of_this_board_counts_for_every_reader_alike(cast, made):
    made(outcome="no_action")
    hidden, _seen = made(), made()
    people.recuse(review=hidden, user=cast.chair, reason="Knows them", by=cast.unit)
    assert counted(cast)["reviews"] == 2
    assert counted(cast, cast.chair)["reviews"] == 2
    assert not _counted(cast.board, cast.panel) and not _counted(cast.board, cast.other_chair)
    assert not _counted(cast.other_board, cast.unit)


def test_the_figures_are_one_statement_however_many_reviews(cast, made):
    costs = []
    figures(cast.board, cast.unit)
    for number in (1, 10, 40):
        while Review.objects.count() < number:
            decided(person(made(2010 + Review.objects.count() % 9), cast), cast)
        with CaptureQueriesContext(connection) as caught:
            figures(cast.board, cast.unit)
        costs.append(len(caught))
    assert costs == [1, 1, 1]


def url(cast, name="figures"):
    return reverse(f"families:{name}", args=[cast.board.slug])


def test_the_page_hides_small_numbers_and_says_so(cast, made, sign_in):
    for number in range(12):
        row = person(made(2024 if number < 6 else 2025), cast)
        if number < 7:
            decided(row, cast)
    page = sign_in(cast.chair).get(url(cast))
    text = page.content.decode()
    shown = page.context["figures"].shown
    assert shown["reviews"].bands == (6, 6) and shown["reviews"].total == 12
    assert shown["parents_invited"].bands == (None, None) and shown["parents_invited"].total == 7
    assert "not shown" in text and "<svg" in text and "%" not in text.split("<main")[1]


def test_an_empty_board_and_a_small_one_say_what_they_are(cast, made, sign_in):
    client = sign_in(cast.unit)
    assert "no review to count yet" in client.get(url(cast)).content.decode()
    made()
    text = client.get(url(cast)).content.decode()
    assert "fewer than five reviews" in text
    assert client.get(url(cast, "figures_file")).status_code == 200


@pytest.mark.parametrize("who", ["auditor", "lead", "liaison", "member", "outsider", "stranger"])
def test_who_keeps_no_lists_of_the_board_finds_nothing(cast, sign_in, who):
    for name in ("figures", "figures_file"):
        assert sign_in(cast.people[who]).get(url(cast, name)).status_code == 404


def test_the_table_leaves_without_formulas_and_is_recorded(cast, made, sign_in):
    for _ in range(6):
        decided(person(made(), cast), cast)
    Board.objects.filter(pk=cast.board.pk).update(name="=cmd|'/c calc'!A1")
    answer = sign_in(cast.unit).get(url(cast, "figures_file"))
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert ["Parents and step-parents", "Invited", "6", "6"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(csv_table.FORMULA)]
    assert AuditEvent.objects.filter(kind="downloaded").count() == 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1"])
def test_text_that_begins_as_a_formula_is_made_text(cell):
    assert csv_table.safe(cell) == f"'{cell}"
    assert csv_table.safe(-1) == -1 and csv_table.safe("1–4") == "1–4"
