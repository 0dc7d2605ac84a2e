"""The one door, and everything that must not show what is behind it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word

from families.contributions import papers
from families.contributions.contributions import about_person, family_phases, rooms
from families.contributions.forms.writing import SaidForm
from families.contributions.models import Contribution
from families.contributions.operations import readers
from families.involvement.operations import contacts
from families.people.panels import panels
from reviews.case.evidence import evidence
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.case.queries import history_for
from reviews.permissions import Role
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.notifications.models import Notification
from tests import builders
from tests.families.contributions.saying import (
    WORDS,
    a_contribution,
    a_use,
    beside_a_record,
    checked,
    closed,
    named,
    side_by_side,
)

ALL = ["unit", "chair", "auditor", "lead", "liaison", "panel", "observer", "member", "agency"]
ALL += ["stranger", "outsider", "administrator"]


def url(name, review, *more):
    return reverse(f"families:{name}", args=[review.pk, *more])


def reads(user, review):
    """Asked of a review that is fetched anew, as in a page; the two doors say the same."""
    review = Review.objects.get(pk=review.pk)
    found = set(Contribution.objects.readable(user, review))
    anywhere = Contribution.objects.readable_anywhere(user).filter(review=review)
    assert found == set(anywhere)
    return found


@pytest.fixture
def three(review, family, cast):
    """Of the mother for the team, of the father and of the grandmother for named people."""
    return [
        a_contribution(review, cast, person=family.mother, topic="Visits by the midwife"),
        a_contribution(
            review, cast, person=family.father, topic="The night before", visibility="named"
        ),
        a_contribution(
            review, cast, person=family.grandmother, topic="What she saw", visibility="named"
        ),
    ]


def test_the_team_reads_what_is_for_the_team_and_the_author_all(review, cast, three):
    for who in ALL:
        wanted = {"lead": {three[0]}, "liaison": set(three)}.get(who, set())
        assert reads(cast.people[who], review) == wanted, who


@pytest.mark.parametrize("who", ["chair", "unit", "auditor", "panel", "observer", "lead"])
def test_a_named_reader_reads_that_one(review, cast, three, who):
    named(three[1], cast.people[who], by=cast.liaison)
    team = {three[0]} if who == "lead" else set()
    assert reads(cast.people[who], review) == {three[1]} | team


def test_somebody_else_of_the_team_does_not_read_what_the_lead_was_told(review, cast):
    made = a_contribution(review, cast, by=cast.lead, visibility="named")
    assert reads(cast.lead, review) == {made}
    assert reads(cast.liaison, review) == set()


def test_an_ended_reader_reads_nothing(review, cast, three):
    reader = named(three[1], cast.panel, by=cast.liaison)
    closed(three[1], reader, by=cast.liaison)
    assert reads(cast.panel, review) == set()
    assert Contribution.objects.get(pk=three[1].pk).readers.count() == 1
    named(three[1], cast.panel, by=cast.liaison)
    assert reads(cast.panel, review) == {three[1]}


def test_a_recusal_closes_it_to_reader_team_and_author(review, cast, three):
    named(three[1], cast.panel, cast.lead, by=cast.liaison)
    for who in ("panel", "lead", "liaison"):
        people.recuse(review=review, user=cast.people[who], reason="Knows them", by=cast.unit)
        assert reads(cast.people[who], review) == set(), who


def test_who_lost_the_review_lost_it_too(review, cast, three):
    named(three[1], cast.panel, by=cast.liaison)
    for role in (Role.PANEL, Role.LIAISON):
        appointment = review.appointments.get(user=cast.people[role])
        people.end_appointment(appointment=appointment, by=cast.unit)
        assert reads(cast.people[role], review) == set()


def test_the_door_of_one_review_opens_no_other(review, cast, three, sign_in):
    other = builders.a_review(cast)
    cast.on(other, Role.LEAD, Role.LIAISON)
    assert reads(cast.liaison, other) == set()
    wrong = url("contribution", other, three[0].pk)
    assert sign_in(cast.liaison).get(wrong).status_code == 404


@pytest.mark.parametrize("name", ["contribution", "contribution_texts"])
def test_what_one_may_not_read_is_as_absent_as_what_is_not(review, cast, three, sign_in, name):
    named(three[1], cast.panel, by=cast.liaison)
    other = builders.a_review(cast)
    cast.on(other)
    client = sign_in(cast.panel)
    assert client.get(url(name, review, three[1].pk)).status_code == 200
    missing = client.get(url(name, review, 999_999))
    assert missing.status_code == 404
    for wrong in (
        url(name, review, three[0].pk),
        url(name, review, three[2].pk),
        url(name, other, three[1].pk),
    ):
        answer = client.get(wrong)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_the_room_is_not_there_for_who_reads_none(review, cast, three, sign_in):
    for who in ("unit", "chair", "auditor", "panel", "observer"):
        client = sign_in(cast.people[who])
        for name, more in (("contributions", ()), ("contributions_file", ("pdf",))):
            answer = client.get(url(name, review, *more))
            assert answer.status_code == 404, (who, name)
            assert client.post(url(name, review, *more)).content == answer.content, (who, name)
        front = client.get(review.get_absolute_url()).content.decode()
        assert url("contributions", review) not in front, who
        offered = {row["name"] for row in rooms(review, cast.people[who])}
        assert "families:contributions" not in offered, who


def test_a_panel_member_named_on_one_of_three_sees_exactly_that_one(
    review, cast, three, family, sign_in
):
    side_by_side(three[1], three[2], by=cast.liaison)
    named(three[1], cast.panel, by=cast.liaison)
    client = sign_in(cast.panel)
    assert url("contributions", review) in client.get(review.get_absolute_url()).content.decode()
    page = client.get(url("contributions", review)).content.decode()
    assert "1 contribution<" in page and "All</a>" not in page and "All (1)" in page
    assert "The night before" in page
    for hidden in ("Visits by the midwife", "What she saw", "Mother", "Maternal grandmother"):
        assert hidden not in page, hidden
    one = client.get(three[1].get_absolute_url()).content.decode()
    assert WORDS in one and "Who held her" not in one and "Accounts that differ" not in one
    assert family.father.get_absolute_url() not in one
    assert "Change what was written down" not in one and cast.liaison.name in one
    filtered = client.get(url("contributions", review), {"person": family.mother.pk})
    assert "Choose one of the answers" in filtered.content.decode()


def test_the_file_of_a_named_reader_holds_that_one(review, cast, three, sign_in):
    side_by_side(three[1], three[0], by=cast.liaison)
    named(three[1], cast.panel, by=cast.liaison)
    answer = sign_in(cast.panel).get(url("contributions_file", review, "docx"))
    assert review.reference in answer["Content-Disposition"]
    assert "Father" not in answer["Content-Disposition"]
    words = "\n".join(_words(answer.content))
    assert "The night before" in words and WORDS in words
    assert "Visits by the midwife" not in words and "Who held her" not in words
    assert "Visits by the midwife" in "\n".join(
        _words(sign_in(cast.liaison).get(url("contributions_file", review, "docx")).content)
    )
    assert sign_in(cast.liaison).get(url("contributions_file", review, "odt")).status_code == 404


def _words(content):
    made = Word(BytesIO(content))
    yield from (each.text for each in made.paragraphs)
    yield from (cell.text for table in made.tables for row in table.rows for cell in row.cells)


def test_a_reader_without_leave_to_export_takes_no_copy(review, cast, three, sign_in):
    named(three[1], cast.observer, by=cast.liaison)
    client = sign_in(cast.observer)
    assert client.get(three[1].get_absolute_url()).status_code == 200
    assert client.get(url("contributions_file", review, "pdf")).status_code == 403
    assert "as PDF" not in client.get(url("contributions", review)).content.decode()


def events(review, user):
    """But for who opened the review, which any page of it leaves."""
    review = Review.objects.get(pk=review.pk)
    rows = history_for(review, user).exclude(kind="review_opened")
    return set(rows.values_list("pk", flat=True))


def test_a_history_hides_what_its_reader_may_not_read(review, cast, three, sign_in):
    """Of all that is done to a contribution, whoever reads the history."""
    begun = events(review, cast.unit)
    for made in three:
        beside_a_record(made, cast)
        checked(made, "shown")
        a_use(made, cast)
        closed(made, named(made, cast.observer, by=cast.liaison), by=cast.liaison)
    pair = side_by_side(three[0], three[1], by=cast.liaison)
    sign_in(cast.liaison).get(url("contributions_file", review, "pdf"))
    written = AuditEvent.objects.filter(review_id=review.pk).exclude(pk__in=begun)
    targets = dict(written.values_list("pk", "target_id"))
    assert events(review, cast.unit) == begun and events(review, cast.auditor) == begun
    lead = events(review, cast.lead)
    assert {targets.get(pk, str(three[0].pk)) for pk in lead} == {str(three[0].pk)}
    assert not written.filter(kind="family_account_added", changes__contributions=[
        pair.contribution_id, pair.other_id
    ], pk__in=lead).exists()  # fmt: skip
    assert not written.filter(kind="downloaded", pk__in=lead).exists()
    named(three[1], cast.chair, by=cast.liaison)
    chair = events(review, cast.chair) - begun
    assert set(AuditEvent.objects.filter(pk__in=chair).values_list("target_id", flat=True)) == {
        str(three[1].pk)
    }
    shown = sign_in(cast.chair).get(reverse("reviews:history", args=[review.pk])).content.decode()
    assert f"contribution {three[1].pk}" in shown
    assert f"contribution {three[0].pk}" not in shown
    for word in (WORDS, "midwife", "Midwife", "Finding 2", "night before"):
        assert word not in shown


def test_who_reads_all_of_a_copy_finds_that_it_was_taken(review, cast, sign_in):
    a_contribution(review, cast)
    sign_in(cast.liaison).get(url("contributions_file", review, "pdf"))
    found = history_for(review, cast.lead).get(kind="downloaded")
    assert found.target_label == "what family members said, as PDF"
    assert not history_for(review, cast.chair).filter(kind="downloaded").exists()


def test_a_reader_is_told_without_a_word_of_it(review, cast, three):
    told = Notification.objects.filter(kind="contribution_opened")
    assert {row.user for row in told} == {cast.lead}
    named(three[1], cast.panel, by=cast.liaison)
    row = told.get(user=cast.panel)
    assert row.sentence == f"What somebody said for {review.reference} was opened to you"
    assert row.link == three[1].get_absolute_url()
    named(three[0], cast.lead, by=cast.liaison)
    assert told.filter(user=cast.lead).count() == 1


def test_panels_of_a_person_count_what_is_read(review, cast, three, family):
    for who, wanted in (("liaison", ["Contributions: 1"]), ("lead", []), ("chair", None)):
        person = type(family.father).objects.get(pk=family.father.pk)
        found = [
            panel for panel in panels(person, cast.people[who]) if "contributions" in panel.url
        ]
        if wanted is None:
            assert not found
        else:
            assert [line for line in found[0].lines if line.startswith("Contributions")] == wanted
    named(three[1], cast.chair, by=cast.liaison)
    person = type(family.father).objects.get(pk=family.father.pk)
    assert about_person(person, cast.chair)[0].lines[0] == "Contributions: 1"
    mother = type(family.mother).objects.get(pk=family.mother.pk)
    assert about_person(mother, cast.chair)[0].lines == []


def test_phases_hold_what_is_read(review, cast, three, family):
    again = Review.objects.get
    assert {fact.person_id for fact in family_phases(again(pk=review.pk), cast.liaison)} == {
        family.mother.pk,
        family.father.pk,
        family.grandmother.pk,
    }
    lead = family_phases(again(pk=review.pk), cast.lead)
    assert [fact.person_id for fact in lead] == [family.mother.pk] * 2
    assert family_phases(again(pk=review.pk), cast.chair) == []


def test_evidence_counts_what_is_read_and_says_nothing_else(review, cast, three):
    a_use(three[0], cast)
    checked(three[0])

    def said(who):
        found = evidence(Review.objects.get(pk=review.pk), cast.people[who], 12)
        mine = [e for e in found if "contribution" in str(e.text).lower()]
        return {e.question: str(e.text) for e in mine}

    assert said("lead")["12.6"].startswith("1 contributions by family members; 1 used")
    assert said("liaison")["12.9"].startswith("1 of 3 contributions")
    assert said("chair")["12.6"].startswith("No contribution by a family member that you may read")
    assert said("chair") == said("auditor")
    assert not evidence(Review.objects.get(pk=review.pk), cast.observer, 12)


def test_filters_find_by_person_topic_time_check_and_use(review, cast, three, family, sign_in):
    a_contribution(
        review, cast, person=family.mother, topic="Before the birth", period_to="2025-05-01"
    )
    checked(three[0])
    a_use(three[0], cast)
    client = sign_in(cast.liaison)

    def found(**asked):
        page = client.get(url("contributions", review), asked)
        return {row["it"].topic for row in page.context["rows"]}

    topics = {row.topic for row in three} | {"Before the birth"}
    assert found() == topics
    assert found(person=family.mother.pk) == {"Visits by the midwife", "Before the birth"}
    assert found(topic="What she saw") == {"What she saw"}
    assert found(check_state="agreed") == {"Visits by the midwife"}
    assert found(became="used") == {"Visits by the midwife"}
    assert found(became="nothing") == topics - {"Visits by the midwife"}
    assert found(became="not_used") == set()
    assert found(until="2025-04-01") == {"Before the birth"}
    assert found(since="2025-06-01") == set()
    assert found(since="nonsense") == topics
    nothing = client.get(url("contributions", review), {"became": "not_used"}).content.decode()
    assert "Nothing matches" in nothing


def test_an_empty_room_says_what_to_do_first(review, cast, sign_in):
    page = sign_in(cast.liaison).get(url("contributions", review)).content.decode()
    assert "After each conversation" in page
    assert "as PDF" not in page


def test_closing_it_to_oneself_leads_out(review, cast, three, sign_in):
    reader = named(three[1], cast.lead, by=cast.liaison)
    client = sign_in(cast.lead)
    answer = client.post(url("contribution_reader_end", review, three[1].pk, reader.pk))
    assert answer.url == url("contributions", review)
    assert client.get(three[1].get_absolute_url()).status_code == 404


def test_who_reads_by_name_keeps_nothing(review, cast, three, sign_in):
    named(three[1], cast.panel, by=cast.liaison)
    client = sign_in(cast.panel)
    for name in ("contribution_edit", "contribution_readers", "contribution_check", "use_new"):
        assert client.get(url(name, review, three[1].pk)).status_code == 403, name
    with pytest.raises(PermissionDenied):
        named(three[1], cast.chair, by=cast.panel)
    with pytest.raises(PermissionDenied):
        readers.let_read(
            contribution=three[1], version=1, visibility="team", readers=[], by=cast.lead
        )


def test_the_list_and_the_page_cost_the_same_at_any_size(review, cast, family, sign_in):
    client, counts, made = sign_in(cast.lead), [], []
    for size in (1, 10, 40):
        while len(made) < size:
            made.append(a_contribution(review, cast, topic=f"Topic {len(made)}"))
            a_use(made[-1], cast)
            checked(made[-1])
            named(made[-1], cast.panel, by=cast.liaison)
            if len(made) > 1:
                side_by_side(made[0], made[-1], by=cast.liaison)
            beside_a_record(made[0], cast, about=f"Matter {len(made)}")
        cost = []
        for address in (url("contributions", review), made[0].get_absolute_url()):
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            cost.append(len(caught))
        counts.append(tuple(cost))
    assert counts[1] == counts[2], counts
    assert counts[0] == counts[1], counts


def test_a_paper_of_a_summer_night_bears_the_day_of_london(review, cast):
    made = a_contribution(review, cast)
    at = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    assert "15 July 2026" in papers.paper_of(review, [made], by=cast.lead, at=at).version


def test_who_may_write_but_not_see_the_register_is_offered_no_contact(review, cast, family):
    contacts.make(
        review=review,
        people=[family.mother],
        phase="informing",
        how="visit",
        by_whom="The liaison",
        on=clock.today(),
        token="met",
        by=cast.liaison,
    )
    offered = {
        user: SaidForm(user=user, review=review).fields["contact"].queryset.count()
        for user in (cast.liaison, cast.panel)
    }
    assert offered == {cast.liaison: 1, cast.panel: 0}


def test_without_anybody_named_it_says_that_its_writer_alone_reads_it(review, cast, sign_in):
    made = a_contribution(review, cast, visibility="named")
    page = sign_in(cast.liaison).get(made.get_absolute_url()).content.decode()
    assert f"{cast.liaison} alone, who wrote it down" in page
    named(made, cast.panel, by=cast.liaison)
    page = sign_in(cast.liaison).get(made.get_absolute_url()).content.decode()
    assert "alone, who wrote it down" not in page
