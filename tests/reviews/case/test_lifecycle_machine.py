"""Any order of acts on one review, on real PostgreSQL: 500 runs of a dozen acts at most.

Whatever is done, the stage was reached by the table alone, the changes of stage form a chain, the
stored dates are those that follow from nothing but anchors, pauses and extensions, and no duty
moves for a pause.
"""

import itertools
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reviews.case import timetable
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from reviews.case.operations import deadlines, lifecycle, record
from reviews.case.operations.people import appoint
from reviews.case.reminders import carry
from reviews.case.statutory import Kind
from reviews.case.timetable import ExtensionReason, PauseReason
from reviews.permissions import Role
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.cast import board_person

RUNS, ACTS = 500, 12
PARTS = 4  # so that two workers of pytest share them
YEARS = [2007, 2011, 2014, 2016, 2026]  # one in the force of each timetable
BEGINS = datetime(2026, 3, 2, 10, tzinfo=UTC)

stages = st.sampled_from(Stage.values)
days = st.integers(1, 60)


class Lifecycle(RuleBasedStateMachine):
    """Each run stands in a savepoint of its own, which is given back at its end."""

    people: SimpleNamespace

    def __init__(self):
        super().__init__()
        self.now = BEGINS
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.clock: Any = None
        self._wake(BEGINS)

    def _wake(self, moment):
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.now = moment
        self.clock = clock.pretend(moment)
        self.clock.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.saved.__exit__(None, None, None)
        self.clock.__exit__(None, None, None)

    @initialize(year=st.sampled_from(YEARS), moves=st.integers(0, len(Stage) - 1))
    def begin(self, year, moves):
        """Anywhere on the way: few would get to the last stages by chance."""
        self.review = self.people.reviews[year]
        self._wake(BEGINS.replace(year=year))
        self.stage = Stage.REFERRED
        self.paused = False
        self.extended = set()
        for _ in range(moves):
            onward = next(move for move in LIFECYCLE.leaving(self.stage) if not move.back)
            if onward.target == Stage.DECIDED:
                self._decided("review")
            else:
                self._try(onward.target, "", True)

    def fresh(self):
        return Review.objects.select_related("board").get(pk=self.review.pk)

    @rule(to=stages, reason=st.sampled_from(["", "There is a reason"]))
    def advance(self, to, reason):
        move = LIFECYCLE.find(self.stage, to)
        expected = move is not None and not self.paused and bool(reason or not move.back)
        if move and expected:
            expected = not lifecycle.blockers(
                review=self.fresh(), move=move, by=self.people.everything
            )
        self._try(to, reason, expected)

    @precondition(lambda self: not self.paused)
    @rule(choice=st.integers(0, 3))
    def go_on(self, choice):
        """Legal moves by the half, so that a run comes some way."""
        moves = LIFECYCLE.leaving(self.stage)
        move = moves[choice % len(moves)]
        if move.target == Stage.DECIDED:
            return
        against = lifecycle.blockers(review=self.fresh(), move=move, by=self.people.everything)
        self._try(move.target, "There is a reason", not against)

    @precondition(lambda self: self.stage == Stage.CONSIDERING and not self.paused)
    @rule(outcome=st.sampled_from(["review", "review", "other_learning", "no_action"]))
    def decide(self, outcome):
        self._decided(outcome)

    def _decided(self, outcome):
        """As signing the decision does it."""
        Review.objects.filter(pk=self.review.pk).update(outcome=outcome, decided_on=clock.today())
        self._try(Stage.DECIDED, "", True)

    def _try(self, to, reason, expected):
        try:
            lifecycle.advance(review=self.review, to=to, by=self.people.everything, reason=reason)
        except Refused:
            assert not expected, (self.stage, to)
        else:
            assert expected, (self.stage, to)
            self.stage = Stage(to)

    @rule(kind=st.sampled_from([kind for kind in PauseReason.values if kind != "other"]))
    def pause(self, kind):
        expected = not self.paused and self.stage != Stage.CLOSED
        try:
            lifecycle.pause(review=self.review, kind=kind, reason="", by=self.people.everything)
        except Refused:
            assert not expected
        else:
            assert expected
            self.paused = True

    @rule()
    def resume(self):
        try:
            lifecycle.resume(review=self.review, by=self.people.everything)
        except Refused:
            assert not self.paused
        else:
            assert self.paused
            self.paused = False

    @rule(later=days)
    def days_pass(self, later):
        self._wake(self.now + timedelta(days=later))
        carry()

    @rule(which=st.integers(0, 20), later=st.integers(-5, 90), agreed=st.booleans())
    def extend(self, which, later, agreed):
        rows = list(self.review.deadlines.all())
        if not rows:
            return
        row = rows[which % len(rows)]
        try:
            asked = deadlines.extend(
                deadline=row,
                due_on=row.due_on + timedelta(days=later),
                kind=ExtensionReason.INQUEST,
                reason="",
                by=self.people.unit,
            )
        except Refused:
            assert row.met_on or later <= 0
            return
        assert later > 0 and not row.met_on
        if agreed or not row.statutory:
            self.extended.add(row.key)
        if row.statutory:
            deadlines.settle(extension=asked, agreed=agreed, by=self.people.everything)

    @rule(which=st.integers(0, 20))
    def meet_or_take_back(self, which):
        rows = list(self.review.deadlines.all())
        if not rows:
            return
        row = rows[which % len(rows)]
        try:
            if row.met_on:
                deadlines.take_back_met(deadline=row, by=self.people.unit)
            else:
                deadlines.meet(deadline=row, on=clock.today(), by=self.people.unit)
        except Refused:
            assert row.met_on and row.met_by_id is None

    @rule(
        incident=st.integers(-10, 50),
        aware=st.none() | st.integers(-10, 50),
        notified=st.none() | st.integers(-10, 50),
        planned=st.none() | st.integers(-10, 400),
    )
    def edit(self, incident, aware, notified, planned):
        """Days before the referral, so that a smaller number is later."""
        before = self.fresh()
        ordered = [day for day in (incident, aware, notified) if day is not None]
        sound = ordered == sorted(ordered, reverse=True) and ordered[-1] >= 0
        told = {"incident_on": incident, "aware_on": aware, "notified_on": notified}
        fields = {
            name: None if day is None else before.referred_on - timedelta(days=day)
            for name, day in told.items()
        }
        if planned is not None:
            fields["publication_planned_on"] = clock.today() + timedelta(days=planned)
        try:
            record.edit_review(review=before, version=before.version, by=self.people.unit, **fields)
        except Refused:
            assert not sound
        else:
            assert sound

    @rule(to=stages)
    def by_hand(self, to):
        """SQL gets no further than the table; what it may do is undone again."""
        legal = to == self.stage or LIFECYCLE.find(self.stage, to) is not None
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE reviews_review SET stage = %s WHERE id = %s", [to, self.review.pk]
                )
                assert legal
                transaction.set_rollback(True)
        except DatabaseError:
            assert not legal

    @rule(to=stages)
    def a_stranger_tries(self, to):
        with pytest.raises((Refused, PermissionDenied)):
            lifecycle.advance(review=self.review, to=to, by=self.people.stranger, reason="x")

    @invariant()
    def all_is_sound(self):
        if not hasattr(self, "review"):
            return
        review = self.fresh()
        self.the_stage_was_reached_by_the_table(review)
        stored = {row.key: row for row in review.deadlines.all()}
        self.dates_are_as_worked_out_from_nothing(review, stored)
        self.no_duty_moves_for_a_pause(review, stored)

    def the_stage_was_reached_by_the_table(self, review):
        changes = list(review.stagechanges.values_list("source", "target"))
        assert changes[0] == ("", Stage.REFERRED)
        for (_, here), (source, target) in itertools.pairwise(changes):
            assert source == here
            assert LIFECYCLE.find(source, target)
        assert changes[-1][1] == self.stage == review.stage

    def dates_are_as_worked_out_from_nothing(self, review, stored):
        found = {due.key: due for due in deadlines.worked_out(review, clock.today())}
        assert {key for key, row in stored.items() if row.met_by_id is None} <= found.keys()
        assert found.keys() <= stored.keys()
        for key, due in found.items():
            row = stored[key]
            assert (row.limit_on, row.due_on) == (due.limit_on, due.due_on)
            if row.met_by_id is None:
                assert row.met_on == due.met_on
            silent = due.moving or due.clock.kind == Kind.KEEP or row.met_on
            assert (row.remind_on is None) is bool(silent)

    def no_duty_moves_for_a_pause(self, review, stored):
        never_paused = timetable.deadlines(
            timetable.profile(review.profile),
            review.anchors,
            today=clock.today(),
            outcome=review.outcome or None,
        )
        for due in never_paused:
            if due.clock.kind == Kind.DUTY and due.key not in self.extended:
                assert stored[due.key].due_on == due.due_on


