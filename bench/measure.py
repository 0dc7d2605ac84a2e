"""Run by bench/run.py, on servers that it has started: seeds, measures and says what came of it."""

import argparse
import os
import platform
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from bench import seed  # noqa: E402
from bench.asking import Cost, cost, in_turn  # noqa: E402
from quality_markers.assessments.models import Answer, Pass  # noqa: E402
from quality_markers.catalogue.operations import load_own  # noqa: E402
from quality_markers.exports import layout  # noqa: E402
from quality_markers.exports.content import Wish  # noqa: E402
from reviews.case.models import Review  # noqa: E402
from reviews.permissions import Role  # noqa: E402
from scr_portal.core import clock, pdf  # noqa: E402
from tests import builders, cast  # noqa: E402

ROOT = Path(__file__).parents[1]
PAPER = ROOT / "docs" / "performance.md"
MARK = "<!-- measured -->"
SLOWER = 1.5
"""A time that should not grow with the data may do so by this much: machines are busy."""


@dataclass(frozen=True)
class Figure:
    what: str
    found: str
    limit: str = ""
    kept: bool = True

    def __str__(self) -> str:
        return f"| {self.what} | {self.found} | {self.limit} | {'' if self.kept else '**over**'} |"


def main(arguments: argparse.Namespace) -> int:
    _as_in_tests()
    people = cast.gather()
    catalogue = load_own()
    short, long = (builders.a_review(people) for _each in range(2))
    people.on(short, Role.LEAD)
    people.on(long, Role.LEAD)
    seed.passes([short], 1, people, catalogue, last_open=True)
    *_before, last = seed.passes([long], 30, people, catalogue, last_open=True)
    seed.earlier_texts(last, 50)
    seed.fill(last)
    seed.settle()
    bench = Bench(people)
    _step("Measuring the portal with two reviews")
    before = bench.pages(short), bench.pages(long)
    _step(f"Seeding {arguments.reviews} reviews")
    began = time.monotonic()
    for at in range(0, arguments.reviews, 250):
        made = seed.reviews(people, min(250, arguments.reviews - at))
        seed.passes(made, 4, people, catalogue, last_open=False)
    seed.settle()
    took = time.monotonic() - began
    _step(f"Measuring again, after {took:.0f} s")
    after = bench.pages(short), bench.pages(long)
    figures = [*_history(*after), *_size(before, after), *bench.others(long)]
    _say(figures, took, arguments)
    if arguments.statements:
        print("\n\n".join(["", *after[1][arguments.statements].statements]))
    return 0 if all(figure.kept for figure in figures) else 1


def _step(text: str) -> None:
    print(f"- {text}", file=sys.stderr, flush=True)


def _as_in_tests() -> None:
    """No file is collected, and a response says where it came from."""
    setup_test_environment()
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


class Bench:
    def __init__(self, people: cast.Cast) -> None:
        self.people = people
        self.client = Client(headers={"accept": "text/html"})
        backend = "reviews.backends.SignInBackend"
        self.client.force_login(people.lead, backend=backend)
        self.board = Client()
        self.board.force_login(people.unit, backend=backend)

    def get(self, name: str, *args: Any, client: Client | None = None) -> Any:
        answer = (client or self.client).get(reverse(f"quality_markers:{name}", args=args))
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        return answer

    def pages(self, review: Review) -> dict[str, Cost]:
        """Of the newest pass, which is open."""
        last = Pass.objects.filter(review=review).latest("number")
        place = (review.pk, last.number)
        return {
            "marker": cost(lambda: self.get("marker", *place, 12)),
            "saved": cost(lambda: self.save(last)),
            "questions": cost(lambda: self.get("questions", *place)),
            "pass": cost(lambda: self.get("pass", *place)),
        }

    def save(self, last: Pass) -> Any:
        """An answer of one sitting, as the page saves it by itself; the version is looked up."""
        row = Answer.objects.get(assessment=last, question__marker__number=12, question__number=4)
        url = reverse("quality_markers:answer", args=[last.review_id, last.number, 12, 4])
        sent = {"narrative": f"Saved at {time.perf_counter()}", "version": row.version}
        answer = self.client.post(url, sent, headers={"accept": "application/json"})
        if answer.status_code != 200:
            raise RuntimeError(f"saving answered {answer.status_code}")
        return answer

    def others(self, long: Review) -> list[Figure]:
        return [self.comparison(long), self.paper(long), *self.lists(long)]

    def comparison(self, long: Review) -> Figure:
        found = cost(lambda: self.get("compare", long.pk, 1, 30), times=3)
        read = found.about(Answer._meta.db_table)
        words = f"{read} statement for answers, {found.count} in all, {found.ms}"
        return Figure("Two passes of 107 questions compared", words, "1 for answers", read == 1)

    def paper(self, long: Review) -> Figure:
        last = Pass.objects.select_related("review__board", "catalogue").get(review=long, number=30)
        wish = Wish(assessment=last, user=self.people.lead, at=clock.now())
        html = layout.to_html(layout.book_of(wish))
        ours, theirs = in_turn(
            lambda: layout.to_pdf(layout.book_of(wish)), lambda: weasyprint_alone(html), times=2
        )
        ratio = ours / theirs
        pages = len(PdfReader(BytesIO(weasyprint_alone(html))).pages)
        words = f"{ratio:.2f} ({ours:.1f} s to {theirs:.1f} s, {pages} pages)"
        what = "PDF of 107 answers, to WeasyPrint alone on the same HTML"
        return Figure(what, words, "1.10", ratio <= 1.1)

    def lists(self, long: Review) -> list[Figure]:
        """Pages that read across: told, with no limit but that they are there."""
        found = [
            ("Passes of a review with 30", cost(lambda: self.get("passes", long.pk), times=3)),
            (
                "Figures of the board across all of its reviews",
                cost(lambda: self.get("learning_figures", "northmere", client=self.board), times=2),
            ),
            ("First page of the lead reviewer", cost(lambda: self.client.get("/"), times=3)),
        ]
        return [Figure(what, f"{each.count} statements, {each.ms}") for what, each in found]


