"""Two passes beside each other, in the order of the later one."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Reflection
from quality_markers.catalogue.models import Marker
from quality_markers.comparing import content
from quality_markers.exports import queries
from quality_markers.exports.content import chapters, fronts, voices
from quality_markers.exports.content.beside import beside, moved
from quality_markers.exports.content.frame import frame
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from scr_portal.core.book import Book, Chapter, Entry, Said, Voice
from scr_portal.core.templatetags.portal import day


def book(wish: Wish) -> Book:
    assert wish.compared_with
    earlier = wish.about(wish.compared_with)
    names = Names(wish.assessment.review, wish.is_named)
    found = content.comparison(earlier.assessment, wish.assessment, wish.user)
    wanted = [each for each in found.chapters if _is_wanted(wish, each.marker)]
    if not wanted or not queries.may_export(wish.user, wish.assessment.review):
        raise PermissionDenied
    reader = _Reader(earlier, wish, names)
    numbers = [each.marker.number for each in wanted]
    title = _("What moved between self-assessments %(first)s and %(second)s") % {
        "first": earlier.assessment.number,
        "second": wish.assessment.number,
    }
    return Book(
        title=title,
        subtitle=str(wish.marker) if wish.marker else "",
        version=_("Self-assessments %(first)s and %(second)s")
        % {"first": earlier.assessment.number, "second": wish.assessment.number},
        wording=voices.wording(wish.assessment),
        facts=[*_sides(earlier, wish), *fronts.of_copy(wish, names, numbers)],
        parts=chapters.by_cluster(
            [reader.chapter(each) for each in wanted],
            [chapters.cluster(each.marker) for each in wanted],
        ),
        said=[] if wish.marker else _overall(found, names),
        **frame(wish, names),
    )


def _is_wanted(wish: Wish, marker: Marker) -> bool:
    return wish.marker is None or marker.pk == wish.marker.pk


def _sides(*wishes: Wish) -> list[tuple[str, str]]:
    return [
        (
            fronts.pass_title(each.assessment),
            "\n".join(
                [
                    f"{fronts.subtitle(each.assessment)}, {day(each.assessment.opened_at)}",
                    str(each.assessment.get_state_display()),
                    voices.wording(each.assessment),
                ]
            ),
        )
        for each in wishes
    ]


def _overall(found: content.Comparison, names: Names) -> list[Said]:
    why = moved(found.why, names) if found.why else []
    left = [f"{pair.reference} {pair.question.text}" for pair in found.left]
    plans = [
        _("%(marker)s, planned for self-assessment %(number)s")
        % {"marker": plan.marker, "number": plan.assessment.number}
        for plan in found.plans
    ]
    said = [
        ("why", _("What moved, and why"), why),
        ("left", _("Partly or not in place then, and not considered since"), left),
        ("plans", _("Planned, and never taken up"), plans),
    ]
    return [
        Said(kind, label, voices.unnumbered(names, lines)) for kind, label, lines in said if lines
    ]


class _Reader:
    def __init__(self, earlier: Wish, later: Wish, names: Names) -> None:
        self.earlier, self.later, self.names = earlier.assessment, later.assessment, names
        self.then, self.now = (
            beside(each, names, list(queries.readable(each.user, each.assessment)))
            for each in (earlier, later)
        )
        self.headings = [
            f"{fronts.pass_title(each)}, {fronts.subtitle(each)}"
            for each in (self.earlier, self.later)
        ]

    def chapter(self, found: content.Chapter) -> Chapter:
        entries = [self._entry(pair) for pair in found.pairs]
        rows = [(self.earlier, found.then), (self.later, found.now)]
        thoughts = [
            self._thoughts(found.marker, row, place) for place, (_one, row) in enumerate(rows)
        ]
        last = chapters.last_entry(found.marker, thoughts)
        return chapters.chapter(found.marker, [*entries, last])

    def _thoughts(self, marker: Marker, row: Reflection | None, place: int) -> Voice:
        one = (self.earlier, self.later)[place]
        return voices.reflection(one, marker, row, self.names, self.headings[place])

    def _entry(self, pair: content.Pair) -> Entry:
        why = moved(pair.why, self.names) if pair.why else []
        asked = _("Asked then as: %(text)s")
        return Entry(
            reference=pair.reference,
            text=pair.question.text,
            voices=[self._voice(pair.then, 0, []), self._voice(pair.now, 1, why)],
            note=asked % {"text": pair.then.question.text} if pair.then and pair.reworded else "",
        )

    def _voice(self, side: content.Side | None, place: int, why: list[str]) -> Voice:
        one, around = ((self.earlier, self.then), (self.later, self.now))[place]
        heading = self.headings[place]
        if side is None:
            return voices.not_asked(one, self.names, why, heading)
        around = replace(around, why={side.question.pk: why})
        return voices.answer(one, side.question, side.answer, self.names, around, heading)
