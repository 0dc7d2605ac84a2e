"""The markers of a pass with what is said to each question: five statements for any number."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, Reflection
from quality_markers.catalogue.models import Marker
from quality_markers.exports import queries
from quality_markers.exports.content import voices
from quality_markers.exports.content.beside import Beside, beside
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from scr_portal.core.book import Chapter, Entry, Part, Voice


def by_cluster(chapters: list[Chapter], clusters: list[tuple[int, str]]) -> list[Part]:
    """``clusters`` beside ``chapters``: number and title of each one's."""
    pairs = zip(clusters, chapters, strict=True)
    return [
        Part(
            key=f"cluster-{number}",
            eyebrow=_("Cluster %(number)s") % {"number": number},
            title=title,
            chapters=[chapter for _cluster, chapter in group],
        )
        for (number, title), group in groupby(pairs, key=lambda pair: pair[0])
    ]


def cluster(marker: Marker) -> tuple[int, str]:
    return marker.cluster_number, marker.cluster_title


def chapter(marker: Marker, entries: list[Entry], prefix: str = "") -> Chapter:
    return Chapter(
        key=f"{prefix}marker-{marker.number}",
        number=marker.number,
        title=marker.title,
        statement=marker.statement,
        cluster=marker.cluster_title,
        entries=entries,
    )


def of_pass(wish: Wish, markers: list[Marker], names: Names, prefix: str = "") -> list[Chapter]:
    reader = _Reader(wish, markers, names)
    return [chapter(marker, reader.entries(marker), prefix) for marker in markers]


def readable(wish: Wish) -> list[Marker]:
    """Through the person's own door; of one marker asked for, that of the same number."""
    wanted = queries.readable(wish.user, wish.assessment)
    if wish.marker:
        wanted = wanted.filter(number=wish.marker.number)
    return list(wanted.prefetch_related("questions"))


def markers_of(wish: Wish) -> list[Marker]:
    """Raises PermissionDenied where there is none."""
    if found := readable(wish):
        return found
    raise PermissionDenied


def last_entry(marker: Marker, voices: list[Voice]) -> Entry:
    return Entry(f"{marker.number}.R", _("Overall reflection"), voices, is_last=True)


class _Reader:
    def __init__(self, wish: Wish, markers: list[Marker], names: Names) -> None:
        self.wish, self.names = wish, names
        answers = wish.assessment.answers.filter(question__marker__in=markers)
        self.answers: dict[int, Answer] = {
            row.question_id: row for row in answers.select_related("by")
        }
        reflections = wish.assessment.reflections.filter(marker__in=markers)
        self.reflections: dict[int, Reflection] = {
            row.marker_id: row for row in reflections.select_related("by")
        }
        self.beside: Beside = beside(wish, names, markers)

    def entries(self, marker: Marker) -> list[Entry]:
        assessment = self.wish.assessment
        questions = sorted(marker.questions.all(), key=lambda question: question.number)
        found = []
        for question in questions:
            question.marker = marker
            row = self.answers.get(question.pk)
            voice = voices.answer(assessment, question, row, self.names, self.beside)
            found.append(Entry(question.reference, question.text, [voice]))
        thoughts = self.reflections.get(marker.pk)
        voice = voices.reflection(assessment, marker, thoughts, self.names)
        return [*found, last_entry(marker, [voice])]