def weasyprint_alone(html: str) -> bytes:
    """As core/pdf.py asks for it, and nothing around it."""
    weasyprint = pdf._weasyprint()
    fetcher = pdf._fetcher_class()()
    page = weasyprint.HTML(
        string=html, base_url=pdf.OWN_SCHEME, url_fetcher=fetcher, media_type="print"
    )
    return page.write_pdf(pdf_variant="pdf/ua-1")


PAGES = {"marker": "Marker page", "saved": "Saved answer"}


def _history(short: dict[str, Cost], long: dict[str, Cost]) -> list[Figure]:
    """A review with one pass and no earlier text, to one with 30 and 50 of each answer."""
    found = []
    for key, name in PAGES.items():
        few, many = short[key], long[key]
        words = f"{few.count} and {many.count} statements"
        what = f"{name}: 1 pass without earlier texts, and 30 passes with 50 of each answer"
        found.append(Figure(what, words, "the same", few.count == many.count))
        ratio = many.seconds / few.seconds
        words = f"{ratio:.2f} ({many.ms} to {few.ms})"
        found.append(Figure(f"{name}: time, of these two", words))
    saved, page = long["saved"].count - 1, long["questions"]
    found.append(Figure("Saved answer: statements", str(saved), "12", saved <= 12))
    words = f"{page.count} statements, {len(page.answer.content) / 1000:.0f} kB, {page.ms}"
    found.append(Figure("Page of all 107 questions", words, "12 statements", page.count <= 12))
    whole = long["pass"]
    found.append(Figure("Page of the pass", f"{whole.count} statements, {whole.ms}"))
    return found


def _size(before: Any, after: Any) -> list[Figure]:
    """The same pages of the same review, when the portal held it alone and when it was full."""
    found = []
    for key, name in (*PAGES.items(), ("questions", "Page of all 107 questions")):
        empty, full = before[1][key], after[1][key]
        ratio = full.seconds / empty.seconds
        words = f"{ratio:.2f} ({full.ms} to {empty.ms}), {empty.count} and {full.count} statements"
        kept = full.count == empty.count and ratio <= SLOWER
        what = f"{name}: time in the full portal, to the empty one"
        found.append(Figure(what, words, f"{SLOWER}, same statements", kept))
    return found


def _say(figures: list[Figure], took: float, arguments: argparse.Namespace) -> None:
    rows = [
        f"{arguments.reviews} reviews with 4 passes and {Answer.objects.count():,} answers in all,"
        f" seeded in {took:.0f} s. Python {platform.python_version()}, {os.cpu_count()} processors,"
        f" load {os.getloadavg()[0]:.1f}. {clock.today():%-d %B %Y}.",
        "",
        "| what | measured | limit | |",
        "|---|---|---|---|",
        *map(str, figures),
    ]
    print("\n".join(rows))
    if arguments.write:
        head, _old, tail = PAPER.read_text(encoding="utf-8").split(MARK)
        table = "\n".join(rows)
        PAPER.write_text(f"{head}{MARK}\n{table}\n{MARK}{tail}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--reviews", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--statements", choices=["marker", "saved", "questions", "pass"])
    sys.exit(main(parser.parse_args()))
