"""A board's own question, from its draft through a pass to the file."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from quality_markers.assessments import operations
from quality_markers.catalogue import operations as catalogue
from quality_markers.catalogue import queries
from quality_markers.catalogue.sheets.plain import digest
from quality_markers.exports import layout
from quality_markers.exports.content import Wish
from scr_portal.core import clock
from tests.builders import a_review


@pytest.fixture
def ours(cast, db):
    national = catalogue.load_own()
    draft = catalogue.begin(board=cast.board, based_on=national, by=cast.unit)
    marker = draft.markers.get(number=12)
    catalogue.add_question(marker=marker, text="Who holds the family’s diary?", by=cast.unit)
    catalogue.change_guidance(marker=marker, text="Ask Ida first.", version=0, by=cast.unit)
    seen = digest(queries.book_of(draft))
    return catalogue.publish(draft=draft, title="Northmere’s", seen=seen, by=cast.unit)


@pytest.fixture
def assessment(ours, cast):
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel")
    return operations.open_pass(review=review, purpose="clarity", by=cast.lead)


def test_reviews_of_the_board_alone_begin_with_it(assessment, ours, cast):
    assert assessment.catalogue == ours
    assert assessment.markers.get(number=12).questions.count() == 10


@pytest.mark.parametrize("who", ["lead", "liaison"])
def test_it_is_answered_as_any_other(assessment, cast, sign_in, who):
    client = sign_in(cast.people[who])
    place = [assessment.review_id, assessment.number, 12]
    page = client.get(reverse("quality_markers:marker", args=place)).content.decode()
    assert "12.L1" in page and "Ask Ida first." in page
    answer = reverse("quality_markers:answer", args=[*place, 101])
    sent = {"judgement": "partly", "narrative": "The liaison does.", "version": "0"}
    assert client.post(answer, sent).status_code == 302
    assert assessment.answers.get().question.reference == "12.L1"


def test_it_stands_in_the_file(assessment, cast):
    wish = Wish(assessment=assessment, user=cast.lead, at=clock.now())
    content = layout.to_file(layout.book_of(wish), "pdf")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    whole = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert "12.L1" in whole and "Whoholdsthefamily’sdiary?" in whole
