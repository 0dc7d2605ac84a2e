"""The unit's question pages, and the referral of a review."""

import pytest
from django.urls import reverse

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.case.operations.record import edit_review
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.contributions import evidence, worklist
from reviews.decisions.referrals.models import ClauseTest, LearningPriority, Tag
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests import builders

CHILD = {
    "child-pseudonym": "Child R",
    "child-harm": "harmed",
    "child-age_at_incident": "7 months",
    "child-incident_on_day": "12",
    "child-incident_on_month": "1",
    "child-incident_on_year": "2026",
}
DATES = {
    "dates-referrer_name": "Named nurse",
    "dates-aware_on_day": "13",
    "dates-aware_on_month": "1",
    "dates-aware_on_year": "2026",
    "dates-referred_on_day": "20",
    "dates-referred_on_month": "1",
    "dates-referred_on_year": "2026",
}
CRITERIA = {
    "criteria-ground": "criteria",
    "criteria-clause_abuse": "yes",
    "criteria-clause_died": "no",
    "criteria-clause_harmed": "yes",
    "criteria-note_harmed": "The ward's letter",
    "criteria-clause_joint_working": "unknown",
}
REASONS = {
    "reasons-rationale": "Three agencies knew.",
    "reasons-adults": "A12\n a12 ",
    "reasons-settings": "Ward 4",
    "reasons-urgent_risks": "A sister sees the same man.",
}
CHECK = "/reviews/refer/northmere/check"
ADULT, SETTING = Tag.Kind.ADULT, Tag.Kind.SETTING


def step(client, name, data):
    return client.post(reverse("reviews:refer_step", args=["northmere", name]), data)


def fill(client, **changed):
    pages = {"child": CHILD, "dates": DATES, "criteria": CRITERIA, "reasons": REASONS}
    for name, data in pages.items():
        answer = step(client, name, data | changed.get(name, {}))
    return answer


@pytest.fixture
def unit(cast, sign_in):
    return sign_in(cast.unit)


def referred(cast, *, case=None, child=None, tags=(), **referral):
    return operations.refer(
        board=cast.board,
        by=cast.unit,
        case=builders.CASE | (case or {}),
        child=builders.CHILD | (child or {}),
        referral=builders.REFERRAL | referral,
        tags=tags,
    )


def text(client, name, review):
    return client.get(reverse(name, args=[review.pk])).content.decode()


def test_a_referral_is_opened_by_question_pages(unit):
    assert fill(unit).url == CHECK
    page = unit.get(CHECK).content.decode()
    assert "Child R" in page and "20 January 2026" in page
    assert "The criteria are met" in page
    answer = unit.post(CHECK)
    review = Review.objects.get()
    assert answer.url == reverse("reviews:referred", args=[review.pk])
    referral = review.referral
    assert referral.rationale == "Three agencies knew."
    tested = dict(referral.clauses.values_list("clause", "answer"))
    assert tested == {"abuse": "yes", "died": "no", "harmed": "yes", "joint_working": "unknown"}
    assert referral.clauses.get(clause="harmed").note == "The ward's letter"
    assert {tag.label for tag in referral.tags.all()} == {"A12", "Ward 4"}
    assert review.reference in unit.get(answer.url).content.decode()
    page = text(unit, "reviews:referral", review)
    assert "A sister sees the same man." in page and "The ward&#x27;s letter" in page


def test_two_clicks_open_one_referral(unit):
    fill(unit)
    unit.post(CHECK)
    assert unit.post(CHECK).status_code == 302
    assert Review.objects.count() == 1


def test_what_was_typed_stays_when_the_page_is_left(unit, cast, sign_in):
    step(unit, "child", CHILD | {"child-incident_on_year": ""})
    again = sign_in(cast.unit).get(reverse("reviews:refer_step", args=["northmere", "child"]))
    assert "Child R" in again.content.decode()


