"""Run by bench/run.py, on servers that it has started: seeds, measures and says what came of it."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import seed, web  # noqa: E402
from bench.claims import CLAIMS, Found  # noqa: E402
from bench.people import as_portal  # noqa: E402
from quality_markers.assessments.models import Answer, Pass  # noqa: E402
from quality_markers.catalogue.operations import load_own  # noqa: E402
from reviews.permissions import Role  # noqa: E402
from scr_portal.accounts.models import Board, BoardRole, User  # noqa: E402
from scr_portal.core import clock  # noqa: E402
from tests import builders, cast  # noqa: E402

ROOT = Path(__file__).parents[1]


def step(text: str) -> None:
    print(f"- {text}", file=sys.stderr, flush=True)


class Bench:
    """The seeded portal, and the pages that are measured."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder = Path(os.environ["BENCH_FOLDER"])
        began = time.monotonic()
        self.people = people = cast.gather()
        catalogue = load_own()
        self.review = builders.a_review(people)
        self.foreign = builders.a_review(people)
        people.on(self.review, Role.LEAD)
        seed.passes([self.review], 1, people, catalogue, last_open=True)
        boards = [people.board, people.other_board, *seed.boards(18)]
        seed.people(boards, 400)
        for at in range(0, options.reviews, 250):
            made = seed.reviews(people, min(250, options.reviews - at), boards)
            seed.passes(made, 4, people, catalogue, last_open=False)
            theirs = [review for review in made if review.board_id == people.board.pk]
            for review in theirs[:9] if not at else []:
                people.on(review, Role.LEAD)
        self.dates = seed.deadlines(options.dates, 12 * options.reviews + 500)
        self.events = seed.events(options.events)
        self.wide = self._wide(boards)
        self._sign_ins()
        seed.settle()
        self.took = time.monotonic() - began
        self.assessment = Pass.objects.get(review=self.review)

    def _wide(self, boards: list[Board]) -> User:
        """Business unit of every board, so that every review is one of theirs."""
        wide = cast.person("Wide Invented")
        since = clock.today() - timedelta(days=400)
        for board in boards:
            BoardRole.objects.create(user=wide, board=board, role="unit", starts=since)
        return wide

    def _sign_ins(self) -> None:
        for user in (self.people.lead, self.wide):
            Authenticator.objects.create(user=user, type="totp", data={"secret": "invented"})

    @property
    def list(self) -> str:
        return reverse("reviews:list")

    @property
    def questions(self) -> str:
        place = [self.review.pk, self.assessment.number]
        return reverse("quality_markers:questions", args=place) + "?open=all"

    @property
    def answer(self) -> str:
        place = [self.review.pk, self.assessment.number, 12, 4]
        return reverse("quality_markers:answer", args=place)

    @property
    def refused(self) -> str:
        return reverse("reviews:detail", args=[self.foreign.pk])

    def row(self) -> Answer:
        asked = {"question__marker__number": 12, "question__number": 4}
        return Answer.objects.get(assessment=self.assessment, **asked)

    def begin_sitting(self, version: int | None = None) -> int:
        """The next save keeps the text before it and leaves an event, as every first one does."""
        with as_portal():
            row = self.row()
            row.version = version or row.version
            since = clock.now() - timedelta(days=1)
            Answer.objects.filter(pk=row.pk).update(since=since, version=row.version)
        return int(row.version)

    def heard(self, person: User, *asked: dict[str, Any]) -> dict[str, Any]:
        """What the portal sends for pages of this person's, in a process like the web's."""
        wanted = json.dumps({"person": person.pk, "asked": asked})
        done = subprocess.run(
            [sys.executable, "-m", "bench.record"],
            input=wanted,
            env=self.env(DATABASE_POOLED="1"),  # the words, not the names that stand for them
            text=True,
            stdout=subprocess.PIPE,
            check=True,
        )
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def env(self, **more: str) -> dict[str, str]:
        return web.environment(DATABASE_URL=os.environ["APP_DATABASE_URL"], **more)


def main(options: argparse.Namespace) -> int:
    found = Found(options.claims)
    if found.wants(*(set(CLAIMS) - {"P11"})):
        step(f"Seeding {options.reviews} reviews")
        with as_portal():
            bench = Bench(options)
            answers = Answer.objects.count()
        step(f"{answers} answers, {bench.dates} dates, {bench.events} events: {bench.took:.0f} s")
        _parts(bench, found)
    if found.wants("P11"):
        from bench import starting

        _try(found, ("P11",), lambda: starting.measure(found))
    print(f"\nLoad {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {clock.today()}.")
    return 0 if found.all_hold else 1


def _parts(bench: Bench, found: Found) -> None:
    from bench import pages, papers, sweeping

    _try(found, pages.CLAIMS, lambda: pages.measure(bench, found))
    _try(found, ("P7",), lambda: papers.measure(bench, found))
    _try(found, ("P8",), lambda: sweeping.measure(bench, found))


def _try(found: Found, claims: tuple[str, ...], work: Callable[[], None]) -> None:
    """What breaks is named, and the rest is measured all the same."""
    if not found.wants(*claims):
        return
    try:
        work()
    except Exception as trouble:
        found.broke(claims, trouble)
        if os.environ.get("BENCH_TRACE"):
            raise


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--reviews", type=int, default=1000)
    parser.add_argument("--dates", type=int, default=1000, help="of each review")
    parser.add_argument("--events", type=int, default=2000, help="of each review")
    parser.add_argument(
        "--many", type=int, default=100_000, help="reviews for the second half of P2"
    )
    parser.add_argument("--times", type=int, default=40, help="of each page")
    parser.add_argument("--claims", type=lambda text: text.split(","), default=list(CLAIMS))
    sys.exit(main(parser.parse_args()))
