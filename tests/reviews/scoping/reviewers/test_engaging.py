from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from reviews.case.operations import people
from reviews.case.operations.record import Stale
from reviews.permissions import Permission, Role
from reviews.scoping.reviewers import contributions, queries
from reviews.scoping.reviewers.models import Engagement, IndependenceDeclaration
from reviews.scoping.reviewers.operations import engaging
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import person
from tests.reviews.scoping.building import SAID, a_reviewer, declared, engaged, tied


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.COMMISSIONING, cast)


def url(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.pk, *more])


def page(client, review):
    return client.get(url("reviewers", review)).content.decode()


def typed(reviewer, **more):
    answers = {"employed": "no", "managed": "no", "related": "no", "token": "one-click"}
    return {"reviewer": reviewer.pk, "declared_on": clock.today().isoformat()} | answers | more


def test_an_empty_page_says_what_comes_first(cast, review, sign_in):
    assert "First somebody of the board" in page(sign_in(cast.unit), review)
    empty = sign_in(cast.unit).get(url("declare", review)).content.decode()
    assert reverse("reviews:register_new", args=[cast.board.slug]) in empty


def test_a_declaration_and_an_engagement_through_the_pages(cast, review, sign_in):
    reviewer, client = a_reviewer(cast), sign_in(cast.unit)
    for _click in range(2):
        assert client.post(url("declare", review), typed(reviewer)).status_code == 302
    assert IndependenceDeclaration.objects.count() == 1
    agreed = {"part": "Lead reviewer", "starts": clock.today().isoformat(), "days": "12.5"}
    assert client.post(url("engage", review, reviewer.pk), agreed).status_code == 302
    again = client.post(url("engage", review, reviewer.pk), agreed).content.decode()
    assert "engaged on this review already" in again
    assert Engagement.objects.count() == 1
    shown = page(sign_in(cast.auditor), review)
    assert "Independent" in shown and "12.5 days" in shown and "Free from May" in shown
    assert reviewer.contact not in shown


@pytest.mark.parametrize("tie", ["employed", "managed", "related"])
def test_a_yes_asks_for_details(cast, review, sign_in, tie):
    reviewer = a_reviewer(cast)
    client = sign_in(cast.unit)
    answer = client.post(url("declare", review), typed(reviewer, **{tie: "yes"}))
    assert "Describe what ties the reviewer" in answer.content.decode()
    with pytest.raises(Refused, match="Describe what ties"):
        declared(cast, review, reviewer, **{tie: True})
    assert not IndependenceDeclaration.objects.exists()


def test_who_is_not_independent_is_refused_with_the_reason(cast, review, sign_in):
    reviewer, client = a_reviewer(cast), sign_in(cast.unit)
    said = {"employed": "yes", "agency": cast.agency.pk, "details": "Named doctor"}
    client.post(url("declare", review), typed(reviewer, **said))
    agreed = {"part": "Lead reviewer", "starts": clock.today().isoformat()}
    answer = client.post(url("engage", review, reviewer.pk), agreed).content.decode()
    assert "is not independent by the declaration" in answer
    assert f"employed by {cast.agency.name}" in answer
    assert not Engagement.objects.exists()


def test_nobody_is_engaged_without_a_declaration_or_from_elsewhere(cast, review):
    reviewer = a_reviewer(cast)
    with pytest.raises(Refused, match="No declaration of independence"):
        engaged(cast, review, reviewer)
    other = builders.a_review(cast, pseudonym="Child S")
    declared(cast, other, reviewer)
    with pytest.raises(Refused, match="No declaration of independence"):
        engaged(cast, review, reviewer)
    reviewer.board = cast.other_board
    reviewer.save()
    with pytest.raises(Refused, match="this board's register"):
        declared(cast, review, reviewer)


def test_the_newest_declaration_counts_whatever_the_order_of_recording(cast, review):
    reviewer, today = a_reviewer(cast), clock.today()
    tied(cast, review, reviewer, on=today)
    declared(cast, review, reviewer, on=today - timedelta(days=9))
    assert not queries.newest_of(review, reviewer).is_independent
    declared(cast, review, reviewer, on=today)
    assert queries.newest_of(review, reviewer).is_independent


def test_a_declaration_stands_as_it_was_made(cast, review):
    made = declared(cast, review, a_reviewer(cast))
    for act in (made.save, made.delete):
        with pytest.raises(InternalError), transaction.atomic():
            act()
    with pytest.raises(Refused, match="future"):
        declared(cast, review, made.reviewer, on=clock.today() + timedelta(days=1))


def test_a_lead_who_is_not_independent_is_not_appointed(cast, review, sign_in):
    tied(cast, review, a_reviewer(cast, user=cast.lead))
    client, address = sign_in(cast.chair), reverse("reviews:appoint", args=[review.pk])
    answer = client.post(address, {"who": cast.lead.email, "role": "lead"}).content.decode()
    assert "is not independent by the declaration" in answer
    assert client.post(address, {"who": cast.lead.email, "role": "observer"}).status_code == 302
    declared(cast, review, cast.lead.reviewer_entries.get())
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)


