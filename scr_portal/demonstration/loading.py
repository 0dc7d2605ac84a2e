"""Loads the demonstration board by walking the real operations with a pretended clock."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from quality_markers.assessments.operations import acceptance, passes, texts
from quality_markers.catalogue.models import Question
from quality_markers.catalogue.operations import load_own
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations import deadlines, people
from reviews.case.operations.lifecycle import advance, pause
from reviews.decisions.decision import operations as decisions
from reviews.decisions.referrals import operations as referrals
from reviews.permissions import Role
from scr_portal.accounts.models import Agency, Board, BoardRole, User
from scr_portal.core import clock
from scr_portal.demonstration import (
    advising,
    family,
    governing,
    marking,
    referring,
    telling,
)
from scr_portal.demonstration.papers import add_papers
from scr_portal.notifications.models import Notification

DATA = Path(__file__).parent / "data"
YEARS = timedelta(days=1000)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


@contextmanager
def _on(days_ago: int, hour: int = 10) -> Iterator[None]:
    moment = datetime.combine(_day(days_ago), datetime.min.time()) + timedelta(hours=hour)
    with clock.pretend(timezone.make_aware(moment)):
        yield


def is_loaded() -> bool:
    return Board.objects.filter(slug=_read("board")["board"][0]["slug"]).exists()


def sign_ins() -> list[tuple[str, str, str]]:
    """What the person is, email, password: one for every role."""
    board = _read("board")
    return [
        (row["what"], _email(row["name"]), board["password"])
        for row in board["person"]
        if "what" in row
    ]


def _email(name: str) -> str:
    return f"{name.split()[0].lower()}@northmere.example"


@transaction.atomic
def load() -> None:
    """Everything or nothing; a second time changes nothing."""
    if is_loaded():
        return
    load_own()
    boards = {row["slug"]: _board(row) for row in _read("board")["board"]}
    cast = {row["key"]: _person(row, boards) for row in _read("board")["person"]}
    with _on(700):
        governing.keep_register(boards["northmere"], cast)
        referring.keep_priorities(boards["northmere"], cast)
    for row in _read("reviews")["review"]:
        _Story(row, boards["northmere"], cast).tell()
    referring.send_in(boards["northmere"], cast)
    # Nobody wants mail about an invented past.
    Notification.objects.update(done_at=timezone.now(), last_error="invented")
    week = timezone.now() - timedelta(days=7)
    Notification.objects.filter(created_at__lt=week).update(read_at=week)


def _board(row: dict[str, Any]) -> Board:
    board = Board.objects.create(slug=row["slug"], name=row["name"], is_invented=True)
    Agency.objects.bulk_create(Agency(board=board, name=name) for name in row["agencies"])
    return board


def _person(row: dict[str, Any], boards: dict[str, Board]) -> User:
    person = User.objects.create_user(
        _email(row["name"]),
        _read("board")["password"],
        name=row["name"],
        is_invented=True,
        is_superuser=row.get("administrator", False),
    )
    if "board" in row:
        board = boards[row["board"]]
        BoardRole.objects.create(
            user=person,
            board=board,
            role=row["role"],
            agency=board.agencies.filter(name=row.get("agency", "")).first(),
            starts=timezone.localdate() - YEARS,
            ends=_day(-row["ends_in"]) if "ends_in" in row else None,
        )
    return person


class _Story:
    """One case from its referral to where it stands today."""

    def __init__(self, row: dict[str, Any], board: Board, cast: dict[str, User]) -> None:
        self.row, self.board, self.cast = row, board, cast
        self.unit, self.chair = cast["unit"], cast["chair"]

    def tell(self) -> None:
        with _on(self.row["referred"]):
            self.review = self._refer()
            advising.tell_bodies(self.review, self.unit)
        if "begun" in self.row:
            with _on(self.row["begun"]):
                self._move(Stage.CONSIDERING)
        if "decision" in self.row:
            self._decide()
        if self.row.get("people"):
            with _on(self.row["moved"], hour=9):
                self._appoint()
        if "moved" in self.row:
            self._walk()
            with _on(14):
                governing.disagree(self.review, self.cast["lead"])
        if family.is_told_of(self.review):
            self.family.went_on(self.under_way)
        add_papers(self.review, self.cast, _on)
        if self.row.get("assessments"):
            for number, row in enumerate(_read("answers")["pass"], 1):
                opened = self._assess(number, row)
            marking.work_together(opened, self.cast, _on)
        if self.row["pseudonym"] == "Child Goldcrest":
            marking.look_back(self.review, self.cast["second_lead"], _on)
        if "paused" in self.row:
            with _on(self.row["paused"]):
                words = "The trial is in two months; counsel asked us to see no staff before it."
                pause(review=self.review, kind="criminal", reason=words, by=self.unit)
        if self.row["stage"] not in {Stage.REFERRED, Stage.CONSIDERING}:
            self._meet_what_is_past()

    def _refer(self) -> Review:
        days = {f"{name}_on": _day(self.row[name]) for name in ("incident", "aware", "notified")}
        referral, child = dict(self.row["referral"]), dict(self.row["child"])
        if "born" in child:
            child["date_of_birth"] = _day(child.pop("born")).isoformat()
        agency = self.board.agencies.filter(name=referral.pop("agency", "")).first()
        return referrals.refer(
            board=self.board,
            by=self.unit,
            case={"pseudonym": self.row["pseudonym"], "referred_on": _day(self.row["referred"])}
            | days,
            child={"pseudonym": self.row["pseudonym"]} | child,
            referral=referral
            | {"agency": agency}
            | referring.more_of(self.board, self.row["pseudonym"]),
            **referring.tested(self.row["pseudonym"]),
        )

    def _move(self, to: Stage) -> None:
        by = self.chair if to in _CHAIRS else self.unit
        self.review = advance(review=self.review, to=to, by=by)

    def _decide(self) -> None:
        fields = dict(self.row["decision"])
        waits = fields.pop("state", "") == "ready"
        days_ago = 2 if waits else self.row["decided"]
        fields["factors"] = advising.factors(fields["outcome"])
        with _on(days_ago + 3):
            advising.advise(self.review, self.unit, fields["outcome"])
            members = [who for key, who in self.cast.items() if key.endswith("member")]
            advising.ask_members(self.review, self.unit, members)
        with _on(days_ago + 2):
            draft = decisions.draft(review=self.review, version=0, by=self.unit, **fields)
        with _on(days_ago, hour=9):
            decisions.put_to_chair(decision=draft, by=self.unit)
        if waits:
            return
        draft.refresh_from_db()
        with _on(days_ago, hour=16):
            decisions.sign_decision(
                decision=draft, version=draft.version, by=self.chair, method="password"
            )
        self.review = Review.objects.select_related("board").get(pk=self.review.pk)
        self._brief(days_ago)

    def _brief(self, decided: int) -> None:
        """Two days after the decision; members have a fortnight, or until some days from now."""
        is_new = decided < 40
        with _on(decided - 2, hour=11):
            issued = telling.brief(
                self.review,
                read_by=_day(-3) if is_new else _day(decided - 16),
                unit=self.unit,
                chair=self.chair,
            )
        if not is_new:
            with _on(decided - 6):
                telling.read(issued)

    def _appoint(self) -> None:
        lead = "second_lead" if self.row["pseudonym"] in _SECOND_LEAD else "lead"
        governing.engage(self.review, self.cast[lead], self.unit)
        for key, role in [
            (lead, Role.LEAD),
            ("liaison", Role.LIAISON),
            ("panel", Role.PANEL),
            ("agency", Role.AGENCY),
            ("observer", Role.OBSERVER),
        ]:
            people.appoint(review=self.review, user=self.cast[key], role=role, by=self.unit)
        governing.govern(self.review, self.cast, _day(0))

    def _walk(self) -> None:
        """From the decision to where it stands, in even steps that end some days ago."""
        stage = Stage(self.row["stage"])
        if stage == Stage.CLOSED:
            with _on(self.row["moved"]):
                self._move(Stage.CLOSED)
            return
        steps = _AFTER_DECISION[: _AFTER_DECISION.index(stage) + 1]
        first, last = self.row["moved"], min(self.row["moved"], 12)
        for number, step in enumerate(steps):
            days_ago = first - (first - last) * number // max(len(steps), 1)
            if step == Stage.UNDER_WAY and family.is_told_of(self.review):
                self._tell_the_family(first, days_ago)
            with _on(days_ago):
                self._move(step)
            if step == Stage.COMMISSIONING:
                telling.tell_purpose(
                    self.review, moved=first, on=_on, unit=self.unit, chair=self.chair
                )
                if stage != Stage.COMMISSIONING and not family.is_told_of(self.review):
                    telling.excuse_family(self.review, moved=first, on=_on, chair=self.chair)

    def _tell_the_family(self, appointed: int, under_way: int) -> None:
        self.family = family.Family(
            self.review,
            decided=self.row["decided"],
            unit=self.unit,
            lead=self.cast["lead"],
            liaison=self.cast["liaison"],
            on=_on,
        )
        self.family.begin(appointed)
        self.family.went_on(appointed, under_way)
        self.under_way = under_way

    def _assess(self, number: int, row: dict[str, Any]) -> Any:
        lead = self.cast["lead"]
        with _on(row["opened"]):
            opened = passes.open_pass(
                review=self.review, purpose=row["purpose"], markers=row["markers"], by=lead
            )
        for spread, (key, words) in enumerate(row["answers"].items()):
            with _on(row["opened"] - 1 - spread // 3, hour=11 + spread % 3):
                self._answer(opened, key, words)
        for key, text in row["reflections"].items():
            with _on(row["opened"] - 10, hour=17):
                marker = opened.markers.get(number=int(key))
                texts.save_reflection(
                    assessment=opened, marker=marker, by=lead, version=0, text=text
                )
        if "accepted" in row:
            with _on(row["accepted"] + 3):
                acceptance.submit(assessment=opened, by=lead)
            with _on(row["accepted"]):
                acceptance.accept(assessment=opened, by=self.chair, method="password")
        return opened

    def _answer(self, opened: Any, key: str, words: list[str]) -> None:
        marker, number = key.split(".")
        question = Question.objects.select_related("marker").get(
            marker__version=opened.catalogue, marker__number=marker, number=number
        )
        names = ("judgement", "narrative", "evidence", "not_applicable_reason")
        texts.save_answer(
            assessment=opened,
            question=question,
            by=self.cast["lead"],
            version=0,
            changes=dict(zip(names, words, strict=False)),
        )

    def _meet_what_is_past(self) -> None:
        """Old cases kept their dates; only the newest have some that are over."""
        for deadline in self.review.deadlines.filter(met_on=None, due_on__lt=_day(1)):
            met_on = deadline.due_on - timedelta(days=1)
            with _on((timezone.localdate() - met_on).days):
                deadlines.meet(deadline=deadline, on=met_on, by=self.unit)


_SECOND_LEAD = {"Child Redwing", "Child Goldcrest"}
_CHAIRS = {Stage.RESPONDING, Stage.PUBLICATION, Stage.IMPLEMENTING, Stage.CLOSED}
_AFTER_DECISION = [
    Stage.COMMISSIONING,
    Stage.UNDER_WAY,
    Stage.DRAFTING,
    Stage.SIGN_OFF,
    Stage.RESPONDING,
    Stage.PUBLICATION,
    Stage.IMPLEMENTING,
]
