import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality_markers.assessments import operations as assessments
from quality_markers.comparing.models import Movement


@pytest.fixture
def url(passes):
    def address(name="compare", *more):
        return reverse(f"quality_markers:{name}", args=[passes[0].review_id, 1, 2, *more])

    return address


def test_two_are_chosen_in_any_order(sign_in, cast, passes, url):
    choose = reverse("quality_markers:compare_choose", args=[passes[0].review_id])
    client = sign_in(cast.auditor)
    assert client.get(choose, {"one": 2, "other": 1}).url == url()
    assert client.get(choose, {"other": 2}).url == url()
    for wrong in ({"one": "x", "other": 2}, {"one": 1, "other": 9}):
        assert client.get(choose, wrong).status_code == 200
    same = client.get(choose, {"one": 2, "other": 2}).content.decode()
    assert "Choose another one than the first" in same
    assert "Lay two self-assessments beside each other" in client.get(choose).content.decode()


def test_with_one_pass_there_is_nothing_to_compare(sign_in, cast, review):
    assessments.open_pass(review=review, purpose="clarity", by=cast.lead, markers=[1])
    choose = reverse("quality_markers:compare_choose", args=[review.pk])
    html = sign_in(cast.lead).get(choose).content.decode()
    assert "There is nothing to compare yet" in html


def test_only_what_moved_is_shown_unless_more_is_asked_for(sign_in, cast, passes, write, url):
    write(passes[0], "12.4", judgement="partly", narrative="Nobody <asked>.")
    write(passes[1], "12.4", judgement="in_place", narrative="Nobody else <asked>.")
    write(passes[0], "12.5", judgement="not_in_place")
    client = sign_in(cast.chair)

    def shown(query=""):
        response = client.get(url() + query)
        pairs = [pair for each in response.context["chapters"] for pair, _rows in each["pairs"]]
        return [pair.reference for pair in pairs], response.content.decode()

    references, html = shown()
    assert references == ["12.4", "12.5"]
    assert "Nobody &lt;asked&gt;." in html
    assert shown("?show=left")[0] == ["12.5"]
    assert len(shown("?show=all")[0]) == 107
    assert shown("?show=nonsense&as=nonsense")[0] == references
    laid = shown("?as=difference")[1]
    assert "<ins" in laid and "Nobody " in laid


def test_nothing_moved_is_said(sign_in, cast, url):
    html = sign_in(cast.chair).get(url()).content.decode()
    assert "Nothing moved between the two." in html


def test_one_page_tells_it_in_sentences(sign_in, cast, passes, write, url):
    write(passes[1], "12.4", judgement="in_place")
    html = sign_in(cast.panel).get(url("compare_narrative")).content.decode()
    assert "12.4 had not been considered; it is now judged “In place”." in html
    assert "Planned, and never revisited" in html


def test_why_is_written_on_a_page_of_its_own(sign_in, cast, passes, write, url):
    write(passes[1], "12.4", judgement="in_place")
    question = passes[0].markers.get(number=12).questions.get(number=4)
    client = sign_in(cast.lead)
    why = url("compare_why_question", question.pk)
    assert why in client.get(url()).content.decode()
    response = client.post(why, {"words": "An officer came.", "version": "0"})
    assert response.url == f"{url()}#question-{question.pk}"
    assert "An officer came." in client.get(url()).content.decode()
    assert "An officer came." in client.get(url("compare_narrative")).content.decode()
    lost = client.post(why, {"words": "Something else.", "version": "0"})
    assert lost.status_code == 409
    html = lost.content.decode()
    assert "Something else." in html and "An officer came." in html
    client.post(why, {"words": "Both.", "version": "1"})
    assert Movement.objects.get().words == "Both."


def test_who_may_not_say_why_is_not_offered_it(sign_in, cast, passes, write, url):
    write(passes[1], "12.4", judgement="in_place")
    question = passes[0].markers.get(number=12).questions.get(number=4)
    client = sign_in(cast.chair)
    assert "Say why" not in client.get(url()).content.decode()
    for address in (url("compare_why"), url("compare_why_question", question.pk)):
        assert client.get(address).status_code == 403
    family = sign_in(cast.liaison)
    assert family.get(url("compare_why")).status_code == 403
    assert family.get(url("compare_why_question", question.pk)).status_code == 200
    other = passes[0].markers.get(number=1).questions.first()
    for pk in (other.pk, 999_999):
        assert family.get(url("compare_why_question", pk)).status_code == 404


def test_what_are_not_two_in_this_order_is_not_there(sign_in, cast, passes):
    client = sign_in(cast.lead)
    for numbers in [(2, 1), (1, 1), (1, 9), (0, 1)]:
        place = [passes[0].review_id, *numbers]
        for name in ("compare", "compare_narrative", "compare_why"):
            url = reverse(f"quality_markers:{name}", args=place)
            assert client.get(url).status_code == 404


def test_the_pages_cost_the_same_however_much_moved(sign_in, cast, passes, write, url):
    client = sign_in(cast.lead)

    def cost(name: str) -> int:
        client.get(url(name))
        with CaptureQueriesContext(connection) as statements:
            client.get(url(name))
        return len(statements)

    write(passes[0], "12.1", judgement="partly")
    few = [cost("compare"), cost("compare_narrative")]
    for number in range(1, 9):
        for each in passes:
            write(each, f"12.{number}", narrative=f"Words of {each.number}")
        write(passes[0], f"{number + 4}.1", judgement="partly")
    assert [cost("compare"), cost("compare_narrative")] == few
