from datetime import date, timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from reviews.case.lifecycle import LIFECYCLE, WAITS_FOR, Stage
from reviews.case.lifecycle_text import as_markdown
from reviews.case.models import Review, StageChange
from reviews.case.operations import people
from reviews.case.operations.lifecycle import advance, blockers, pause, resume
from reviews.case.operations.record import create_review
from reviews.permissions import Permission, Role
from scr_portal.accounts.models import User
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification

DOCUMENT = Path(__file__).parents[3] / "docs" / "lifecycle.md"


@pytest.fixture(autouse=True)
def no_other_rooms(settings):
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"blockers": []}


@pytest.fixture
def review(cast):
    return create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child A",
        incident_on=date(2026, 1, 5),
        referred_on=date(2026, 1, 20),
    )


def put(review, stage):
    """Past the trigger: only to stand at a stage, never to move a real review."""
    with pgtrigger.ignore("reviews.Review:lifecycle"):
        Review.objects.filter(pk=review.pk).update(stage=stage)
    review.refresh_from_db()


def test_the_page_in_docs_is_printed_from_the_table(capsys):
    call_command("print_lifecycle")
    assert capsys.readouterr().out == DOCUMENT.read_text(encoding="utf-8") == as_markdown()


def test_every_stage_can_be_reached_and_left():
    reached = {Stage.REFERRED}
    for _ in Stage:
        reached |= {Stage(move.target) for move in LIFECYCLE if move.source in reached}
    assert reached == set(Stage)
    assert all(LIFECYCLE.leaving(stage) for stage in Stage)
    assert set(WAITS_FOR) == set(Stage) - {Stage.CLOSED}


@pytest.mark.parametrize("source", Stage.values)
def test_postgresql_itself_refuses_every_move_that_the_table_has_not(source, review):
    """121 pairs in eleven tests; to stay where one is is no move."""
    put(review, source)
    for target in Stage.values:
        legal = source == target or LIFECYCLE.find(source, target) is not None
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE reviews_review SET stage = %s WHERE id = %s", [target, review.pk]
                )
                assert legal, (source, target)
                transaction.set_rollback(True)
        except DatabaseError:
            assert not legal, (source, target)


@pytest.mark.parametrize("stage", [s for s in Stage.values if s != Stage.REFERRED])
def test_no_review_begins_at_a_later_stage(stage, review):
    review.pk, review.reference, review.stage = None, "SCR-X", stage
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.bulk_create([review])


def test_no_stage_is_made_up(review):
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(stage="lost")


def test_a_move_is_written_down_and_told(cast, review):
    cast.on(review)
    advance(review=review, to=Stage.CONSIDERING, by=cast.unit)
    change = StageChange.objects.get(review=review, target=Stage.CONSIDERING)
    assert (change.source, change.by) == (Stage.REFERRED, cast.unit)
    assert AuditEvent.objects.filter(review_id=review.pk, kind="stage_changed").count() == 1
    told = set(
        Notification.objects.filter(kind="stage_changed").values_list("user__name", flat=True)
    )
    assert cast.unit.name not in told
    assert {cast.chair.name, cast.lead.name, cast.observer.name} <= told
    assert not told & {cast.people["agency"].name, cast.stranger.name, cast.outsider.name}


def test_the_second_click_is_told_that_it_is_done(cast, review):
    advance(review=review, to=Stage.CONSIDERING, by=cast.unit)
    with pytest.raises(Refused, match="already at this stage"):
        advance(review=review, to=Stage.CONSIDERING, by=cast.unit)
    assert StageChange.objects.filter(review=review).count() == 2


@pytest.mark.parametrize(
    ("to", "words"), [("moon", "no such stage"), (Stage.CLOSED, "can't move from Referred")]
)
def test_a_move_that_is_not_in_the_table_says_so(to, words, cast, review):
    with pytest.raises(Refused, match=words):
        advance(review=review, to=to, by=cast.unit)


def test_a_move_is_its_own_persons(cast, review):
    cast.on(review)
    for who in (cast.lead, cast.auditor, cast.panel, cast.stranger, cast.administrator):
        with pytest.raises(PermissionDenied):
            advance(review=review, to=Stage.CONSIDERING, by=who)


def test_nothing_moves_while_paused(cast, review):
    pause(review=review, kind="criminal", reason="", by=cast.unit)
    with pytest.raises(Refused, match="paused"):
        advance(review=review, to=Stage.CONSIDERING, by=cast.unit)
    resume(review=review, by=cast.unit)
    advance(review=review, to=Stage.CONSIDERING, by=cast.unit)


