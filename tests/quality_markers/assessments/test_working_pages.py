"""The pages of plans, assignments, stand-ins, returns and moves."""

import pytest
from django.urls import reverse

from quality_markers.assessments import operations
from quality_markers.assessments.models import (
    Assignment,
    Delegation,
    MarkerPlan,
    Pass,
    QuestionReturn,
)
from reviews.case.operations import people
from scr_portal.core import clock
from tests.quality_markers.assessments.test_views import url
from tests.quality_markers.assessments.wordings import REWORDED, a_newer_one

MINE = "quality_markers:my_questions"


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def given(assessment, cast):
    marker = assessment.markers.get(number=12)
    return operations.assign(
        assessment=assessment, person=cast.panel, markers=[marker], by=cast.lead
    )


def test_a_marker_is_planned_from_its_page(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    page = client.get(url("plan", assessment)).content.decode()
    assert "Plan several markers" in page and page.count("Not planned") == 18
    data = {"stage": "drafting", "lead": cast.panel.pk, "joins": ["chair"], "version": 0}
    response = client.post(url("plan_marker", assessment, 12), data)
    assert response.url == url("plan", assessment)
    page = client.get(url("plan", assessment)).content.decode()
    assert "with: Board chair" in page and "Panel member Invented" in page
    stale = client.post(url("plan_marker", assessment, 12), {**data, "stage": "sign_off"})
    assert stale.status_code == 409
    assert "Sign-off" in stale.content.decode()


def test_several_are_planned_from_one_page(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    data = {"markers": ["3", "4"], "stage": "drafting"}
    assert client.post(url("plan_several", assessment), data).status_code == 302
    assert MarkerPlan.objects.count() == 2
    page = client.post(url("plan_several", assessment), {"markers": ["3"]}).content.decode()
    assert "Say when it is looked at" in page


def test_who_only_reads_sees_the_plan_and_no_buttons(assessment, given, cast, sign_in):
    page = sign_in(cast.chair).get(url("plan", assessment)).content.decode()
    assert "Panel member Invented" in page
    main = page.split("<main")[1].split("</main")[0]
    assert "<form" not in main and "Plan several" not in main
    liaison = sign_in(cast.liaison).get(url("plan", assessment)).content.decode()
    assert "marker-12" in liaison and 'id="marker-1"' not in liaison


def test_a_progressive_pass_takes_a_marker_up_from_its_plan(review, cast, sign_in):
    client = sign_in(cast.lead)
    new = reverse("quality_markers:pass_new", args=[review.pk])
    opened = client.post(new, {"purpose": "progressive"}).url
    assert "No marker has been taken up yet" in client.get(opened).content.decode()
    assessment = Pass.objects.get()
    client.post(url("plan_marker", assessment, 3), {"stage": "drafting", "version": 0})
    assert client.post(url("unplan", assessment, 3)).status_code == 302
    client.post(url("take_up", assessment, 4))
    client.post(url("take_up", assessment, 4))
    assert list(assessment.markers.values_list("number", flat=True)) == [4]
    assert client.post(url("take_up", assessment, 99)).status_code == 404


def test_markers_and_questions_are_assigned_from_one_page(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    page = client.get(url("assign", assessment)).content.decode()
    assert page.count('name="what"') == 18 + 107
    assert "Board chair Invented" not in page
    data = {"person": cast.panel.pk, "what": ["3", "12.4"], **day("wanted_on", clock.today())}
    assert client.post(url("assign", assessment), data).url == url("plan", assessment)
    assert Assignment.objects.filter(person=cast.panel).count() == 2
    wrong = client.post(url("assign", assessment), {"person": cast.chair.pk, "what": ["3"]})
    assert "Choose one of the answers given" in wrong.content.decode()


def test_the_panel_member_finds_fills_in_and_hands_back(assessment, given, cast, sign_in):
    client = sign_in(cast.panel)
    page = client.get(reverse(MINE)).content.decode()
    assert "9 questions wait for you" in page and "The whole marker" in page
    assert f'href="{reverse(MINE)}"' in client.get("/").content.decode()
    marker = client.get(url("marker", assessment, 12)).content.decode()
    assert marker.count('name="narrative"') == 9
    assert "Assigned to Panel member Invented" in marker
    assert client.get(url("marker", assessment, 3)).content.decode().count("<textarea") == 0
    here = url("answer", assessment, 12, 4)
    assert client.post(here, {"version": 0, "judgement": "partly"}).status_code == 302
    assert client.post(url("answer", assessment, 3, 1), {"version": 0}).status_code == 403
    assert "8 questions wait for you" in client.get(reverse(MINE)).content.decode()
    client.post(url("assignment_end", assessment, given[0].pk))
    assert "Nothing is assigned to you" in client.get(reverse(MINE)).content.decode()


def test_another_s_assignment_is_not_there_to_be_ended(assessment, given, cast, sign_in):
    here = url("assignment_end", assessment, given[0].pk)
    assert sign_in(cast.liaison).post(here).status_code == 404
    assert sign_in(cast.unit).post(here).status_code == 302
    assert Assignment.objects.get().ended_at is not None


def test_my_questions_of_a_review_that_i_left_are_gone(review, given, cast, sign_in):
    people.end_appointment(appointment=review.appointments.get(user=cast.panel), by=cast.unit)
    page = sign_in(cast.panel).get(reverse(MINE)).content.decode()
    assert review.reference not in page


def test_somebody_stands_in(review, given, cast, sign_in):
    page = reverse("quality_markers:stand_ins", args=[review.pk])
    new = reverse("quality_markers:stand_in_new", args=[review.pk])
    client = sign_in(cast.panel)
    assert "Nobody stands in" in client.get(page).content.decode()
    assert 'name="person"' not in client.get(new).content.decode()
    data = {"deputy": cast.lead.pk, **day("begins", clock.today()), **day("ends", clock.today())}
    assert client.post(new, data).url == page
    row = Delegation.objects.get()
    assert (row.person, row.deputy) == (cast.panel, cast.lead)
    assert sign_in(cast.liaison).get(page).content.decode().count("Lead reviewer Invented") == 0
    lead = sign_in(cast.lead)
    assert "You stand in for Panel member" in lead.get(reverse(MINE)).content.decode()
    assert 'name="person"' in lead.get(new).content.decode()
    end = reverse("quality_markers:stand_in_end", args=[review.pk, row.pk])
    assert sign_in(cast.liaison).post(end).status_code == 404
    assert lead.post(end).status_code == 302


def test_the_chair_returns_single_questions_and_is_shown_what_changed(
    assessment, write, cast, sign_in
):
    write("12.4", by=cast.lead, judgement="partly", narrative="By letter only")
    operations.submit(assessment=assessment, by=cast.lead)
    chair = sign_in(cast.chair)
    page = chair.get(url("return", assessment)).content.decode()
    assert page.count("<textarea") == 1 + 107
    submission = operations.submission_of(Pass.objects.get())
    nothing = chair.post(url("return", assessment), {"submission": submission}).content.decode()
    assert "Say why the self-assessment comes back." in nothing
    data = {"reasons": "", "q-12-4": "By whom?", "submission": submission}
    assert chair.post(url("return", assessment), data).status_code == 302
    assert QuestionReturn.objects.count() == 1
    lead = sign_in(cast.lead)
    overview = lead.get(assessment.get_absolute_url()).content.decode()
    assert "By whom?" in overview and "#q-12-4" in overview
    assert "Came back: By whom?" in lead.get(url("marker", assessment, 12)).content.decode()
    write("12.4", by=cast.lead, narrative="By letter from the lead reviewer")
    operations.submit(assessment=assessment, by=cast.lead)
    assert "See what has changed" in chair.get(assessment.get_absolute_url()).content.decode()
    for name in ("changes", "accept"):
        changed = chair.get(url(name, assessment)).content.decode()
        assert "from the lead reviewer" in changed and "<ins>" in changed, name
    assert "3.1" not in chair.get(url("changes", assessment)).content.decode()


def test_a_pass_is_withdrawn_and_taken_up_again(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    nothing = client.post(url("withdraw", assessment), {}).content.decode()
    assert "Answer “Why is it withdrawn?”" in nothing
    client.post(url("withdraw", assessment), {"reason": "Begun by mistake"})
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "Why it was withdrawn" in page and "Begun by mistake" in page
    assert "Submit to the chair" not in page
    response = client.post(url("reopen", assessment), {"reason": "No mistake"})
    assert response.url == assessment.get_absolute_url()
    assert "No mistake" in client.get(response.url).content.decode()
    refused = client.post(url("reopen", assessment), {"reason": "Again"}).content.decode()
    assert "open already" in refused


def test_the_move_is_shown_before_it_is_made(assessment, write, cast, sign_in):
    write("12.4", by=cast.lead, judgement="partly", narrative="Asked twice")
    write("12.5", by=cast.lead, narrative="Has no place there")
    client = sign_in(cast.lead)
    assert "newest wording" in client.get(url("newer", assessment)).content.decode()
    newer = a_newer_one(assessment.catalogue)
    assert "newer wording" in client.get(assessment.get_absolute_url()).content.decode()
    page = client.get(url("newer", assessment)).content.decode()
    assert "Has no place there" in page and "1 question reads otherwise" in page
    moved = client.post(url("newer", assessment), {"version": newer.pk}).url
    assert moved == Pass.objects.get(number=2).get_absolute_url()
    marker = client.get(f"{moved}marker/12/").content.decode()
    assert REWORDED in marker and "Answered when the question read" in marker
    old = client.get(assessment.get_absolute_url()).content.decode()
    assert f'href="{moved}">It goes on as self-assessment 2</a>' in old


@pytest.mark.parametrize("rows", [1, 40])
def test_pages_cost_the_same_however_much_is_assigned(
    assessment, cast, sign_in, rows, django_assert_max_num_queries
):
    asked = [
        question
        for marker in assessment.markers.prefetch_related("questions")
        for question in marker.questions.all()
    ]
    operations.assign(
        assessment=assessment, person=cast.panel, questions=asked[:rows], by=cast.lead
    )
    client = sign_in(cast.lead)
    client.get(assessment.get_absolute_url())
    with django_assert_max_num_queries(26):
        client.get(url("plan", assessment))
    panel = sign_in(cast.panel)
    panel.get(reverse(MINE))
    with django_assert_max_num_queries(20):
        panel.get(reverse(MINE))
