"""Nothing here is wired to eighteen markers, or to serious case reviews."""

from django.urls import reverse

from quality_markers.assessments import operations as assessments
from quality_markers.comments import operations as comments
from quality_markers.comments.contributions import worklist
from quality_markers.comparing.content import comparison
from tests.builders import a_review


def test_an_invented_framework_is_talked_about_and_compared(
    cast, invented_catalogue, write, sign_in
):
    review = a_review(cast)
    cast.on(review, "lead", "liaison")
    first, last = (
        assessments.open_pass(review=review, purpose=purpose, by=cast.lead)
        for purpose in ("clarity", "retrospective")
    )
    question = first.markers.get(number=5).questions.select_related("marker").first()
    reference = question.reference
    write(first, reference, judgement="partly")
    comments.comment(
        assessment=first,
        question=question,
        text="@Family liaison Invented",
        by=cast.lead,
        token="one",
    )
    assert reference in str(worklist(cast.liaison)[0].text)
    assert len(comparison(first, last, cast.lead).chapters) == 15
    mine = comparison(first, last, cast.liaison)
    assert [chapter.marker.number for chapter in mine.chapters] == [5, 11]
    assert [pair.reference for pair in mine.left] == [reference]
    client = sign_in(cast.liaison)
    for name in ("compare", "compare_narrative"):
        url = reverse(f"quality_markers:{name}", args=[review.pk, 1, 2])
        assert client.get(url).status_code == 200
