"""What earlier passes said, beside the question that asks it again."""

import pytest
from django.urls import reverse

from quality_markers.assessments import operations
from quality_markers.assessments.models import Answer, Pass
from scr_portal.core import clock


@pytest.fixture
def then(review, cast, ask):
    """``then("12.4", narrative="…")``: said in a pass of its own, before the next one."""

    def said(reference, **fields):
        opened = operations.open_pass(
            review=review,
            purpose="progressive",
            by=cast.lead,
            markers=[int(reference.partition(".")[0])],
        )
        answer = Answer.objects.create(
            assessment=opened, question=ask(reference), review=review, by=cast.unit, **fields
        )
        Pass.objects.filter(pk=opened.pk).update(
            state=Pass.State.SUBMITTED, submitted_by=cast.lead, submitted_at=clock.now()
        )
        opened.markers.add(ask("1.1").marker, ask("2.1").marker)
        return answer

    return said


def part(client, assessment, marker=12, number=4):
    place = [assessment.review_id, assessment.number, marker]
    page = client.get(reverse("quality_markers:marker", args=place)).content.decode()
    return page.partition(f'id="q-{marker}-{number}"')[2].partition("</section>")[0]


def opened(review, cast):
    return operations.open_pass(review=review, purpose="retrospective", by=cast.lead)


def test_it_stands_folded_with_who_and_when(then, review, cast, sign_in):
    then("12.4", judgement="partly", narrative="<b>Twice</b> by letter", evidence="Letters")
    text = part(sign_in(cast.panel), opened(review, cast))
    assert "Answered before</span> (1)" in text or "Answered before (1)" in text
    assert "Partly in place" in text and "&lt;b&gt;Twice" in text and "Letters" in text
    assert "Business unit Invented, " in text and "Self-assessment 1" in text
    assert '<details class="govuk-details"><summary' in text
    assert "Asked then" not in text


def test_nothing_said_and_given_up_passes_are_left_out(then, review, cast, sign_in):
    then("12.4", judgement="not_considered")
    gone = then("12.4", judgement="partly", narrative="Given up")
    Pass.objects.filter(pk=gone.assessment_id).update(
        state=Pass.State.WITHDRAWN,
        withdrawn_by=cast.lead,
        withdrawn_at=clock.now(),
        withdrawn_reason="Wrong markers",
    )
    assert "Answered before" not in part(sign_in(cast.lead), opened(review, cast))


def test_what_comes_later_is_not_before(then, review, cast, sign_in):
    first = opened(review, cast)
    then("12.4", judgement="partly", narrative="Later")
    assert "Later" not in part(sign_in(cast.lead), first)


def test_three_of_many_and_the_rest_on_a_page_of_its_own(then, review, cast, sign_in):
    for number in range(1, 6):
        then("12.4", judgement="partly", narrative=f"Time {number}.")
    assessment, client = opened(review, cast), sign_in(cast.lead)
    text = part(client, assessment)
    assert "(5)" in text and "Time 5." in text and "Time 3." in text and "Time 2." not in text
    place = [assessment.review_id, assessment.number, 12, 4]
    url = reverse("quality_markers:answer_before", args=place)
    assert url in text
    page = client.get(url).content.decode()
    assert page.index("Time 5.") < page.index("Time 1.")


def test_liaison_reads_the_family_s_alone(then, review, cast, sign_in):
    then("12.4", judgement="partly", narrative="For liaison")
    assessment, client = opened(review, cast), sign_in(cast.liaison)
    assert "For liaison" in part(client, assessment)
    place = [assessment.review_id, assessment.number, 1, 1]
    assert client.get(reverse("quality_markers:answer_before", args=place)).status_code == 404


def test_the_wording_of_an_answer_that_came_over_is_said(assessment, write, ask, cast, sign_in):
    write("12.4", by=cast.lead, narrative="Said")
    older = Answer.objects.create(
        assessment=assessment, question=ask("12.5"), review=assessment.review, by=cast.lead
    )
    Answer.objects.filter(question=ask("12.4")).update(copied_from=older)
    text = part(sign_in(cast.panel), assessment)
    assert "Answered when it was asked so: " in text
