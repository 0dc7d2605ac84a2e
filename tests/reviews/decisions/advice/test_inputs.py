from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.operations import asking, people
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.advice.operations import inputs
from reviews.permissions import Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders
from tests.cast import board_person


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.CONSIDERING, cast)


def ask(review, cast, *asked, **given):
    return inputs.ask(
        **{
            "review": review,
            "about": "decision",
            "people": asked or [cast.member],
            "question": "Is a review in proportion?",
            "told": "A baby was hurt.",
            "due_on": clock.today() + timedelta(days=7),
            "by": cast.unit,
        }
        | given
    )


def answer(asked, by, **given):
    inputs.answer(**{"asked": asked, "by": by, "answer": "Yes.", "nothing_to_add": False} | given)


def test_a_member_is_asked_told_and_answers_once(review, cast):
    [asked] = ask(review, cast)
    assert asked.chase_on is not None
    told = Notification.objects.get(user=cast.member, kind="asked")
    assert told.link == asked.get_absolute_url()
    answer(asked, cast.member)
    asked.refresh_from_db()
    assert (asked.answer, asked.chase_on) == ("Yes.", None)
    assert Notification.objects.filter(user=cast.unit, kind="input_given").count() == 1
    with pytest.raises(Refused, match="answered this already"):
        answer(asked, cast.member)
    assert AuditEvent.objects.filter(kind="input_given").count() == 1


def test_nothing_to_add_is_an_answer_and_silence_is_none(review, cast):
    [asked] = ask(review, cast)
    with pytest.raises(Refused, match="nothing to add"):
        answer(asked, cast.member, answer=" ")
    answer(asked, cast.member, answer="", nothing_to_add=True)
    asked.refresh_from_db()
    assert asked.nothing_to_add and asked.answered_at


def test_a_second_click_asks_nobody_twice(review, cast):
    ask(review, cast)
    with pytest.raises(Refused, match="asked already"):
        ask(review, cast)
    assert InputRequest.objects.count() == 1


def test_neither_the_chair_nor_a_recused_member_nor_a_stranger_is_asked(review, cast):
    other = board_person("Second Invented", cast.board, "member")
    people.recuse(review=review, user=other, reason="Is related", by=cast.unit)
    for person in (cast.chair, other, cast.stranger, cast.outsider):
        with pytest.raises(Refused):
            ask(review, cast, person)
    assert not InputRequest.objects.exists()


