from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.operations import people
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.decisions.briefings.operations import reading
from scr_portal.core import clock
from tests import builders
from tests.cast import board_person
from tests.reviews.decisions.briefings.telling import WORDS, issued, ready

LIST = "/reviews/briefings"


def page(client, name, *args):
    return client.get(reverse(f"reviews:{name}", args=args)).content.decode()


def posted_words(**more):
    on = clock.today() + timedelta(days=10)
    day = {"read_by_day": on.day, "read_by_month": on.month, "read_by_year": on.year}
    ticked = {"tells_outcome": "on", "tells_rationale": "on"}
    return {"title": WORDS["title"], "text": WORDS["text"], "version": 0} | ticked | day | more


def test_from_a_draft_to_a_receipt(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    unit, chair, member = (sign_in(p) for p in (cast.unit, cast.chair, cast.member))
    assert "Members have not been told" in page(unit, "briefing_room", review.pk)
    edit = reverse("reviews:briefing_edit", args=[review.pk])
    shown = unit.post(edit, posted_words(), follow=True).content.decode()
    assert builders.DECISION["rationale"] in shown and WORDS["text"] in shown
    assert builders.DECISION["nature"] not in shown
    unit.post(reverse("reviews:briefing_put", args=[review.pk]))
    before = page(chair, "briefing_issue", review.pk)
    assert "1 board member: Board member Invented" in before
    issue = reverse("reviews:briefing_issue", args=[review.pk])
    version = Briefing.objects.get().version
    assert chair.post(issue, {"version": version}).status_code == 302
    assert "no longer where your page had it" in chair.post(issue, follow=True).content.decode()
    briefing = Briefing.objects.get()
    read = page(member, "briefing", review.pk, briefing.pk)
    assert builders.DECISION["rationale"] in read and "I have read this" in read
    done = member.post(
        reverse("reviews:briefing_read", args=[review.pk, briefing.pk]), follow=True
    ).content.decode()
    assert "You said that you have read it" in done
    assert "Opened by 1 and read by 1 of 1." in page(
        unit, "briefing_readers", review.pk, briefing.pk
    )


def test_a_member_learns_no_more_than_was_chosen(cast, sign_in):
    briefing = issued(cast, tells_rationale=False)
    member = sign_in(cast.member)
    everything = "".join(
        member.get(url).content.decode()
        for url in (
            "/",
            LIST,
            "/inbox/",
            f"{LIST}?q=bruises",
            Receipt.objects.get().get_absolute_url(),
        )
    )
    assert briefing.review.reference in everything
    for secret in (
        builders.CASE["pseudonym"],
        *(builders.DECISION[k] for k in ("nature", "rationale")),
    ):
        assert secret not in everything
    assert "No briefing holds that" in member.get(f"{LIST}?q=agencies").content.decode()


def test_the_home_page_and_the_header_of_a_member(cast, sign_in):
    member = sign_in(cast.member)
    empty = member.get("/").content.decode()
    assert "Nothing is waiting for you" in empty and LIST in empty
    assert "No briefing has been issued to you" in member.get(LIST).content.decode()
    briefing = issued(cast)
    home = member.get("/").content.decode()
    assert "Read the briefing" in home and f"briefing/{briefing.pk}" in home
    assert f'href="{LIST}"' in home
    assert f'href="{LIST}"' not in sign_in(cast.unit).get("/").content.decode()


def test_a_late_joiner_finds_earlier_briefings(cast, sign_in):
    briefing = issued(cast)
    late = sign_in(board_person("Late Invented", cast.board, "member"))
    assert "issued before you joined" in late.get("/").content.decode()
    assert "issued before you joined" in late.get(LIST).content.decode()
    assert "To be read by" in page(late, "briefing", briefing.review_id, briefing.pk)
    assert "issued before you joined" not in late.get("/").content.decode()


def test_a_recused_member_finds_nothing_anywhere(cast, sign_in):
    briefing = issued(cast)
    people.recuse(review=briefing.review, user=cast.member, reason="Is related", by=cast.unit)
    member = sign_in(cast.member)
    for url in ("/", LIST, "/inbox/", f"{LIST}?q={briefing.review.reference}"):
        assert f"briefing/{briefing.pk}" not in member.get(url).content.decode()
    assert member.get(Receipt.objects.get().get_absolute_url()).status_code == 404


def test_another_boards_member_and_a_draft_are_absent(cast, sign_in):
    briefing = ready(cast)
    url = reverse("reviews:briefing", args=[briefing.review_id, briefing.pk])
    assert sign_in(cast.member).get(url).status_code == 404
    other = board_person("Other Member Invented", cast.other_board, "member")
    assert sign_in(other).get(url).status_code == 404


@pytest.mark.parametrize("who", ["lead", "panel", "auditor", "liaison"])
def test_who_reads_decisions_sees_what_was_issued_and_no_draft(cast, sign_in, who):
    first = issued(cast)
    cast.on(first.review)
    ready(cast, first.review, title="Secret draft")
    shown = page(sign_in(cast.people[who]), "briefing_room", first.review_id)
    assert WORDS["title"] in shown and "Secret draft" not in shown
    assert "Read by 0 of 1" in shown
    readers = reverse("reviews:briefing_readers", args=[first.review_id, first.pk])
    assert readers not in shown
    assert sign_in(cast.people[who]).get(readers).status_code == 403


def test_a_lost_race_shows_both_texts(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    edit = reverse("reviews:briefing_edit", args=[review.pk])
    sign_in(cast.unit).post(edit, posted_words())
    late = sign_in(cast.chair).post(edit, posted_words(text="The chair's words")).content.decode()
    assert WORDS["text"] in late and "The chair&#x27;s words" in late


def test_giving_up_asks_for_a_reason(cast, sign_in):
    briefing = issued(cast)
    receipt = Receipt.objects.get()
    url = reverse("reviews:briefing_give_up", args=[briefing.review_id, receipt.pk])
    unit = sign_in(cast.unit)
    assert unit.post(url).status_code == 200
    shown = unit.post(url, {"reason": "On leave"}, follow=True).content.decode()
    assert "On leave" in shown and "Nobody is waited for." in shown


def test_the_chair_returns_it(cast, sign_in):
    briefing = ready(cast)
    url = reverse("reviews:briefing_return", args=[briefing.review_id])
    sign_in(cast.chair).post(url, {"reasons": "Say less."})
    assert "Say less." in page(sign_in(cast.unit), "briefing_room", briefing.review_id)


@pytest.mark.parametrize("number", [1, 10, 40])
def test_lists_cost_the_same_for_any_number(cast, sign_in, django_assert_max_num_queries, number):
    briefing = issued(cast)
    members = [board_person(f"Member {n} Invented", cast.board, "member") for n in range(number)]
    for person in members:
        reading.opened(briefing=briefing, by=person)
    client = sign_in(cast.unit)
    url = reverse("reviews:briefing_readers", args=[briefing.review_id, briefing.pk])
    with django_assert_max_num_queries(32):
        assert client.get(url).content.decode().count("Not yet") == number + 1


@pytest.mark.parametrize("number", [1, 10])
def test_a_members_list_costs_the_same(cast, sign_in, django_assert_max_num_queries, number):
    for day in range(number):
        issued(cast, builders.review_at(Stage.DECIDED, cast, pseudonym=f"Child {day}"))
    client = sign_in(cast.member)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).content.decode().count("Not read yet") == number