def test_dates_in_the_wrong_order_are_said_at_the_field(unit):
    step(unit, "child", CHILD)
    answer = step(unit, "dates", DATES | {"dates-referred_on_year": "2025"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "lie before date the board learned" in page
    assert "Named nurse" in page


def test_a_date_in_the_future_and_a_long_name_are_said(unit):
    answer = step(
        unit, "child", CHILD | {"child-incident_on_year": "2190", "child-pseudonym": "R" * 300}
    )
    page = answer.content.decode()
    assert "must be today or in the past" in page
    assert "60 characters or fewer" in page
    assert "R" * 300 in page


def test_a_slow_referral_wants_its_reason(unit):
    step(unit, "child", CHILD)
    slow = DATES | {"dates-referred_on_month": "3"}
    answer = step(unit, "dates", slow)
    assert "Say why it took this long." in answer.content.decode()
    assert "own measure" in answer.content.decode()
    assert step(unit, "dates", slow | {"dates-delay_reason": "The inquest."}).status_code == 302


def test_a_draft_of_an_odd_shape_is_passed_over(unit):
    unit.post(reverse("drafts:save", args=["referral:northmere"]), {"child": "x", "dates": ["a"]})
    for name in ("child", "dates", "criteria", "reasons"):
        page = unit.get(reverse("reviews:refer_step", args=["northmere", name]))
        assert page.status_code == 200
    assert unit.get(CHECK).status_code == 302


def test_a_contradiction_is_said_and_bars_nothing(unit):
    no = {"criteria-clause_harmed": "no"}
    fill(unit, criteria=no)
    page = unit.get(CHECK).content.decode()
    assert "by the answers they are not" in page
    assert "“the child was seriously harmed” is answered no" in page
    assert unit.post(CHECK).status_code == 302
    page = text(unit, "reviews:referral", Review.objects.get())
    assert "by the answers they are not" in page


def test_the_clauses_are_those_of_the_day_of_the_referral(unit):
    early = {f"{name}_year": "2014" for name in ("child-incident_on",)}
    step(unit, "child", CHILD | early)
    early = {"dates-aware_on_year": "2014", "dates-referred_on_year": "2014"}
    step(unit, "dates", DATES | early)
    page = unit.get(reverse("reviews:refer_step", args=["northmere", "criteria"]))
    assert "regulation 5(2)" in page.content.decode()


def test_the_same_day_is_noticed_before_and_after(unit, cast):
    earlier = builders.a_review(cast)
    fill(unit)
    assert earlier.reference in unit.get(CHECK).content.decode()
    unit.post(CHECK)
    later = Review.objects.exclude(pk=earlier.pk).get()
    assert earlier.reference in text(unit, "reviews:referral", later)


def test_the_same_harm_age_and_tag_are_noticed_and_less_is_not(unit, cast):
    day = {"incident_on": builders.DAYS["incident_on"].replace(day=5)}
    same = referred(cast, case=day, tags=[(ADULT, "a12")])
    aged = referred(cast, case=day, child={"age_at_incident": "9"}, tags=[(ADULT, "A12")])
    bare = referred(cast, case=day)
    fill(unit)
    page = unit.get(CHECK).content.decode()
    assert same.reference in page
    assert aged.reference not in page and bare.reference not in page


def test_an_incident_that_one_may_not_see_is_not_noticed(unit, cast):
    earlier = referred(cast, tags=[(ADULT, "A12")])
    people.recuse(review=earlier, user=cast.unit, reason="Is related", by=cast.chair)
    step(unit, "reasons", REASONS)
    page = unit.get(reverse("reviews:refer_step", args=["northmere", "reasons"])).content.decode()
    assert "Tags used on this board" not in page
    fill(unit)
    assert earlier.reference not in unit.get(CHECK).content.decode()


def test_patterns_are_shown_with_what_is_shared(unit, cast):
    first = referred(cast, tags=[(ADULT, "A12"), (SETTING, "Ward 4")])
    by_agency = referred(cast, agency=cast.agency)
    unlike = referred(cast, tags=[(SETTING, "Ward 9")])
    last = referred(cast, agency=cast.agency, tags=[(SETTING, "ward 4")])
    page = text(unit, "reviews:referral", last)
    assert first.reference in page and "the same setting, Ward 4" in page
    assert "the same adult" not in page
    assert by_agency.reference in page and "referred by the same agency" in page
    assert "Ward 9" not in page
    assert unlike.reference in page, "the same day, and no pattern"


def test_no_pattern_crosses_a_board_or_a_recusal(cast, sign_in):
    seen = referred(cast, tags=[(ADULT, "A12")])
    last = referred(cast, tags=[(ADULT, "A12")])
    theirs = operations.refer(
        board=cast.other_board,
        by=cast.outsider,
        case=builders.CASE,
        child=builders.CHILD,
        referral=builders.REFERRAL,
        tags=[(ADULT, "A12")],
    )
    page = text(sign_in(cast.unit), "reviews:referral", last)
    assert str(seen.pk) in page and str(theirs.pk) not in page
    people.recuse(review=seen, user=cast.unit, reason="Is related", by=cast.chair)
    page = text(sign_in(cast.unit), "reviews:referral", last)
    assert str(seen.pk) not in page
    cast.on(last)
    assert str(seen.pk) not in text(sign_in(cast.lead), "reviews:referral", last)


def test_the_referral_costs_the_same_with_many_patterns(cast, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    last = referred(cast, tags=[(ADULT, "A12")], agency=cast.agency)
    client, costs = sign_in(cast.unit), []
    url = reverse("reviews:referral", args=[last.pk])
    for more in (1, 9):
        for _ in range(more):
            referred(cast, tags=[(ADULT, "A12"), (SETTING, "Ward 4")], agency=cast.agency)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def edited(review, **changed):
    referral = review.referral
    return {
        "referrer_name": referral.referrer_name,
        "ground": referral.ground,
        "rationale": referral.rationale,
        "version": referral.version,
        "clause_abuse": "yes",
        "clause_died": "yes",
        "clause_harmed": "no",
        "clause_joint_working": "unknown",
    } | changed


def test_a_referral_is_put_right_on_one_page(unit, cast):
    review = referred(cast, tags=[(ADULT, "A12")])
    url = reverse("reviews:referral_edit", args=[review.pk])
    assert "A12" in unit.get(url).content.decode()
    assert unit.post(url, edited(review, settings="Ward 4")).status_code == 302
    review.referral.refresh_from_db()
    assert [tag.label for tag in review.referral.tags.all()] == ["Ward 4"]
    assert review.referral.version == 2
    event = AuditEvent.objects.get(kind="referral_changed")
    assert event.changes["fields"] == "the criteria, tags"
    unit.post(url, edited(review, settings="Ward 4"))
    assert AuditEvent.objects.filter(kind="referral_changed").count() == 1, "nothing was new"


def test_two_who_change_it_lose_no_text(unit, cast):
    review = referred(cast)
    url = reverse("reviews:referral_edit", args=[review.pk])
    unit.post(url, edited(review, rationale="Their words", note_abuse="Their note"))
    page = unit.post(url, edited(review, rationale="My words")).content.decode()
    assert "Somebody else has changed the referral" in page
    assert "Their words" in page and "My words" in page and "Their note" in page


def test_an_edit_does_not_take_the_reason_of_a_slow_referral_away(unit, cast):
    review = referred(cast, delay_reason="The inquest", case={"notified_on": None})
    edit_review(review=review, version=1, by=cast.unit, incident_on=builders.DAYS["incident_on"])
    Review.objects.filter(pk=review.pk).update(aware_on="2026-01-02", incident_on="2026-01-01")
    with pytest.raises(Refused, match="Say why the referral took this long"):
        operations.change_referral(
            referral=review.referral, version=1, by=cast.unit, delay_reason=" "
        )


def test_the_database_of_answers_takes_no_slow_referral_without_a_reason(cast):
    with pytest.raises(Refused, match="Say why the referral took this long"):
        referred(cast, case={"referred_on": builders.DAYS["referred_on"].replace(month=3)})
    assert not Review.objects.exists()


def test_what_turned_out_slow_waits_for_its_reason(cast):
    review = referred(cast)
    said = [str(need.text) for need in worklist(cast.unit)]
    assert said == ["Begin to consider the referral"]
    Review.objects.filter(pk=review.pk).update(aware_on="2026-01-02", incident_on="2026-01-01")
    said = [str(need.text) for need in worklist(cast.unit)]
    assert "Say why the referral took so long" in said
    assert [str(need.text) for need in worklist(cast.chair)] == []


def test_each_question_of_the_marker_has_its_evidence(cast):
    review = referred(cast, support="The ward's notes")
    found = evidence(review, cast.unit, 1)
    assert [each.question for each in found] == ["1.1", "1.2", "1.3"]
    assert "the information that supports them" in str(found[0].text)
    assert "The statutory criteria are met" in str(found[1].text)
    assert "12 January 2026" in str(found[2].text)
    assert evidence(review, cast.unit, 2) == []
    assert evidence(review, cast.member, 1) == []


# --- learning priorities


def test_another_reason_names_a_learning_priority(unit, cast):
    row = operations.add_priority(board=cast.board, title="Neglect of adolescents", by=cast.chair)
    step(unit, "child", CHILD)
    step(unit, "dates", DATES)
    page = unit.get(reverse("reviews:refer_step", args=["northmere", "criteria"]))
    assert "Neglect of adolescents" in page.content.decode()
    fill(unit, criteria={"criteria-ground": "other", "criteria-priority": row.pk})
    unit.post(CHECK)
    assert Review.objects.get().referral.priority == row
    page = text(unit, "reviews:referral", Review.objects.get())
    assert "Neglect of adolescents" in page
    assert "Learning priority" in str(evidence(Review.objects.get(), cast.unit, 1)[1].text)


def test_the_list_of_priorities_is_kept(cast, sign_in):
    client = sign_in(cast.chair)
    url = reverse("reviews:priorities", args=["northmere"])
    assert "None is kept yet" in client.get(url).content.decode()
    client.post(url, {"title": "Neglect"})
    assert "already" in client.post(url, {"title": "neglect"}).content.decode()
    row = LearningPriority.objects.get()
    end = reverse("reviews:priority_end", args=["northmere", row.pk])
    client.post(end)
    client.post(end)
    row.refresh_from_db()
    assert row.ends
    kinds = list(AuditEvent.objects.filter(kind__startswith="board_priority").values_list("kind"))
    assert len(kinds) == 2
    with pytest.raises(Exception, match="keep_registers"):
        operations.add_priority(board=cast.board, title="Mine", by=cast.member)


def test_no_answer_takes_a_clause_away(cast):
    review = referred(cast)
    asked = {"abuse": ("yes", "Seen"), "died": ("no", "")}
    operations.change_referral(referral=review.referral, version=1, by=cast.unit, clauses=asked)
    assert ClauseTest.objects.count() == 2
    operations.change_referral(
        referral=review.referral, version=2, by=cast.unit, clauses={"abuse": ("no", "")}
    )
    assert list(ClauseTest.objects.values_list("clause", "answer", "note")) == [("abuse", "no", "")]
