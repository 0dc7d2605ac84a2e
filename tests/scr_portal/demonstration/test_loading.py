from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quality_markers.assessments.models import Pass
from reviews.case.lifecycle import Stage
from reviews.case.models import Child, Deadline, Review
from reviews.documents.models import Document
from reviews.scoping.governance.queries import Arrangements
from scr_portal.accounts.models import User
from scr_portal.core import clock
from scr_portal.demonstration import loading
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import process


def test_the_board_has_eight_reviews_over_the_stages_and_three_passes(db):
    call_command("load_demonstration", stdout=StringIO())
    stages = set(Review.objects.values_list("stage", flat=True))
    assert Review.objects.count() == 8
    assert {Stage.REFERRED, Stage.CONSIDERING, Stage.UNDER_WAY, Stage.IMPLEMENTING} <= stages
    assert sorted(Pass.objects.values_list("state", flat=True)) == [
        "accepted",
        "open",
        "open",
    ]
    assert not User.objects.filter(is_invented=False).exists()
    open_ones = Deadline.objects.filter(met_on=None)
    assert open_ones.filter(due_on__lt=clock.today()).exists()
    assert open_ones.filter(due_on__gte=clock.today()).exists()


def test_a_review_has_documents_that_its_people_may_open(db):
    loading.load()
    documents = Document.objects.order_by("pk")
    assert [each.versions.count() for each in documents] == [2, 1, 1]
    paul = User.objects.get(email="paul@northmere.example")
    review = documents[0].review
    assert Document.objects.readable(paul, review).count() == 2
    for stored in StoredFile.objects.all():
        process(pk=stored.pk)
        assert stored.said.text


def test_a_second_time_changes_nothing(db):
    loading.load()
    before = list(Review.objects.values_list("pk", flat=True))
    loading.load()
    assert list(Review.objects.values_list("pk", flat=True)) == before


def test_every_role_has_a_sign_in_that_works(db, client):
    loading.load()
    for _what, email, password in loading.sign_ins():
        assert User.objects.get(email=email).check_password(password)


def test_it_is_refused_where_cases_are_real(db, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="Only a demonstration"):
        call_command("load_demonstration")


def test_the_name_of_a_child_can_be_shown(db):
    loading.load()
    children = [child for child in Child.objects.select_related("review") if child.real_name]
    assert children
    for child in children:
        born = date.fromisoformat(child.date_of_birth)
        assert born <= child.review.incident_on


def test_somebody_reviews_independently_and_one_review_is_governed(db):
    loading.load()
    review = Review.objects.get(pseudonym="Child Fieldfare")
    assert review.board.reviewers.count() == 3
    answers = [row.is_independent for row in review.independencedeclarations.order_by("pk")]
    assert answers == [False, True]
    assert review.partner_boards.count() == review.parallelprocesss.count() == 1
    found = Arrangements(review)
    assert not found.findings and found.impasses[0].settled_on


def test_people_work_on_a_self_assessment_together(db):
    loading.load()
    [assessment] = Pass.objects.filter(purpose="progressive")
    assert [row.marker.number for row in assessment.plan.order_by("marker__number")] == [12, 13, 14]
    paul = User.objects.get(email="paul@northmere.example")
    assert assessment.assignments.filter(person=paul).count() == 2
    assert assessment.comments.count() == 3 and assessment.evidence_items.count() == 2
    assert Pass.objects.get(purpose="retrospective").improvements.count() == 1
