"""What goes into a person's packs, and what a returned one says against what stands here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, Pass, Reflection, Written
from quality_markers.assessments.queries import Leave, leave_of, words_of
from quality_markers.assessments.rules import Texts, texts_of, token
from quality_markers.catalogue.models import Marker, Question
from quality_markers.packs import rules
from quality_markers.packs.models import Pack, ReturnedAnswer, ReturnedPack
from scr_portal.core.comparing import Piece, compared


@dataclass(frozen=True)
class Slot:
    """A place for words in a pass: a question, or the overall reflection on a marker."""

    marker: Marker
    question: Question | None = None

    @property
    def key(self) -> str:
        return f"q{self.question.pk}" if self.question else f"r{self.marker.pk}"

    @property
    def number(self) -> str:
        return self.question.reference if self.question else str(self.marker.number)

    @property
    def words(self) -> str:
        return self.question.text if self.question else _("Overall reflection")

    @property
    def heading(self) -> str:
        """As the file says it, beside the answer."""
        return f"{self.number} {self.words}" if self.question else self.words

    @property
    def kind(self) -> type[Written]:
        return Answer if self.question else Reflection

    @property
    def anchor(self) -> str:
        if self.question:
            return f"q-{self.marker.number}-{self.question.number}"
        return f"reflection-{self.marker.number}"


def slots(assessment: Pass, leave: Leave) -> list[Slot]:
    """In the order of the catalogue. Two statements."""
    found: list[Slot] = []
    markers = assessment.markers.order_by("number").prefetch_related("questions")
    for marker in markers:
        questions = sorted(marker.questions.all(), key=lambda each: each.number)
        for question in questions:
            question.marker = marker
        found += [Slot(marker, each) for each in questions if leave.question(each)]
        if leave.marker(marker):
            found.append(Slot(marker))
    return found


def slots_of(user: Any, assessment: Pass) -> list[Slot]:
    """What this person may fill in today."""
    return slots(assessment, leave_of(user, assessment))


def by_marker(found: Iterable[Slot]) -> list[tuple[Marker, list[Slot]]]:
    groups = groupby(found, key=lambda slot: slot.marker)
    return [(marker, list(group)) for marker, group in groups]


def in_parts(found: Iterable[Slot], most: int) -> list[list[tuple[Marker, list[Slot]]]]:
    """Whole markers, so many together that they have no more places than that, or one alone."""
    parts: list[list[tuple[Marker, list[Slot]]]] = []
    room = 0
    for marker, group in by_marker(found):
        if not parts or len(group) > room:
            parts.append([])
            room = most
        parts[-1].append((marker, group))
        room -= len(group)
    return parts


def rows(assessment: Pass, found: Collection[Slot]) -> dict[str, Any]:
    """The answers and reflections that have been written, by the key of their slot."""
    questions = [slot.question.pk for slot in found if slot.question]
    markers = [slot.marker.pk for slot in found if not slot.question]
    answers = assessment.answers.filter(question__in=questions).select_related("by")
    reflections = assessment.reflections.filter(marker__in=markers).select_related("by")
    return {f"q{row.question_id}": row for row in answers} | {
        f"r{row.marker_id}": row for row in reflections
    }


def given(pack: Pack, slot: Slot) -> dict[str, str]:
    """What the file said of the place when it was handed out."""
    return {**texts_of(slot.kind, None), **pack.texts.get(slot.key, {})}


def packs_of(user: Any, assessment: Pass, mine: Collection[Slot]) -> QuerySet[Pack]:
    """The person's own, and those of others that hold nothing which is not theirs to fill in."""
    numbers = [slot.marker.number for slot in mine if not slot.question]
    packs = assessment.packs.filter(Q(by=user) | Q(markers__contained_by=numbers))
    return packs.select_related("by").annotate(times=Count("returned")).defer("texts")


def returned_to(user: Any, assessment: Pass) -> QuerySet[ReturnedPack]:
    """Files that came back, of the packs that this person may know of."""
    packs = packs_of(user, assessment, slots_of(user, assessment))
    waiting = Count("answers", filter=Q(answers__state=ReturnedAnswer.State.WAITING))
    found = ReturnedPack.objects.filter(pack__in=packs.values("pk"))
    return found.select_related("by").annotate(waiting=waiting)


@dataclass(frozen=True)
class Said:
    """One field of an answer: when it was handed out, in the file, and here by now."""

    name: str
    label: str
    then: str
    file: str
    now: str
    is_clash: bool
    # Whether words that stand here by now would go.
    replaces: bool

    @property
    def compared(self) -> list[Piece]:
        return compared(self.now, self.file)


@dataclass
class Line:
    """One answer of a returned file beside what stands here. ``token`` is of what stands here."""

    row: ReturnedAnswer
    slot: Slot
    kind: rules.Kind
    said: list[Said]
    token: str
    written: Any = None

    @property
    def is_waiting(self) -> bool:
        return self.row.state == ReturnedAnswer.State.WAITING


def lines(user: Any, returned: ReturnedPack, mine: Collection[Slot]) -> list[Line]:
    """In the order of the catalogue; of what is this person's to fill in, and nothing else."""
    by_key = {slot.key: slot for slot in mine}
    answers = {slot_key(row): row for row in returned.answers.select_related("settled_by")}
    shown = [slot for key, slot in by_key.items() if key in answers]
    written = rows(returned.pack.assessment, shown)
    return [
        _line(answers[slot.key], slot, written.get(slot.key), given(returned.pack, slot))
        for slot in shown
    ]


def slot_key(row: ReturnedAnswer) -> str:
    return f"q{row.question_id}" if row.question_id else f"r{row.marker_id}"


def _line(row: ReturnedAnswer, slot: Slot, written: Any, then: Texts) -> Line:
    now = texts_of(slot.kind, written)
    clashes = rules.clashes(then, row.texts, now)
    said = [
        Said(
            name=name,
            label=str(slot.kind._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
            then=words_of(name, then[name]),
            file=words_of(name, row.texts[name]),
            now=words_of(name, now[name]),
            is_clash=name in clashes,
            replaces=now[name] not in (row.texts[name], *rules.BLANK),
        )
        for name in slot.kind.FIELDS
        if name in row.texts
    ]
    kind = rules.kind_of(then, row.texts, now)
    return Line(row, slot, kind, said, token(slot.kind, now), written)


def changed_here(returned: ReturnedPack, mine: Collection[Slot]) -> list[Slot]:
    """Places that the file leaves as they were handed out and that somebody changed here since."""
    if not returned.pack.is_filled:
        return []
    answered = {slot_key(row) for row in returned.answers.all()}
    rest = [slot for slot in mine if slot.key in returned.pack.texts and slot.key not in answered]
    written = rows(returned.pack.assessment, rest)
    return [
        slot
        for slot in rest
        if texts_of(slot.kind, written.get(slot.key)) != given(returned.pack, slot)
    ]
