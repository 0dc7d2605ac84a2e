"""What was signed is kept as data, and read in words."""

from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.signatures.rules import readable
from tests import builders


def test_values_are_said_in_words_and_what_is_empty_is_left_out():
    content = {
        "outcome": "review",
        "criteria_met": True,
        "written_at": "2026-03-03T14:02:00+00:00",
        "period_from": "2025-01-31",
        "changed": "",
        "factors": [{"note": "review"}],
    }
    lines = readable(content, {"outcome": {"review": "Serious case review"}})
    assert lines == [
        (0, "Outcome", "Serious case review"),
        (0, "Criteria met", "Yes"),
        (0, "Written at", "3 March 2026 at 14:02"),
        (0, "Period from", "31 January 2025"),
        (0, "Factors 1", ""),
        (1, "Note", "review"),
    ]


def test_text_that_looks_nearly_like_a_date_stays_as_it_was_written():
    lines = readable({"a": "2025-99-99", "b": "about 2025-01-31 or so"}, {})
    assert [words for _, _, words in lines] == ["2025-99-99", "about 2025-01-31 or so"]


def test_the_page_of_a_signature_calls_the_outcome_by_its_name(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    url = reverse("reviews:signature", args=[review.pk, review.signatures.get().pk])
    page = sign_in(cast.chair).get(url).content.decode()
    assert "Serious case review" in page
    assert "the record as it stands today agree" in page
