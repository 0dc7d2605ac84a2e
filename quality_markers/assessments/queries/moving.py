"""What becomes of a pass in another version of the catalogue: question by question."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from quality_markers.assessments.models import Answer, Pass, Reflection
from quality_markers.catalogue.mapping import matched
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question


@dataclass(frozen=True)
class Mapped:
    """``markers`` and ``questions``: from primary key to primary key, of the whole catalogue."""

    version: CatalogueVersion
    questions: dict[int, int]
    markers: dict[int, int]
    # What has been written and has no place in the other version: readable where it was written.
    left_answers: list[Answer] = field(default_factory=list)
    left_reflections: list[Reflection] = field(default_factory=list)
    # The question as it was answered, and as it reads there.
    reworded: list[tuple[Question, Question]] = field(default_factory=list)
    # Questions of the markers of the pass that are there and were never asked here.
    added: list[Question] = field(default_factory=list)

    @property
    def leaves(self) -> bool:
        return bool(self.left_answers or self.left_reflections)


def newer_version(assessment: Pass) -> CatalogueVersion | None:
    """What a new review would begin with, where this pass uses another wording of the same."""
    old, current = assessment.catalogue, CatalogueVersion.objects.current(assessment.review.board)
    is_newer = current and current.pk != old.pk and current.framework == old.framework
    return current if is_newer else None


def mapped(assessment: Pass, version: CatalogueVersion) -> Mapped:
    """Eight statements, whatever the size of the catalogue."""
    questions = matched(assessment.catalogue, version)
    asked = {
        row.pk: row
        for row in Question.objects.filter(
            marker__version__in=(assessment.catalogue_id, version.pk)
        ).select_related("marker")
    }
    markers = _markers(questions, asked)
    part = set(assessment.markers.values_list("pk", flat=True))
    return Mapped(
        version,
        questions,
        markers,
        left_answers=[
            row for row in _written_answers(assessment) if row.question_id not in questions
        ],
        left_reflections=[
            row
            for row in assessment.reflections.exclude(text="").select_related("marker", "by")
            if row.marker_id not in markers
        ],
        reworded=_in_order(
            (asked[old], asked[new])
            for old, new in questions.items()
            if asked[old].marker_id in part and asked[old].text != asked[new].text
        ),
        added=_added(part, questions, asked),
    )


def _markers(questions: dict[int, int], asked: dict[int, Question]) -> dict[int, int]:
    """Where most of a marker's questions have gone."""
    counted: dict[int, Counter[int]] = defaultdict(Counter)
    for old, new in sorted(questions.items()):
        counted[asked[old].marker_id][asked[new].marker_id] += 1
    return {old: where.most_common(1)[0][0] for old, where in counted.items()}


def _written_answers(assessment: Pass) -> list[Answer]:
    rows = assessment.answers.select_related("question__marker", "by")
    return [
        row
        for row in rows.order_by("question__marker__number", "question__number")
        if row.judgement != Answer.Judgement.NOT_CONSIDERED or row.narrative or row.evidence
    ]


def _in_order(pairs: object) -> list[tuple[Question, Question]]:
    return sorted(pairs, key=lambda pair: (pair[0].marker.number, pair[0].number))  # type: ignore[call-overload, no-any-return]


def _added(part: set[int], questions: dict[int, int], asked: dict[int, Question]) -> list[Question]:
    taken = set(questions.values())
    there = {asked[new].marker_id for old, new in questions.items() if asked[old].marker_id in part}
    found = [row for row in asked.values() if row.marker_id in there and row.pk not in taken]
    return sorted(found, key=lambda row: (row.marker.number, row.number))


def markers_there(assessment: Pass, mapped: Mapped) -> list[Marker]:
    """Markers of the other version that hold a question of this pass, so that none is lost."""
    part = set(assessment.markers.values_list("pk", flat=True))
    mine = Question.objects.filter(marker__in=part).values_list("pk", flat=True)
    wanted = [mapped.questions[pk] for pk in mine if pk in mapped.questions]
    return list(
        Marker.objects.filter(version=mapped.version, questions__in=wanted)
        .distinct()
        .order_by("number")
    )
