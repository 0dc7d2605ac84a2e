"""Two versions side by side: what one says otherwise than the other, marker by marker."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.book import Asked, Book, Chapter
from quality_markers.catalogue.models import Marker
from quality_markers.catalogue.pairing import Ref, paired, paired_chapters
from quality_markers.catalogue.sheets.plain import TEXTS, number_of
from scr_portal.core.comparing import Piece, compared

SAME, CHANGED, ADDED, REMOVED, MOVED = "same", "changed", "added", "removed", "moved"
SHORT = 100
SAID = {
    CHANGED: _("other words"),
    ADDED: _("new"),
    REMOVED: _("taken out"),
    MOVED: _("another number"),
}


@dataclass(frozen=True)
class Words:
    """A text of a marker or of the version itself, before and after."""

    label: str | Promise
    before: str
    after: str

    @property
    def is_short(self) -> bool:
        """A name or a number: whole, before and after, where a text is compared word by word."""
        return max(len(self.before), len(self.after)) <= SHORT and "\n" not in self.after

    @property
    def pieces(self) -> list[Piece]:
        return compared(self.before, self.after)


@dataclass(frozen=True)
class Question:
    """``before`` and ``after`` are references such as 12.4; empty where there is no question."""

    before: str
    after: str
    text_before: str
    text_after: str

    @property
    def kind(self) -> str:
        if not self.before:
            return ADDED
        if not self.after:
            return REMOVED
        if self.text_before != self.text_after:
            return CHANGED
        return SAME if self.before == self.after else MOVED

    @property
    def said(self) -> str | Promise:
        return SAID[self.kind]

    @property
    def pieces(self) -> list[Piece]:
        return compared(self.text_before, self.text_after)


@dataclass(frozen=True)
class MarkerDifference:
    number: int
    title: str
    kind: str
    words: tuple[Words, ...]
    questions: tuple[Question, ...]

    @property
    def said(self) -> str | Promise:
        return SAID[self.kind]


@dataclass(frozen=True)
class Differences:
    facts: tuple[Words, ...]
    markers: tuple[MarkerDifference, ...]
    """Of those that differ alone, in the order of the newer version; what was taken out last."""
    same: int

    def __bool__(self) -> bool:
        return bool(self.facts or self.markers)

    @property
    def has_other_questions(self) -> bool:
        return any(marker.questions for marker in self.markers)


def between(old: Book, new: Book) -> Differences:
    chapters = {after: before for before, after in paired_chapters(old, new).items()}
    told = list(_markers(old, new, chapters))
    return Differences(
        facts=tuple(_facts(old, new)),
        markers=tuple(marker for marker in told if marker.words or marker.questions),
        same=sum(not (marker.words or marker.questions) for marker in told),
    )


def _facts(old: Book, new: Book) -> Iterator[Words]:
    for label, name in ((_("Framework"), "framework"), (_("Edition"), "edition")):
        yield from _differing(label, getattr(old, name), getattr(new, name))
    yield from _differing(_("Clusters"), _lines(old.clusters), _lines(new.clusters))


def _lines(titles: tuple[str, ...]) -> str:
    return "".join(f"{title}\n" for title in titles)


def _markers(old: Book, new: Book, chapters: dict[int, int]) -> Iterator[MarkerDifference]:
    before = {chapter.number: chapter for chapter in old.chapters}
    pairs = {after: one for one, after in paired(old, new).items()}
    origins = _origins(old)
    for chapter in new.chapters:
        was = before.get(chapters.get(chapter.number, 0))
        yield _marker(was, chapter, pairs, origins)
    gone = set(before) - set(chapters.values())
    for number in sorted(gone):
        yield _taken_out(before[number], set(pairs.values()))


def _origins(book: Book) -> dict[Ref, Asked]:
    return {
        (each.number, asked.number): asked for each in book.chapters for asked in each.questions
    }


def _marker(
    was: Chapter | None, now: Chapter, pairs: dict[Ref, Ref], origins: dict[Ref, Asked]
) -> MarkerDifference:
    questions = [_question(now, asked, pairs, origins) for asked in now.questions]
    if was:
        kept = set(pairs.values())
        questions += [
            Question(_reference(was, asked), "", asked.text, "")
            for asked in was.questions
            if (was.number, asked.number) not in kept
        ]
    return MarkerDifference(
        number=now.number,
        title=now.title,
        kind=CHANGED if was else ADDED,
        words=tuple(_words(was or Chapter(0, ""), now)),
        questions=tuple(each for each in questions if each.kind != SAME),
    )


def _question(
    chapter: Chapter, asked: Asked, pairs: dict[Ref, Ref], origins: dict[Ref, Asked]
) -> Question:
    here = _reference(chapter, asked)
    was = pairs.get((chapter.number, asked.number))
    if was is None:
        return Question("", here, "", asked.text)
    return Question(f"{was[0]}.{number_of(origins[was])}", here, origins[was].text, asked.text)


def _taken_out(chapter: Chapter, kept: set[Ref]) -> MarkerDifference:
    return MarkerDifference(
        number=chapter.number,
        title=chapter.title,
        kind=REMOVED,
        words=tuple(_words(chapter, Chapter(0, ""))),
        questions=tuple(
            Question(_reference(chapter, asked), "", asked.text, "")
            for asked in chapter.questions
            if (chapter.number, asked.number) not in kept
        ),
    )


def _words(was: Chapter, now: Chapter) -> Iterator[Words]:
    for name in ("title", *TEXTS):
        yield from _differing(_label(name), getattr(was, name), getattr(now, name))
    if was.number and now.number:
        yield from _differing(_("Number"), str(was.number), str(now.number))
        yield from _differing(_("Cluster"), str(was.cluster), str(now.cluster))
    if was.is_family != now.is_family:
        said = {True: str(_("yes")), False: str(_("no"))}
        yield Words(_label("is_family"), said[was.is_family], said[now.is_family])


def _label(name: str) -> str:
    label = str(Marker._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _differing(label: str | Promise, before: str, after: str) -> Iterator[Words]:
    if before != after:
        yield Words(label, before, after)


def _reference(chapter: Chapter, asked: Asked) -> str:
    return f"{chapter.number}.{number_of(asked)}"
