"""Nothing is wired to 18 markers, to 107 questions or to one framework."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from quality_markers.assessments import operations
from quality_markers.assessments.models import Pass
from quality_markers.catalogue import queries
from quality_markers.catalogue.models import Question
from quality_markers.exports import layout
from quality_markers.exports.content import Wish
from reviews.permissions import Permission
from scr_portal.core import clock
from tests.builders import a_review


@pytest.fixture
def review(invented_catalogue, cast):
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel")
    return review


@pytest.fixture
def assessment(review, cast) -> Pass:
    return operations.open_pass(review=review, purpose="clarity", by=cast.lead)


def question(assessment: Pass, marker: int, number: int) -> Question:
    asked = Question.objects.select_related("marker")
    return asked.get(marker__version=assessment.catalogue, marker__number=marker, number=number)


def of(name: str, assessment: Pass, *more: int) -> str:
    place = [assessment.review_id, assessment.number, *more]
    return reverse(f"quality_markers:{name}", args=place)


def test_a_pass_holds_its_fifteen_markers_and_is_signed(assessment, cast):
    assert assessment.markers.count() == 15
    operations.save_answer(
        assessment=assessment,
        question=question(assessment, 15, 3),
        by=cast.lead,
        version=0,
        changes={"judgement": "partly", "narrative": "The shade would be missed."},
    )
    operations.submit(assessment=assessment, by=cast.lead)
    signed = operations.accept(assessment=assessment, by=cast.chair, method="password")
    assert signed.signature


def test_every_page_of_it_opens(assessment, cast, sign_in, review):
    client = sign_in(cast.lead)
    new = reverse("quality_markers:pass_new", args=[review.pk])
    assert client.get(new).content.count(b'name="markers"') == 15
    overview = client.get(of("pass", assessment)).content.decode()
    assert "Ten winters on" in overview and "For those who follow" in overview
    for number in (1, 4, 10, 15):  # 4 has no obstacles, 10 no reasons for it
        assert client.get(of("marker", assessment, number)).status_code == 200
        address = reverse("quality_markers:catalogue_marker", args=[number])
        assert client.get(address).status_code == 200
    assert client.get(of("marker", assessment, 16)).status_code == 404
    page = client.get(of("questions", assessment)).content.decode()
    for each in Question.objects.select_related("marker"):
        assert each.reference in page
    assert "4 clusters" not in page


def test_liaison_works_on_the_markers_about_families_alone(assessment, cast, sign_in):
    client = sign_in(cast.liaison)
    assert client.get(of("marker", assessment, 5)).status_code == 200
    assert client.get(of("marker", assessment, 11)).status_code == 200
    # 4 and 12 are the family's in another framework.
    assert client.get(of("marker", assessment, 4)).status_code == 404
    assert client.get(of("marker", assessment, 12)).status_code == 404
    assert not cast.liaison.has_perm(Permission.READ_MARKERS, assessment.review)


def test_the_rooms_of_the_record_stay_silent(assessment, cast, sign_in):
    """Marker 4 of an orchard is not about informing a family."""
    page = sign_in(cast.lead).get(of("marker", assessment, 4)).content.decode()
    assert "Information sheet, " not in page
    assert "No letter or information sheet" not in page


def test_its_file_holds_every_question(assessment, cast):
    wish = Wish(assessment=assessment, user=cast.lead, at=clock.now())
    content = layout.to_file(layout.book_of(wish), "pdf")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    whole = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for each in Question.objects.all():
        assert re.sub(r"\s", "", each.text) in whole
    assert "Orchardmarkers" in whole


def test_the_list_shows_four_clusters(invented_catalogue, cast, sign_in):
    page = sign_in(cast.stranger).get(reverse("quality_markers:catalogue_list")).content.decode()
    assert page.count('id="cluster-') == 4
    assert [len(each.markers) for each in queries.clusters(invented_catalogue)] == [4, 4, 4, 3]