def test_a_member_recused_later_can_neither_see_nor_answer(review, cast, sign_in):
    [asked] = ask(review, cast)
    people.recuse(review=review, user=cast.member, reason="Is related", by=cast.unit)
    assert sign_in(cast.member).get(asked.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        answer(asked, cast.member)


def test_only_who_may_ask_asks_and_only_the_asked_answers(review, cast):
    cast.on(review, Role.LEAD, Role.PANEL)
    for person in (cast.lead, cast.member, cast.auditor):
        with pytest.raises(PermissionDenied):
            ask(review, cast, by=person)
    [asked] = ask(review, cast, by=cast.chair)
    with pytest.raises(PermissionDenied):
        answer(asked, cast.panel)


def test_no_day_in_the_past_and_no_decision_that_is_taken(review, cast):
    with pytest.raises(Refused, match="past"):
        ask(review, cast, due_on=clock.today() - timedelta(days=1))
    builders.decide(review, cast)
    with pytest.raises(Refused, match="before it is taken"):
        ask(review, cast)


def test_members_are_chased_until_they_answer(review, cast, monkeypatch):
    [asked] = ask(review, cast)
    for days in (7, 14):
        day = clock.today() + timedelta(days=days)
        with monkeypatch.context() as patch:
            patch.setattr(clock, "today", lambda day=day: day)
            assert asking.chase() == 1
            assert asking.chase() == 0
    assert Notification.objects.filter(user=cast.member, kind="asked_again").count() == 2
    answer(asked, cast.member)
    assert asking.chase() == 0


def test_the_unit_gives_up_with_a_reason(review, cast):
    [asked] = ask(review, cast)
    with pytest.raises(Refused):
        inputs.give_up(asked=asked, by=cast.unit, reason=" ")
    inputs.give_up(asked=asked, by=cast.unit, reason="Is abroad")
    with pytest.raises(Refused, match="nobody waits"):
        answer(asked, cast.member)
    assert AuditEvent.objects.filter(kind="input_given_up").count() == 1


def test_a_signed_decision_waits_for_nobody_any_more(review, cast):
    second = board_person("Second Invented", cast.board, "member")
    [answered, waiting] = ask(review, cast, cast.member, second)
    answer(answered, cast.member)
    builders.decide(review, cast)
    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert waiting.ended_by == cast.chair and waiting.chase_on is None
    assert answered.ended_at is None


# --- pages ----------------------------------------------------------------------------------------


def posted(cast, **fields):
    day = clock.today() + timedelta(days=7)
    return {
        "question": "Is a review in proportion?",
        "told": "A baby was hurt.",
        "due_on": day.isoformat(),
        "whom": "all",
    } | fields


def test_the_unit_asks_everybody_or_chooses(review, cast, sign_in):
    second = board_person("Second Invented", cast.board, "member", agency=cast.agency)
    url = reverse("reviews:inputs_ask", args=[review.pk])
    unit = sign_in(cast.unit)
    page = unit.get(url).content.decode()
    assert "Second Invented" in page and cast.agency.name in page
    assert cast.chair.name not in page
    assert unit.post(url, posted(cast, whom="chosen")).status_code == 200
    assert unit.post(url, posted(cast, whom="chosen", people=[second.pk])).status_code == 302
    assert unit.post(url, posted(cast)).status_code == 302
    assert InputRequest.objects.count() == 2


def test_a_member_sees_the_question_and_nothing_else_of_the_case(review, cast, sign_in):
    [asked] = ask(review, cast)
    member = sign_in(cast.member)
    page = member.get(asked.get_absolute_url()).content.decode()
    assert "Is a review in proportion?" in page and "A baby was hurt." in page
    assert review.pseudonym not in page and "Three agencies" not in page
    for name in ("detail", "advice", "decision", "inputs"):
        assert member.get(reverse(f"reviews:{name}", args=[review.pk])).status_code == 404
    assert "Give your input" in member.get(reverse("home")).content.decode()
    answer = member.post(asked.get_absolute_url(), {"answer": "Yes, a small one."})
    assert answer.status_code == 302
    assert "Yes, a small one." in member.get(asked.get_absolute_url()).content.decode()
    assert "Give your input" not in member.get(reverse("home")).content.decode()


def test_an_answer_and_nothing_to_add_exclude_each_other(review, cast, sign_in):
    [asked] = ask(review, cast)
    fields = {"answer": "Yes.", "nothing_to_add": "on"}
    page = sign_in(cast.member).post(asked.get_absolute_url(), fields)
    assert page.status_code == 200 and "leave this box empty" in page.content.decode()


def test_what_was_typed_comes_back_to_its_writer(review, cast, sign_in):
    [asked] = ask(review, cast)
    member = sign_in(cast.member)
    key = f"input:{asked.pk}"
    member.post(reverse("drafts:save", args=[key]), {"answer": "Half a sentence", "version": 1})
    assert "Half a sentence" in member.get(asked.get_absolute_url()).content.decode()


def test_answers_are_for_unit_and_chair_alone(review, cast, sign_in):
    cast.on(review)
    [asked] = ask(review, cast)
    answer(asked, cast.member, answer="A narrow review.")
    url = reverse("reviews:inputs", args=[review.pk])
    for role in ("unit", "chair"):
        assert "A narrow review." in sign_in(cast.people[role]).get(url).content.decode()
    for role in ("lead", "panel", "auditor"):
        client = sign_in(cast.people[role])
        assert client.get(url).status_code == 403
        advice = client.get(reverse("reviews:advice", args=[review.pk])).content.decode()
        assert "Input of members" not in advice and cast.member.name not in advice


def test_the_terms_have_their_own_round_of_input(cast, sign_in):
    review = builders.review_at(Stage.UNDER_WAY, cast)
    lead = sign_in(cast.lead)
    url = reverse("reviews:terms_inputs_ask", args=[review.pk])
    assert lead.post(url, posted(cast)).status_code == 302
    assert {row.about for row in InputRequest.objects.all()} == {"terms"}
    page = lead.get(reverse("reviews:terms_inputs", args=[review.pk])).content.decode()
    assert cast.member.name in page
    assert lead.get(reverse("reviews:inputs", args=[review.pk])).status_code == 403


@pytest.mark.parametrize("name", ["advice", "inputs"])
def test_many_who_were_asked_cost_no_more_queries(
    review, cast, sign_in, django_assert_max_num_queries, name
):
    unit = sign_in(cast.unit)
    url = reverse(f"reviews:{name}", args=[review.pk])

    def cost():
        with django_assert_max_num_queries(60) as counted:
            unit.get(url)
        return len(counted)

    ask(review, cast)
    unit.get(url)
    few = cost()
    many = [board_person(f"Member {n}", cast.board, "member") for n in range(40)]
    for asked in ask(review, cast, *many):
        answer(asked, asked.user)
    assert cost() == few