def test_the_reason_is_for_who_may_read_the_declaration(cast, review):
    tied(cast, review, a_reviewer(cast, user=cast.lead))
    [reason] = contributions.appointable(review, cast.lead, Role.LEAD, cast.unit)
    assert cast.agency.name in str(reason) and reason.url
    people.grant(
        review=review,
        user=cast.stranger,
        permission=Permission.APPOINT,
        reason="Cover",
        by=cast.unit,
        ends=None,
    )
    [reason] = contributions.appointable(review, cast.lead, Role.LEAD, cast.stranger)
    assert cast.agency.name not in str(reason) and not reason.url
    assert "independent" not in str(reason)


def test_independence_that_ends_later_says_what_to_do(cast, review, sign_in):
    reviewer = a_reviewer(cast, user=cast.lead)
    declared(cast, review, reviewer, on=clock.today() - timedelta(days=3))
    made = engaged(cast, review, reviewer)
    given = people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    assert not contributions.worklist(cast.unit)
    tied(cast, review, reviewer)
    shown = page(sign_in(cast.unit), review)
    assert "no longer independent of it" in shown
    assert url("engagement_end", review, made.pk) in shown
    [need] = contributions.worklist(cast.unit)
    assert "still at work" in str(need.text)
    assert not contributions.worklist(cast.auditor) and not contributions.worklist(cast.outsider)
    client = sign_in(cast.unit)
    ended = client.post(url("engagement_end", review, made.pk), {"ended_reason": "New post"})
    assert ended.status_code == 302
    twice = client.post(url("engagement_end", review, made.pk), {"ended_reason": "New post"})
    assert "has ended already" in twice.content.decode()
    assert contributions.worklist(cast.unit)
    people.end_appointment(appointment=given, by=cast.unit)
    assert not contributions.worklist(cast.unit)
    assert "no longer independent of it" not in page(client, review)


def test_a_lead_without_a_declaration_is_said_everywhere(cast, review, sign_in):
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    words = f"No declaration of independence of {cast.lead.name}"
    assert words in page(sign_in(cast.unit), review)
    assert words in str(contributions.worklist(cast.unit)[0].text)
    assert [e.text for e in evidence(review, cast.chair, 7) if words in str(e.text)]


def test_an_engagement_is_changed_with_a_lock_and_in_order(cast, review, sign_in):
    reviewer = a_reviewer(cast)
    declared(cast, review, reviewer)
    made = engaged(cast, review, reviewer)
    agreed = {"part": "Second reviewer", "starts": made.starts, "ends": None, "days": 9, "note": ""}
    engaging.change_engagement(engagement=made, version=1, by=cast.unit, **agreed)
    with pytest.raises(Stale):
        engaging.change_engagement(engagement=made, version=1, by=cast.unit, **agreed)
    form = {"part": "Third reviewer", "starts": made.starts.isoformat(), "version": "1"}
    answer = sign_in(cast.unit).post(url("engagement_edit", review, made.pk), form)
    assert answer.status_code == 409
    assert "Second reviewer" in answer.content.decode()
    early = agreed | {"ends": made.starts - timedelta(days=1)}
    with pytest.raises(Refused, match="must end on or after"):
        engaging.change_engagement(engagement=made, version=2, by=cast.unit, **early)
    assert AuditEvent.objects.filter(kind="engagement_changed").count() == 1


@pytest.mark.parametrize("who", ["lead", "chair", "auditor", "liaison", "stranger", "outsider"])
def test_only_the_unit_writes_here(cast, review, who):
    cast.on(review)
    reviewer = a_reviewer(cast)
    with pytest.raises(PermissionDenied):
        engaging.declare(
            review=review,
            reviewer=reviewer,
            by=cast.people[who],
            token="x",
            declared_on=clock.today(),
            **SAID,
        )


def test_evidence_names_engagements_and_declarations(cast, review):
    assert "No reviewer is engaged" in str(contributions.evidence(review, cast.unit, 6)[0].text)
    reviewer = a_reviewer(cast)
    declared(cast, review, reviewer)
    engaged(cast, review, reviewer)
    rows = [e for m in (6, 7) for e in contributions.evidence(review, cast.auditor, m)]
    said = {e.question: str(e.text) for e in rows}
    assert "engaged as Lead reviewer" in said["6.3"]
    cast.on(review, Role.OBSERVER)
    assert not contributions.evidence(review, cast.observer, 6)
    assert not contributions.evidence(review, cast.unit, 5)


def test_the_page_costs_the_same_at_any_size(cast, review, sign_in):
    client, counts, made = sign_in(cast.unit), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            reviewer = a_reviewer(cast, name=f"Reviewer {made}", user=person(f"Account {made}"))
            declared(cast, review, reviewer)
            engaged(cast, review, reviewer)
        page(client, review)
        with CaptureQueriesContext(connection) as caught:
            page(client, review)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_an_engagement_is_not_made_longer_for_who_is_no_longer_independent(cast, review):
    reviewer, today = a_reviewer(cast), clock.today()
    declared(cast, review, reviewer, on=today - timedelta(days=9))
    made = engaged(cast, review, reviewer, ends=today)
    tied(cast, review, reviewer)
    agreed = {"part": made.part, "starts": made.starts, "days": 9, "note": ""}
    for longer in ({"ends": None}, {"ends": today + timedelta(days=1)}):
        with pytest.raises(Refused, match="is not independent"):
            engaging.change_engagement(engagement=made, version=1, by=cast.unit, **agreed | longer)
    engaging.change_engagement(engagement=made, version=1, by=cast.unit, **agreed, ends=today)
