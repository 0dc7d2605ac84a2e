"""What a reader would miss: findings that explain and stand in nobody's way (QM 6.3, 6.4).

Words are looked for, so a finding may be wrong; whoever writes judges that.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reviews.case.identifiers import Identifier, found_in
from reviews.scoping.terms import scope
from reviews.scoping.terms.rules import Content, text_of
from scr_portal.core.dates import add_months


@dataclass(frozen=True)
class Finding:
    """``section`` is the key under which it is put right."""

    section: str
    missing: str
    why: str


@dataclass(frozen=True)
class Facts:
    """What the record knows. ``agencies`` know of the family, or have an author here."""

    incident_on: date
    born: list[date] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    # For a reader who may see real names alone.
    identifiers: list[Identifier] = field(default_factory=list)


def check(content: Content, facts: Facts) -> list[Finding]:
    """In the order of the sections."""
    found = [finding for each in CHECKS for finding in each(content, facts)]
    order = list(scope.topics())
    return sorted(found, key=lambda finding: order.index(finding.section))


def _period(content: Content, facts: Facts) -> Iterator[Finding]:
    begins, ends = content["period_from"], content["period_to"]
    if not begins or not ends:
        yield Finding(
            "period",
            _("The period has no beginning or no end."),
            _("Nobody can tell which records to look for, or when the work is done."),
        )
    if ends and date.fromisoformat(ends) < facts.incident_on:
        yield Finding(
            "period",
            _("The period ends before the incident."),
            _("What happened on that day, and what agencies then did, would not be looked at."),
        )
    said = content["sections"].get("period", "").strip()
    if begins and not said and any(born < date.fromisoformat(begins) for born in facts.born):
        yield Finding(
            "period",
            _("Part of the child’s life lies before the period, and no word says why."),
            _("Early help, injury or loss may explain what came later."),
        )


def born_by(age: str, on: date) -> date | None:
    """The latest day on which somebody of this age ("7 months", "12") was born; None if unclear."""
    match = re.match(r"\s*(\d{1,3})\s*(day|week|month|year)?", age.lower())
    if match is None:
        return None
    number, unit = int(match[1]), match[2]
    if unit in ("day", "week"):
        return on - timedelta(days=number * (7 if unit == "week" else 1))
    return add_months(on, -number if unit == "month" else -12 * number)


def _agencies(content: Content, facts: Facts) -> Iterator[Finding]:
    everything = _everything(content)
    for name in facts.agencies:
        if name.casefold() not in everything:
            yield Finding(
                "agencies",
                _("%(agency)s is named nowhere.") % {"agency": name},
                _(
                    "It has told the board that it knows of the family, or has an author on this "
                    "review. Say what is asked of it, or why it is left out."
                ),
            )


def _everything(content: Content) -> str:
    return "\n".join(text_of(content, key) for key in scope.topics()).casefold()


NOTHING = re.compile(
    r"(there (is|are|was|were) )?(none|nil|na|n a|nothing|unknown|tbc|tba|to be confirmed|no$|"
    r"not (applicable|relevant|known|identified|recorded|an issue|considered)|"
    r"no (issue|concern|need|factor|known|relevant|specific|particular|special|information|differ))"
)
MOST_WORDS_OF_NOTHING = 8


def says_nothing(text: str) -> bool:
    """Empty, or words such as "None", "N/A", "Not applicable" and "There are no issues"."""
    words = re.sub(r"[^\w\s]+", " ", text.casefold()).split()
    if len(words) > MOST_WORDS_OF_NOTHING:
        return False
    return not words or NOTHING.match(" ".join(words)) is not None


def _equality(content: Content, facts: Facts) -> Iterator[Finding]:
    if says_nothing(content["sections"].get("equality", "")):
        yield Finding(
            "equality",
            _("Race, language, culture, religion and disability are passed over."),
            _(
                "Every child and family has them. What they meant for the help that was offered is "
                "learned only where the review is told to ask."
            ),
        )


def _parallel(content: Content, facts: Facts) -> Iterator[Finding]:
    everything = _everything(content)
    for name in facts.processes:
        if name.casefold() not in everything:
            yield Finding(
                "parallel",
                _("“%(process)s” is on the register and not mentioned.") % {"process": name},
                _("It may decide whom the review can speak to, and when."),
            )


def _scale(content: Content, facts: Facts) -> Iterator[Finding]:
    if says_nothing(content["sections"].get(scope.SCALE, "")):
        yield Finding(
            scope.SCALE,
            _("There is no reason for the scale of the review."),
            _("A reader can’t see why it is not larger or smaller, and it will be asked."),
        )
    empty = [topic for topic in scope.factors() if not content["sections"].get(topic.key)]
    if empty:
        yield Finding(
            scope.SCALE,
            _("Factors of which nothing is said: %(titles)s.")
            % {"titles": "; ".join(topic.title for topic in empty)},
            _("Even one that changes nothing is worth a line, so that it is seen to be weighed."),
        )


# Sections that a reader looks for first, and what their silence costs.
def _silent(content: Content, facts: Facts) -> Iterator[Finding]:
    for key, (missing, why) in _silences().items():
        if says_nothing(content["sections"].get(key, "")):
            yield Finding(key, missing, why)


def _silences() -> dict[str, tuple[str, str]]:
    return {
        "breadth": (
            _("Nothing says how wide and how deep the review looks."),
            _("Without it the work grows, or stops short, by accident."),
        ),
        "questions": (
            _("There are no questions."),
            _("Agencies and reviewers will each answer a different one."),
        ),
        "method": (
            _("There is no method."),
            _("Nobody knows how information becomes learning, or what they will be asked to do."),
        ),
        "family": (
            _("The family is not spoken of."),
            _("They may not be told in time, and what only they know is lost."),
        ),
        "knowledge": (
            _("Nothing is said of what the reviewers must know."),
            _("The board can’t tell whether those it appoints are the right ones."),
        ),
    }


PRACTITIONERS = re.compile(
    r"practitioner|professional|front.?line|staff|social worker|case group|conversation|"
    r"interview|learning event|workshop|those who (worked|knew)|workers",
    re.IGNORECASE,
)


def _method(content: Content, facts: Facts) -> Iterator[Finding]:
    text = content["sections"].get("method", "")
    if not says_nothing(text) and not PRACTITIONERS.search(text):
        yield Finding(
            "method",
            _("The method does not say how practitioners take part."),
            _("They know why things made sense at the time, and they carry the changes."),
        )


def _identifiers(content: Content, facts: Facts) -> Iterator[Finding]:
    """The word itself is not repeated: this stands on pages where no real name does."""
    for key in scope.topics():
        found: dict[str, set[str]] = {}
        for one in found_in(text_of(content, key), facts.identifiers):
            found.setdefault(one.called, set()).add(str(one.kind))
        for whom, kinds in found.items():
            said = {"what": ", ".join(sorted(kinds)), "whom": whom}
            yield Finding(
                key,
                _("By a word that stands here somebody could be traced (%(whom)s: %(what)s).")
                % said,
                _("Terms of reference are read by many. Write the pseudonym instead."),
            )


CHECKS: list[Callable[[Content, Facts], Iterator[Finding]]] = [
    _period,
    _agencies,
    _equality,
    _parallel,
    _scale,
    _silent,
    _method,
    _identifiers,
]
