"""What terms of reference say, what is signed of them, and what counts as whose change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from reviews.scoping.terms import scope
from reviews.scoping.terms.models import Section, Terms
from scr_portal.core.dates import on_screen

LONGEST = 20_000
"""Characters in one text."""

SITTING = timedelta(minutes=10)
"""How long one person's saves count as one, and leave no earlier text."""

CUT = 80
"""Characters fewer than before: from here on somebody may want the earlier text back."""

PERIOD = ("period_from", "period_to")
ASKED = "asked_"
"""Before the number of an agency: the name of the field that says what is asked of it."""

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A section or a factor as it is read: dates and agencies are words of its text."""

    topic: scope.Topic
    text: str


def content(
    terms: Terms,
    sections: Mapping[str, str],
    agencies: list[tuple[int, str, str]],
    writers: list[tuple[int, str]],
) -> dict[str, Any]:
    """Every word of an edition; ``agencies`` and ``writers`` carry the names to be kept."""
    return {
        "reference": terms.review.reference,
        "board": terms.review.board.name,
        "edition": terms.number,
        "period_from": terms.period_from.isoformat() if terms.period_from else "",
        "period_to": terms.period_to.isoformat() if terms.period_to else "",
        "sections": {key: text for key, text in sections.items() if text},
        "agencies": [
            {"agency": name, "agency_number": pk, "asked": asked} for pk, name, asked in agencies
        ],
        "writers": [{"name": name, "account": pk} for pk, name in writers],
    }


def parts(content: Content) -> list[Part]:
    """In the order of reading; factors follow the section on scale, which is the last."""
    topics = [*scope.sections(edition=content["edition"]), *scope.factors()]
    return [Part(topic, text_of(content, topic.key)) for topic in topics]


def text_of(content: Content, key: str) -> str:
    before = {"period": _period, "agencies": _agencies}.get(key)
    text = content["sections"].get(key, "")
    return "\n\n".join(filter(None, [before(content) if before else "", text]))


def _period(content: Content) -> str:
    begins, ends = (_day(content[name]) for name in PERIOD)
    if begins and ends:
        return _("From %(begins)s to %(ends)s.") % {"begins": begins, "ends": ends}
    if begins:
        return _("From %(begins)s.") % {"begins": begins}
    return _("Until %(ends)s.") % {"ends": ends} if ends else ""


def _day(text: str) -> str:
    return on_screen(date.fromisoformat(text)) if text else ""


def _agencies(content: Content) -> str:
    return "\n\n".join(
        f"{row['agency']}: {row['asked']}" if row["asked"] else row["agency"]
        for row in content["agencies"]
    )


def is_blank(content: Content) -> bool:
    return not any([*content["sections"].values(), *content["agencies"], *map(content.get, PERIOD)])


def statement(terms: Terms) -> str:
    return _(
        "I have read these terms of reference, edition %(number)s. I commission the review on "
        "them, and the reasons that they give for its scale are mine."
    ) % {"number": terms.number}


# --- two people on one text -----------------------------------------------------------------------

Texts = Mapping[str, str]


def normal(text: str) -> str:
    """Browsers send line ends as CRLF, scripts as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def token(texts: Texts) -> str:
    """The version that a page holds: which text of each field its reader has in front of them."""
    return ".".join(f"{name}-{_digest(text)}" for name, text in sorted(texts.items()))


def merge(now: Texts, version: str, changes: Texts) -> tuple[dict[str, str], dict[str, str]]:
    """What this person changed, and of that what somebody else has changed since they read it."""
    read = dict(pair.rpartition("-")[::2] for pair in version.split("."))
    written, clashes = {}, {}
    for name, text in changes.items():
        if text == now[name] or _digest(text) == read.get(name):
            continue
        if _digest(now[name]) == read.get(name):
            written[name] = text
        else:
            clashes[name] = now[name]
    return written, clashes


def token_after(now: Texts, version: str, changes: Texts, clashes: Texts) -> str:
    """The page has now seen what it wrote and what it is shown as theirs, and no more."""
    read = dict(pair.rpartition("-")[::2] for pair in version.split("."))
    shown = {
        name: text for name, text in now.items() if name in clashes or changes.get(name) == text
    }
    digests = read | {name: _digest(text) for name, text in shown.items()}
    return ".".join(f"{name}-{digest}" for name, digest in sorted(digests.items()) if name)


def begins_sitting(row: Section, by: Any, at: datetime) -> bool:
    return row.changed_by_id != by.pk or not row.changed_at or at - row.changed_at > SITTING


def keeps_earlier(row: Section, by: Any, at: datetime, text: str) -> bool:
    cut = len(row.text) - len(text) > CUT
    return bool(row.text) and row.text != text and (cut or begins_sitting(row, by, at))
