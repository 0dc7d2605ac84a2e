"""Nothing in a file knows how many markers there are, or of which framework."""

import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.catalogue.models import Question
from quality_markers.exports import layout
from quality_markers.exports.content import Wish
from scr_portal.core import clock
from tests.builders import a_review


@pytest.fixture
def invented(invented_catalogue, cast):
    review = a_review(cast)
    cast.on(review, "lead", "liaison")
    return assessments.open_pass(review=review, purpose="clarity", by=cast.lead)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "csv"])
def test_a_framework_of_fifteen_markers_leaves_in_every_form(form, invented, cast):
    book = layout.book_of(Wish(assessment=invented, user=cast.lead, at=clock.now()))
    assert book.numbers == list(range(1, 16))
    assert len(book.parts) == 4
    assert len(layout.to_file(book, form)) > 1000


def test_liaison_has_the_markers_of_the_family_of_that_framework(invented, cast):
    book = layout.book_of(Wish(assessment=invented, user=cast.liaison, at=clock.now()))
    assert book.numbers == [5, 11]


def test_as_many_statements_for_every_answer_as_for_one(
    assessment, answer, cast, django_assert_max_num_queries
):
    for question in Question.objects.filter(marker__number__in=[1, 2, 12]).select_related("marker"):
        answer(assessment, question.reference, judgement="partly", narrative="Words.")
    wish = Wish(assessment=assessment, user=cast.lead, at=clock.now(), with_comments=True)
    with django_assert_max_num_queries(14):
        layout.to_html(layout.book_of(wish))
