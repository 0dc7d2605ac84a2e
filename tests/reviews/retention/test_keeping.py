"""Schedules, holds and what is due: who may, in which order, and what a hold stops."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from quality_markers.holdings import copies_to_purge
from reviews.case.operations.people import recuse
from reviews.retention import operations, queries
from reviews.retention.contributions import blockers, worklist
from reviews.retention.models import Disposal, Hold, Schedule
from reviews.retention.operations import purging
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.models import Draft
from scr_portal.guests import operations as guests
from scr_portal.guests.models import GuestLink
from scr_portal.notifications.models import Notification
from tests import builders
from tests.reviews.retention.conftest import agreed, kept, lines, over, proposed

DAY = timedelta(days=1)


def held(cast, review, **fields):
    said = {"asked_by": "A court", "asked_on": clock.today(), "reason": "A claim."}
    said |= {"look_again_on": clock.today() + 30 * DAY, "by": cast.unit}
    return operations.hold(board=cast.board, review=review, **said | fields)


def test_a_schedule_is_proposed_by_one_and_agreed_by_another(cast):
    made = operations.propose_schedule(
        board=cast.board, lines=lines(), why="Our policy.", by=cast.chair
    )
    with pytest.raises(Refused, match="Somebody else"):
        operations.settle_schedule(schedule=made, is_agreed=True, reason="", by=cast.chair)
    with pytest.raises(PermissionDenied):
        operations.settle_schedule(schedule=made, is_agreed=True, reason="", by=cast.unit)
    with pytest.raises(Refused, match="waits for the chair already"):
        operations.propose_schedule(board=cast.board, lines=lines(), why="Two.", by=cast.unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.filter(pk=made.pk).update(
            state="agreed", settled_by=cast.chair, settled_at=clock.now()
        )


def test_an_agreed_schedule_stands_and_a_newer_one_takes_its_place(cast):
    first = agreed(cast)
    with pytest.raises(InternalError), transaction.atomic():
        Schedule.objects.filter(pk=first.pk).update(why="Another.")
    with pytest.raises(InternalError), transaction.atomic():
        first.lines.update(months=1)
    second = agreed(cast, review=12)
    assert queries.in_force(cast.board) == second and second.number == 2
    assert set(AuditEvent.objects.values_list("kind", flat=True)) >= {
        "board_retention_proposed",
        "board_retention_agreed",
    }


@pytest.mark.parametrize("who", ["member", "auditor", "outsider", "stranger", "administrator"])
def test_who_does_not_keep_the_schedule_proposes_none(cast, who):
    with pytest.raises(PermissionDenied):
        operations.propose_schedule(
            board=cast.board, lines=lines(), why="Ours.", by=cast.people[who]
        )


def test_without_an_agreed_schedule_nothing_is_due(cast):
    review = over(cast)
    assert not kept(cast, review).is_due
    with pytest.raises(Refused, match="agreed no schedule"):
        proposed(cast, review)
    agreed(cast)
    assert kept(cast, review).is_due
    assert [need.url for need in worklist(cast.unit)] == [f"/boards/{cast.board.slug}/retention"]


def test_what_is_kept_for_good_is_never_due(cast):
    review = over(cast)
    agreed(cast, review=None, no_review=None)
    assert kept(cast, review).due_on is None


def test_kept_longer_is_not_due_until_that_day(cast, schedule):
    review = over(cast)
    operations.keep_longer(
        board=cast.board,
        review=review,
        until=clock.today() + DAY,
        reason="A sibling may ask.",
        by=cast.unit,
    )
    found = kept(cast, review)
    assert (found.due_on, found.is_due) == (clock.today() + DAY, False)


def test_nobody_ends_anything_alone(cast, schedule):
    review = over(cast)
    made = operations.propose(kept=kept(cast, review), act="destroy", reason="None.", by=cast.chair)
    with pytest.raises(Refused, match="Somebody else"):
        operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    with pytest.raises(PermissionDenied):
        operations.settle(disposal=made, is_agreed=True, reason="", by=cast.unit)
    with pytest.raises(Refused, match="proposed already"):
        proposed(cast, review)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=made.pk).update(
            state="agreed", settled_by=cast.chair, settled_at=clock.now()
        )


def test_a_chair_may_say_no_with_a_reason_and_it_may_be_proposed_again(cast, schedule):
    review = over(cast)
    made = proposed(cast, review)
    with pytest.raises(Refused, match="Say why"):
        operations.settle(disposal=made, is_agreed=False, reason=" ", by=cast.chair)
    operations.settle(disposal=made, is_agreed=False, reason="An inquiry.", by=cast.chair)
    settled = Notification.objects.filter(user=cast.unit, kind="keeping_settled")
    assert settled.filter(key__startswith="disposal").count() == 1
    assert proposed(cast, review).number == made.number + 1


def test_a_hold_stops_the_proposal_and_the_decision(cast, schedule):
    review = over(cast)
    made = proposed(cast, review)
    hold = held(cast, review)
    assert held(cast, review) == hold, "a second click is the same hold"
    with pytest.raises(Refused, match="legal hold"):
        operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    operations.lift(found=hold, reason="Settled.", by=cast.unit)
    with pytest.raises(Refused, match="already"):
        operations.lift(found=hold, reason="Settled.", by=cast.unit)
    operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)


def test_a_hold_keeps_drafts_links_and_copies_from_every_purge(cast, schedule):
    review, other = builders.a_review(cast), builders.a_review(cast)
    held(cast, review)
    for each in (review, other):
        Draft.objects.create(user=cast.unit, key=f"x:{each.pk}", review_id=each.pk)
        link = GuestLink.objects.create(
            purpose="return",
            board=cast.board,
            review_id=each.pk,
            recipient_name="Ms Invented",
            recipient_email="a@example.org",
            token_hash=str(each.pk),
            created_by=cast.unit,
            expires_at=clock.now() - 1500 * DAY,
        )
        GuestLink.objects.filter(pk=link.pk).update(draft="typed")
    Draft.objects.update(saved_at=clock.now() - 90 * DAY)
    assert drafts.purge() == 1 and guests.purge() == 1
    assert Draft.objects.get().review_id == review.pk
    assert copies_to_purge(cast.board, clock.now(), queries.held_reviews()) == [0, 0]


def test_names_on_links_go_by_themselves_once_the_review_is_closed(cast, schedule):
    closed, going_on = over(cast), builders.a_review(cast)
    for each in (closed, going_on):
        GuestLink.objects.create(
            purpose="return",
            board=cast.board,
            review_id=each.pk,
            recipient_name="Ms Invented",
            recipient_email="a@example.org",
            token_hash=str(each.pk),
            created_by=cast.unit,
            expires_at=clock.now() - 1500 * DAY,
        )
    assert purging.purge() == 1
    assert purging.purge() == 0
    left = GuestLink.objects.get(review_id=closed.pk)
    assert (left.recipient_name, left.recipient_email) == ("[removed]", "")
    assert GuestLink.objects.get(review_id=going_on.pk).recipient_name == "Ms Invented"
    assert AuditEvent.objects.filter(kind="board_purged").count() == 1


def test_who_is_recused_from_a_review_finds_no_trace_of_its_keeping(cast, schedule, sign_in):
    review = over(cast)
    hold = held(cast, review)
    operations.lift(found=hold, reason="Settled.", by=cast.unit)
    made = proposed(cast, review)
    recuse(review=review, user=cast.chair, reason="A friend.", by=cast.unit)
    assert queries.one(cast.board, cast.chair, f"review-{review.pk}") is None
    client = sign_in(cast.chair)
    base = f"/boards/{cast.board.slug}/retention"
    for page in ("", "/holds", "/certificates"):
        assert review.reference not in client.get(base + page).content.decode(), page
    for page in (f"/kept/review-{review.pk}", f"/certificates/{made.number}"):
        assert client.get(base + page).status_code == 404
    assert not worklist(cast.chair)


def test_what_is_agreed_to_end_is_not_reopened(cast, schedule):
    review = over(cast)
    made = proposed(cast, review)
    assert not blockers(None, review, cast.chair)
    operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    assert len(blockers(None, review, cast.chair)) == 1


def test_pages_lead_from_the_list_to_the_certificate(cast, schedule, sign_in):
    review = over(cast)
    unit, chair = sign_in(cast.unit), sign_in(cast.chair)
    base = f"/boards/{cast.board.slug}/retention"
    for page in ("", "/schedule", "/schedule/new", "/holds", "/holds/new", "/certificates"):
        assert unit.get(base + page).status_code == 200, page
    key = f"{base}/kept/review-{review.pk}"
    assert review.reference in unit.get(base).content.decode()
    assert unit.get(key).status_code == 200
    sent = unit.post(f"{key}/propose", {"act": "destroy", "reason": "Nothing stands."})
    assert sent.status_code == 302
    (made,) = Disposal.objects.all()
    one = f"{base}/certificates/{made.number}"
    assert "Decide on it" not in unit.get(one).content.decode()
    assert "Decide on it" in chair.get(one).content.decode()
    assert chair.post(f"{one}/settle", {"verdict": "agree", "reason": ""}).status_code == 302
    operations.carry_out(pk=made.pk)
    page = unit.get(one).content.decode()
    made.refresh_from_db()
    assert made.sha256 in page and "as it was made" in page
    for kind in ("pdf", "docx"):
        assert unit.get(f"{one}/file/{kind}").status_code == 200


def test_the_schedule_is_proposed_and_agreed_on_its_pages(cast, sign_in):
    from reviews.retention.forms import ScheduleForm

    unit, chair = sign_in(cast.unit), sign_in(cast.chair)
    base = f"/boards/{cast.board.slug}/retention/schedule"
    form = ScheduleForm(lines={})
    said = {name: field.initial or "" for name, field in form.fields.items()}
    said |= {"why": "As our authority does.", "review_months": "240"}
    sent = unit.post(f"{base}/new", said)
    assert sent.status_code == 302, sent.context["form"].errors
    assert chair.post(f"{base}/1/settle", {"verdict": "agree", "reason": ""}).status_code == 302
    found = queries.lines_of(queries.in_force(cast.board))
    assert (found["review"].months, found["history"].months) == (240, None)


@pytest.mark.parametrize("page", ["", "/holds", "/certificates"])
def test_lists_cost_the_same_with_any_number(cast, schedule, sign_in, page):
    url = f"/boards/{cast.board.slug}/retention{page}"
    client = sign_in(cast.unit)
    counts = []
    for number in (1, 4):
        for _each in range(number):
            review = over(cast)
            held(cast, review)
            operations.lift(found=Hold.objects.latest("pk"), reason="Settled.", by=cast.unit)
            proposed(cast, review)
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        counts.append(len(counted))
    assert counts[0] == counts[1]
