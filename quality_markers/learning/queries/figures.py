"""Which questions are often partly or not in place, and which markers are left to the end.

Numbers are of reviews that the reader may see and whose self-assessments are signed, whatever the
number of passes in each. What is small is hidden (scr_portal/core/suppression.py).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.mapping import matched
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from quality_markers.learning import rules
from quality_markers.learning.queries.board import seen_by
from quality_markers.learning.queries.splits import Column, Split
from scr_portal.accounts.models import Board
from scr_portal.core.suppression import Shown, shown

J = Answer.Judgement
LACKING = (J.PARTLY, J.NOT_IN_PLACE)
Counts = dict[str, Counter[int]]


@dataclass(frozen=True)
class Row:
    """``first`` counts the reviews of which ``second`` counts some."""

    thing: Any  # a Question or a Marker
    first: Shown[rules.Line]
    second: Shown[rules.Line]


@dataclass(frozen=True)
class Figures:
    version: CatalogueVersion | None
    columns: list[Column]
    reviews: Shown[rules.Line] | None
    looked_back: Shown[rules.Line] | None
    questions: list[Row]
    markers: list[Row]

    @property
    def often(self) -> list[Row]:
        """Questions with a number that may be shown, the largest first."""
        return _largest_first(self.questions)

    @property
    def left(self) -> list[Row]:
        return _largest_first(self.markers)

    @property
    def is_empty(self) -> bool:
        return self.reviews is None


def _largest_first(rows: list[Row]) -> list[Row]:
    known = [row for row in rows if row.first.total]
    return sorted(known, key=lambda row: -(row.first.total or 0))


def figures(board: Board, user: Any, split: Split) -> Figures:
    version = CatalogueVersion.objects.current(board)
    if version is None:
        return Figures(None, [], None, None, [], [])
    signed = _signed(board, user, version)
    counts, wordings = _reviews(signed, split)
    if not counts[rules.REVIEWS]:
        return Figures(version, [], None, None, [], [])
    markers = list(version.markers.defer("rationale", "knowledge", "law", "obstacles"))
    questions = list(Question.objects.filter(marker__version=version).select_related("marker"))
    counts |= _of_questions(signed, split, wordings, _onto(questions, version, wordings))
    counts |= _of_markers(signed, split, version, markers, counts[rules.LOOKED_BACK])
    return _figures(version, split.columns(counts[rules.REVIEWS]), questions, markers, counts)


def _signed(board: Board, user: Any, version: CatalogueVersion) -> QuerySet[Any]:
    """Each with the catalogue of its newest signed pass, in which its answers are counted."""
    passes = Pass.objects.filter(
        review=OuterRef("pk"),
        state=Pass.State.ACCEPTED,
        catalogue__framework=version.framework,
    )
    back = passes.filter(purpose=Pass.Purpose.RETROSPECTIVE)
    newest = Subquery(passes.order_by("-number").values("catalogue")[:1])
    reviews = seen_by(user, board).order_by().annotate(wording=newest, back=Exists(back))
    return reviews.filter(wording__isnull=False)


def _reviews(signed: QuerySet[Any], split: Split) -> tuple[Counts, set[int]]:
    rows = (
        signed.annotate(column=split.value())
        .values_list("column", "wording")
        .annotate(reviews=Count("pk"), looked=Count("pk", filter=Q(back=True)))
    )
    counts: Counts = {rules.REVIEWS: Counter(), rules.LOOKED_BACK: Counter()}
    wordings = set()
    for column, wording, number, back in rows:
        counts[rules.REVIEWS][column] += number
        counts[rules.LOOKED_BACK][column] += back
        wordings.add(wording)
    return counts, wordings


def _of_questions(
    signed: QuerySet[Any], split: Split, wordings: Iterable[int], onto: dict[int, int]
) -> Counts:
    """Of each review the newest word on a question, once."""
    of_their_wording = reduce(
        or_,
        (
            Q(review__in=signed.filter(wording=pk).values("pk"), assessment__catalogue=pk)
            for pk in wordings
        ),
    )
    newest = (
        Answer.objects.filter(of_their_wording, assessment__state=Pass.State.ACCEPTED)
        .exclude(judgement=J.NOT_CONSIDERED)
        .order_by("review_id", "question_id", "-assessment__number")
        .distinct("review_id", "question_id")
    )
    rows = (
        Answer.objects.filter(pk__in=newest.values("pk"), judgement__in=LACKING)
        .annotate(column=split.value("review__"))
        .order_by()
        .values_list("question", "judgement", "column")
        .annotate(reviews=Count("pk"))
    )
    counts: Counts = defaultdict(Counter)
    for question, judgement, column, number in rows:
        if question in onto:
            counts[f"q{onto[question]}"][column] += number
            if judgement == J.NOT_IN_PLACE:
                counts[f"q{onto[question]}:not"][column] += number
    return counts


def _onto(
    questions: list[Question], version: CatalogueVersion, wordings: set[int]
) -> dict[int, int]:
    """Every question that was asked, to that of the board's present catalogue."""
    found = {each.pk: each.pk for each in questions}
    for other in CatalogueVersion.objects.filter(pk__in=wordings - {version.pk}):
        found |= matched(other, version)
    return found


