"""The lifecycle, its dates and everybody's rights through acts in any order."""

from functools import partial
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.operations import lifecycle
from reviews.case.operations import people as acts
from reviews.permissions import MATRIX, ON_BOARDS, Permission, Role
from scr_portal.accounts.models import User
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.owner import ROLE
from tests.proof.frame import WHOLE, Claim
from tests.reviews.case.test_lifecycle_machine import BEGINS, Lifecycle, everybody

CLAIM = Claim(
    id="R6",
    says="In whatever order people act, no stage, date or right comes about that may not",
    how="Hypothesis draws the stage to begin at, moves, pauses, extensions, changed days, days "
    "that pass, appointments, recusals and statements of SQL; after each of them stage, dates and "
    "rights are worked out anew",
    goal="0 violations in 500 runs of 50 acts; every legal move made, every illegal one refused by "
    "code and by SQL",
)
RUNS, ACTS = (500, 50) if WHOLE else (8, 10)
PARTS = 4 if WHOLE else 1  # so that two workers of pytest share them
PARTS_TAKEN = [Role.PANEL, Role.OBSERVER, Role.LIAISON]
parts = st.sampled_from(PARTS_TAKEN)


class LifecycleAndRights(Lifecycle):
    """Those acts, and who has which part in the review."""

    seen: SimpleNamespace

    def _try(self, to, reason, expected):
        move = (self.stage, Stage(to))
        super()._try(to, reason, expected)
        if not LIFECYCLE.find(*move):
            self.seen.refused.add(move)
        elif expected:
            self.seen.made.add(move)

    @initialize()
    def nobody_yet(self):
        self.mine, self.out = set(), set()
        self.held = 0

    def teardown(self):
        super().teardown()
        acts = max(0, getattr(self, "held", 0) - 1)
        self.seen.acts += acts
        # Hypothesis also tries short ones.
        self.seen.whole_runs += acts >= ACTS

    @rule(who=parts, role=parts)
    def appoint(self, who, role):
        user = self.people.cast.people[who]
        refused = (who, role) in self.mine or who in self.out
        try:
            acts.appoint(review=self.review, user=user, role=role, by=self.people.unit)
        except Refused:
            assert refused, (who, role)
        else:
            assert not refused, (who, role)
            self.mine.add((who, role))

    @rule(which=st.integers(0, 9))
    def end_appointment(self, which):
        if not self.mine:
            return
        who, role = sorted(self.mine)[which % len(self.mine)]
        held = self.review.appointments.filter(user=self.people.cast.people[who], role=role)
        appointment = held.filter(grants__isnull=False).distinct().get()
        acts.end_appointment(appointment=appointment, by=self.people.unit)
        self.mine.remove((who, role))

    @rule(who=parts)
    def recuse_or_take_back(self, who):
        user = self.people.cast.people[who]
        found = self.review.recusals.filter(user=user, ended_at=None).first()
        assert bool(found) is (who in self.out)
        if found:
            acts.end_recusal(recusal=found, by=self.people.unit)
        else:
            acts.recuse(review=self.review, user=user, reason="Is related", by=self.people.unit)
        self.out ^= {who}

    @invariant()
    def everybody_may_what_the_matrix_says(self):
        if not hasattr(self, "mine"):
            return
        self.held += 1
        review = self.fresh()
        for who in PARTS_TAKEN:
            user = User.objects.get(pk=self.people.cast.people[who].pk)
            roles = [role for one, role in self.mine if one == who and who not in self.out]
            wanted = set().union(*(MATRIX[role] for role in roles)) - ON_BOARDS
            may = {each for each in Permission if user.has_perm(each, review)} - ON_BOARDS
            assert may == wanted, (who, roles, may ^ wanted)


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("part", range(PARTS))
def test_any_acts(part, claim, cast, settings):
    people = everybody(cast, settings)
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"appointable": []}
    LifecycleAndRights.people = SimpleNamespace(**vars(people), cast=cast)
    # Parts may come to the same process.
    seen = SimpleNamespace(made=set(), refused=set(), acts=0, whole_runs=0)
    LifecycleAndRights.seen = seen
    while seen.whole_runs < RUNS // PARTS:
        run_state_machine_as_test(LifecycleAndRights, settings=SETTINGS)
    claim.measured(
        figure=f"{seen.whole_runs} runs of {ACTS} acts, {seen.acts:,} acts with the shorter ones, "
        f"{len(seen.made)} sorts of move made, {len(seen.refused)} refused, 0 violations",
        holds=True,
    )


def test_every_step_there_could_be(claim, cast, settings):
    """One by one, from each stage to each: the code and PostgreSQL say what the table says."""
    people = everybody(cast, settings)
    review = people.reviews[2026]
    steps = [(source, target) for source in Stage for target in Stage if source != target]
    legal = {step for step in steps if LIFECYCLE.find(*step)}
    by_sql = {step for step in steps if _does(partial(_write, review, step[1]), review, step)}
    by_code = {
        step for step in steps if _does(partial(_advance, review, step[1], people), review, step)
    }
    claim.measured(
        figure=f"of {len(steps)} steps {len(legal)} are legal: {len(by_code & legal)} made by code "
        f"and {len(by_sql & legal)} by SQL, {len((by_code | by_sql) - legal)} others let through",
        holds=by_code == by_sql == legal,
    )


def _does(act, review, step: tuple[Stage, Stage]) -> bool:
    """Tried with the review at the first stage as it gets there, and undone whatever came of it."""
    outcome = "no_action" if step == (Stage.DECIDED, Stage.CLOSED) else "review"
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(
                    "UPDATE reviews_review SET stage = %s, outcome = %s, decided_on = referred_on,"
                    " published_on = CASE WHEN %s THEN referred_on END WHERE id = %s",
                    [step[0], outcome, step[0] == Stage.CLOSED, review.pk],
                )
                cursor.execute("SET LOCAL session_replication_role = origin")
                cursor.execute(f"SET ROLE {ROLE}")
            act()
            raise Undone
    except Undone:
        return True
    except (Refused, DatabaseError):
        return False


class Undone(Exception):
    """It went through."""


def _write(review, target: Stage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_review SET stage = %s WHERE id = %s", [target, review.pk])


def _advance(review, target: Stage, people: SimpleNamespace) -> None:
    with clock.pretend(BEGINS):
        lifecycle.advance(
            review=review, to=target, by=people.everything, reason="There is a reason"
        )


SETTINGS = settings(
    # Of few it would try the simplest alone.
    max_examples=25,
    # The two that begin a run are steps as well.
    stateful_step_count=ACTS + 2,
    derandomize=False,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
