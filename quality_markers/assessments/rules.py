"""What counts as a change, as somebody else's change, and as a text worth keeping."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Answer, Pass, Reflection, Written
from reviews.permissions import Permission

LONGEST = 100_000
"""Characters in one text."""

SITTING = timedelta(minutes=10)
"""How long one person's saves count as one, and how often they leave an earlier text."""

CUT = 80
"""Characters fewer than before: from here on somebody may want the earlier text back."""

READ = (Permission.READ_MARKERS, Permission.READ_FAMILY_MARKERS)
ANSWER = (Permission.ANSWER_MARKERS, Permission.ANSWER_FAMILY_MARKERS)
# With the last of them, what is assigned to the person alone (queries.leave_of).
FILL_IN = (*ANSWER, Permission.ANSWER_ASSIGNED)

PURPOSES: dict[str, Any] = {
    Pass.Purpose.CLARITY: _(
        "Before the work begins: agree what good will look like in this review, and who sees to it."
    ),
    Pass.Purpose.PLANNING: _(
        "While the review is planned: find what the plan, the people and the time must provide for."
    ),
    Pass.Purpose.PROGRESSIVE: _(
        "While the work goes on: see in time what is going well and what needs another course."
    ),
    Pass.Purpose.RETROSPECTIVE: _(
        "When the work is done: learn from how it was done, for the reviews that follow."
    ),
}

BLANK: dict[type[Written], dict[str, str]] = {
    Answer: {**dict.fromkeys(Answer.FIELDS, ""), "judgement": Answer.Judgement.NOT_CONSIDERED},
    Reflection: dict.fromkeys(Reflection.FIELDS, ""),
}

NONE_YET = "0"
"""The version of a text that has not been written."""
UNWRITTEN = "-"
"""Its digest, where others of the same row have been."""

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Merge:
    """``written``: this person's changes. ``clashes``: fields that somebody else changed too."""

    written: dict[str, str]
    clashes: dict[str, str]


def texts_of(kind: type[Written], row: Any) -> dict[str, str]:
    """What stands there now; of a row that does not exist yet, the blank."""
    if row is None:
        return dict(BLANK[kind])
    return {name: str(getattr(row, name)) for name in kind.FIELDS}


def normal(text: str) -> str:
    """Browsers send line ends as CRLF, scripts as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    """Short, as a page holds four hundred of them."""
    said = hashlib.sha256(normal(text).encode()).digest()[:6]
    return urlsafe_b64encode(said).decode() if text else UNWRITTEN


def token(kind: type[Written], texts: Texts) -> str:
    """The version that a page holds: which text of each field its reader has in front of them.

    Of a hundred questions most are blank, and "0" says so.
    """
    return NONE_YET if texts == BLANK[kind] else _digests(kind, texts)


def _digests(kind: type[Written], texts: Texts) -> str:
    return ".".join(_digest(texts[name]) for name in kind.FIELDS)


def seen(kind: type[Written], row: Any, version: int | str) -> dict[str, str]:
    """Digests of what was read, from a page's token or from the number of the version.

    A number that is no longer current says nothing of the texts: each of them counts as unseen.
    Where nothing has been written there is nothing unseen.
    """
    if row is None or str(version) == str(row.version):
        version = _digests(kind, texts_of(kind, row))
    elif str(version) == NONE_YET:
        version = _digests(kind, BLANK[kind])
    digests = str(version).split(".")
    if len(digests) != len(kind.FIELDS):
        digests = ["unseen"] * len(kind.FIELDS)
    return dict(zip(kind.FIELDS, digests, strict=True))


def merge(now: Texts, read: Texts, changes: Texts) -> Merge:
    """Field by field: what this person left alone is not theirs to overwrite."""
    written, clashes = {}, {}
    for name, text in changes.items():
        if text == now[name] or _digest(text) == read[name]:
            continue
        if _digest(now[name]) == read[name]:
            written[name] = text
        else:
            clashes[name] = now[name]
    return Merge(written, clashes)


def token_after(now: Texts, read: Texts, changes: Texts, clashes: Texts) -> str:
    """The page has now seen what it wrote and what it is shown as theirs, and no more."""
    return ".".join(
        _digest(now[name]) if name in clashes or changes.get(name) == now[name] else digest
        for name, digest in read.items()
    )


def same_sitting(row: Written, by: Any, at: datetime) -> bool:
    return row.by_id == by.pk and at - row.since < SITTING


def keeps_earlier(row: Written, by: Any, at: datetime, written: Texts) -> bool:
    """Autosave every few seconds leaves one earlier text a sitting, and each that was cut."""
    cut = any(len(getattr(row, name)) - len(text) > CUT for name, text in written.items())
    return cut or not same_sitting(row, by, at)


def lacks_reason(answer: Answer) -> bool:
    return (
        answer.judgement == Answer.Judgement.NOT_APPLICABLE
        and not answer.not_applicable_reason.strip()
    )
