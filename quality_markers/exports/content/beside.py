"""What stands beside the answers of one pass, by the id of the question."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments.models import QuestionReturn
from quality_markers.assessments.queries.evidence import Item, evidence_of
from quality_markers.assessments.queries.record import Contradiction, contradictions
from quality_markers.catalogue.models import Marker
from quality_markers.comments import queries as comments
from quality_markers.comments.models import QuestionComment
from quality_markers.comparing.models import Movement
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from quality_markers.exports.models import Export
from scr_portal.core.templatetags.portal import day, moment

Lines = Mapping[int, list[str]]


@dataclass(frozen=True)
class Beside:
    evidence: Lines = field(default_factory=dict)
    against: Lines = field(default_factory=dict)
    explained: Lines = field(default_factory=dict)
    returned: Lines = field(default_factory=dict)
    comments: Lines = field(default_factory=dict)
    why: Lines = field(default_factory=dict)


def beside(wish: Wish, names: Names, markers: Collection[Marker]) -> Beside:
    found = contradictions(wish.assessment, wish.user)
    return Beside(
        evidence=_evidence(wish, names, markers),
        against={each.question.pk: _against(each) for each in found},
        explained={each.question.pk: _explained(each, names) for each in found},
        returned=_returned(wish, names),
        comments=_comments(wish, names) if wish.with_comments else {},
        why=_why(wish, names),
    )


def _evidence(wish: Wish, names: Names, markers: Collection[Marker]) -> Lines:
    found = evidence_of(wish.assessment, markers, wish.user)
    return {question: [_item(each, names) for each in items] for question, items in found.items()}


def _item(item: Item, names: Names) -> str:
    """What it is and where, who brought it, and what is wrong with it."""
    url = item.url if item.is_outside and item.url != item.text else ""
    beside = "" if item.is_outside else item.beside
    what = ", ".join(each for each in (item.text, beside, url, day(item.on)) if each)
    said = {
        "kind": item.row.get_kind_display(),
        "what": what,
        "by": signed(names, item.row.by, item.row.at),
        "trouble": item.trouble,
    }
    return _("%(kind)s: %(what)s. Added by %(by)s. %(trouble)s") % said


def _against(found: Contradiction) -> list[str]:
    return [
        _("%(fact)s (%(day)s)") % {"fact": fact.text, "day": day(fact.on)}
        if fact.on
        else str(fact.text)
        for fact in found.facts
    ]


def _explained(found: Contradiction, names: Names) -> list[str]:
    """Facts that came after the explanation are named: nobody has spoken of them."""
    said = found.explanation
    lines = [said.words, signed(names, said.by, said.at)] if said else []
    if not said or not found.unexplained:
        return lines or [_("Nobody has explained it yet.")]
    return [*lines, _("Not explained yet: %(facts)s") % {"facts": _facts(found.unexplained)}]


def _facts(facts: Iterable[Any]) -> str:
    return "; ".join(str(fact.text) for fact in facts)


def signed(names: Names, person: Any, at: Any) -> str:
    return ", ".join(each for each in (names(person), moment(at)) if each)


def _returned(wish: Wish, names: Names) -> Lines:
    rows = QuestionReturn.objects.filter(submission__assessment=wish.assessment)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("by").order_by("at", "pk"):
        found[row.question_id] += [row.reason, signed(names, row.by, row.at)]
    return found


def _why(wish: Wish, names: Names) -> Lines:
    """In a history all that was said of a pass beside those before it, in a comparison of two."""
    if wish.of == Export.Of.PASS:
        return {}
    rows = wish.assessment.movements.filter(question__isnull=False)
    if wish.of == Export.Of.COMPARISON:
        rows = rows.filter(earlier=wish.compared_with)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("by", "earlier").order_by("earlier__number", "pk"):
        found[row.question_id or 0] += moved(
            row, names, is_one_of_many=wish.of == Export.Of.HISTORY
        )
    return found


def moved(row: Movement, names: Names, *, is_one_of_many: bool = False) -> list[str]:
    since = _("Since self-assessment %(number)s:") % {"number": row.earlier.number}
    said = [row.words, signed(names, row.by, row.at)]
    return [since, *said] if is_one_of_many else said


def _comments(wish: Wish, names: Names) -> Lines:
    threads = comments.by_question(wish.user, wish.assessment)
    return {
        question: [line for thread in found for line in _thread(thread, names)]
        for question, found in threads.items()
    }


def _thread(thread: QuestionComment, names: Names) -> list[str]:
    lines = [_comment(each, names) for each in (thread, *thread.answers)]  # type: ignore[attr-defined]
    if thread.resolved_at:
        who = signed(names, thread.resolved_by, thread.resolved_at)
        lines.append(_("Resolved: %(who)s") % {"who": who})
    return lines


def _comment(comment: QuestionComment, names: Names) -> str:
    return _("%(who)s: %(words)s") % {
        "who": signed(names, comment.by, comment.at),
        "words": comment.text,
    }