def referred_in(year, people):
    with clock.pretend(BEGINS.replace(year=year)):
        today = clock.today()
        review = record.create_review(
            board=people.board,
            by=people.unit,
            pseudonym="Child A",
            incident_on=today - timedelta(days=40),
            aware_on=today - timedelta(days=20),
            notified_on=today - timedelta(days=10),
            referred_on=today,
        )
        appoint(review=review, user=people.lead, role=Role.LEAD, by=people.unit)
        return review


def everybody(cast, settings):
    """Whoever acts in the machine, each for the whole of its years, and a review of each year."""
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"blockers": []}
    settings.DEMONSTRATION = True
    since = date(2000, 1, 1)
    everything = board_person("Everything Invented", cast.board, "unit", starts=since)
    everything.board_roles.create(board=cast.board, role="chair", starts=since)
    cast.unit.board_roles.update(starts=since)
    people = SimpleNamespace(
        board=cast.board,
        unit=cast.unit,
        lead=cast.lead,
        everything=everything,
        stranger=cast.stranger,
    )
    people.reviews = {year: referred_in(year, people) for year in YEARS}
    return people


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_lifecycle_through_any_acts(part, cast, settings):
    Lifecycle.people = everybody(cast, settings)
    # Where the draws are the same each time, those of each part still are its own.
    run_state_machine_as_test(seed(part)(Lifecycle), settings=SETTINGS)


SETTINGS = settings(
    max_examples=RUNS // PARTS,
    stateful_step_count=ACTS,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