def _of_markers(
    signed: QuerySet[Any],
    split: Split,
    version: CatalogueVersion,
    markers: list[Marker],
    looked_back: Counter[int],
) -> Counts:
    """What was left: the reviews that looked back, less those that had looked at the marker."""
    looked = (
        Answer.objects.filter(
            review__in=signed.filter(back=True).values("pk"),
            assessment__catalogue__framework=version.framework,
        )
        .exclude(judgement=J.NOT_CONSIDERED)
        .exclude(assessment__state=Pass.State.WITHDRAWN)
        .annotate(column=split.value("review__"))
        .order_by()
        .values_list("question__marker__number", "column")
        .annotate(
            before=Count(
                "review",
                distinct=True,
                filter=~Q(assessment__purpose=Pass.Purpose.RETROSPECTIVE),
            ),
            ever=Count("review", distinct=True),
        )
    )
    counts: Counts = {}
    for marker in markers:
        for line in rules.lines_of_marker(marker.number):
            counts[line.key] = Counter(looked_back)
    for number, column, before, ever in looked:
        if f"m{number}" in counts:
            counts[f"m{number}"][column] -= before
            counts[f"m{number}:never"][column] -= ever
    return counts


def _figures(
    version: CatalogueVersion,
    columns: list[Column],
    questions: list[Question],
    markers: list[Marker],
    counts: Counts,
) -> Figures:
    lines = [rules.Line(rules.REVIEWS), rules.Line(rules.LOOKED_BACK, rules.REVIEWS)]
    of_questions = [rules.lines_of_question(each.pk) for each in questions]
    of_markers = [rules.lines_of_marker(each.number) for each in markers]
    for pair in (*of_questions, *of_markers):
        lines += pair
    groups = [each.values for each in columns] or [frozenset(counts[rules.REVIEWS])]
    banded = {
        line.key: [
            sum(counts.get(line.key, Counter())[value] for value in group) for group in groups
        ]
        for line in lines
    }
    found = {each.line.key: each for each in shown(lines, banded)}
    return Figures(
        version,
        columns,
        found[rules.REVIEWS],
        found[rules.LOOKED_BACK],
        [_row(each, pair, found) for each, pair in zip(questions, of_questions, strict=True)],
        [_row(each, pair, found) for each, pair in zip(markers, of_markers, strict=True)],
    )


def _row(thing: Any, pair: list[rules.Line], found: dict[str, Shown[rules.Line]]) -> Row:
    return Row(thing, found[pair[0].key], found[pair[1].key])