def test_going_back_wants_a_reason(cast, review):
    cast.on(review, Role.LEAD)
    put(review, Stage.DRAFTING)
    with pytest.raises(Refused, match="Say why"):
        advance(review=review, to=Stage.UNDER_WAY, by=cast.unit, reason="  ")
    advance(review=review, to=Stage.UNDER_WAY, by=cast.unit, reason="New records were found")


def test_the_work_does_not_begin_without_a_lead_reviewer(cast, review):
    put(review, Stage.COMMISSIONING)
    cast.on(review, Role.PANEL)
    with pytest.raises(Refused, match="No lead reviewer") as refused:
        advance(review=review, to=Stage.UNDER_WAY, by=cast.unit)
    assert refused.value.reasons[0].url == reverse("reviews:appoint", args=[review.pk])
    cast.on(review, Role.LEAD)
    assert advance(review=review, to=Stage.UNDER_WAY, by=cast.unit).stage == Stage.UNDER_WAY


@pytest.mark.parametrize("gone", ["ended", "recused", "closed", "later"])
def test_a_lead_reviewer_who_is_not_there_leads_nothing(gone, cast, review):
    put(review, Stage.COMMISSIONING)
    starts = clock.today() + timedelta(days=1) if gone == "later" else None
    held = people.appoint(
        review=review, user=cast.lead, role=Role.LEAD, by=cast.unit, starts=starts
    )
    if gone == "ended":
        people.end_appointment(appointment=held, by=cast.unit)
    elif gone == "recused":
        people.recuse(review=review, user=cast.lead, reason="Is related", by=cast.unit)
    elif gone == "closed":
        User.objects.filter(pk=cast.lead.pk).update(is_active=False)
    with pytest.raises(Refused, match="No lead reviewer"):
        advance(review=review, to=Stage.UNDER_WAY, by=cast.unit)


@pytest.mark.parametrize(
    ("outcome", "to", "allowed"),
    [
        ("review", Stage.COMMISSIONING, True),
        ("other_learning", Stage.COMMISSIONING, True),
        ("no_action", Stage.COMMISSIONING, False),
        ("review", Stage.CLOSED, False),
        ("no_action", Stage.CLOSED, True),
    ],
)
def test_what_follows_hangs_on_the_decision(outcome, to, allowed, cast, review):
    Review.objects.filter(pk=review.pk).update(outcome=outcome)
    put(review, Stage.DECIDED)
    move = LIFECYCLE.find(Stage.DECIDED, to)
    assert move
    assert (blockers(review=review, move=move, by=cast.chair) == []) is allowed


def test_sign_off_completes_and_publishing_publishes(cast, review):
    put(review, Stage.SIGN_OFF)
    advance(review=review, to=Stage.RESPONDING, by=cast.chair)
    review.refresh_from_db()
    assert review.completed_on == clock.today()
    advance(review=review, to=Stage.PUBLICATION, by=cast.chair)
    review = advance(review=review, to=Stage.IMPLEMENTING, by=cast.chair)
    assert review.published_on == clock.today()


def test_reopening_the_actions_publishes_nothing_anew(cast, review):
    put(review, Stage.CLOSED)
    with pytest.raises(Refused, match="Nothing was published"):
        advance(review=review, to=Stage.IMPLEMENTING, by=cast.chair, reason="One is left")
    before = clock.today() - timedelta(days=90)
    Review.objects.filter(pk=review.pk).update(published_on=before)
    advance(review=review, to=Stage.IMPLEMENTING, by=cast.chair, reason="One is left")
    review.refresh_from_db()
    assert review.published_on == before


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [("tired", "", "reasons in the list"), ("other", " ", "in your own words")],
)
def test_a_pause_has_a_reason_from_the_list(kind, reason, words, cast, review):
    with pytest.raises(Refused, match=words):
        pause(review=review, kind=kind, reason=reason, by=cast.unit)


def test_a_pause_is_the_units(cast, review):
    cast.on(review)
    for who in (cast.chair, cast.lead):
        assert not who.has_perm(Permission.EDIT, review)
        with pytest.raises(PermissionDenied):
            pause(review=review, kind="criminal", reason="", by=who)


def test_a_pause_happens_once(cast, review):
    pause(review=review, kind="criminal", reason="", by=cast.unit)
    with pytest.raises(Refused, match="paused already"):
        pause(review=review, kind="inquest", reason="", by=cast.unit)
    resume(review=review, by=cast.unit)
    with pytest.raises(Refused, match="not paused"):
        resume(review=review, by=cast.unit)
