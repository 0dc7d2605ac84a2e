"""What agencies were asked says to markers 8 and 10 too: how information travels, and from whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.models import Review
from reviews.decisions.returns import queries, tables
from reviews.decisions.returns.models import AgencyReturn

BEYOND = (8, 10)
"""Markers of the review's work that the room of the returns speaks to."""


def beyond(review: Review, url: str) -> list[Evidence]:
    asked = list(AgencyReturn.objects.filter(review=review).select_related("agency"))
    rows, summary = list(queries.latest(asked).values()), queries.summed(review, asked)
    return [
        _who_answers(rows, url),
        *_guidance(rows, url),
        *_sources(summary, url),
        *_not_helping(summary, url),
    ]


def _who_answers(rows: list[AgencyReturn], url: str) -> Evidence:
    """8.1: each agency has somebody who answers for it, and a day."""
    if not rows:
        nothing = _("No record of who sends what for an agency, and by when")
        return Evidence("8.1", nothing, url, contradicts=True)
    text = ngettext(
        "%(n)s agency has somebody who answers for it, and a day by which",
        "%(n)s agencies have somebody who answers for them, and a day by which",
        len(rows),
    )
    return Evidence("8.1", text % {"n": len(rows)}, url, max(row.due_on for row in rows))


def _guidance(rows: list[AgencyReturn], url: str) -> Iterable[Evidence]:
    """10.2: what was asked stood in a form, question by question."""
    if not rows:
        nothing = _("No record that agencies were told which information is wanted")
        return [Evidence("10.2", nothing, url, contradicts=True)]
    first = min(rows, key=lambda row: row.asked_at)
    text = ngettext(
        "Agencies were sent a form of %(n)s question on what is wanted",
        "Agencies were sent a form of %(n)s questions on what is wanted",
        len(first.questions),
    )
    on = tables.day_of(first.asked_at)
    return [Evidence("10.2", text % {"n": len(first.questions)}, url, on)]


def _sources(summary: queries.Summary, url: str) -> Iterable[Evidence]:
    """10.3: of the agencies on the board's list, who was asked."""
    said = {"asked": summary.asked, "of": summary.asked + len(summary.not_asked)}
    text = _("Of %(of)s agencies on the board's list, %(asked)s were asked") % said
    return [Evidence("10.3", text, url, contradicts=not summary.asked)]


def _not_helping(summary: queries.Summary, url: str) -> Iterable[Evidence]:
    """10.7: who did not answer, with the reason or without one."""
    words = _("%(agency)s did not return what it was asked, and the reason is recorded")
    found = [
        Evidence("10.7", words % {"agency": agency}, url) for agency, _reason in summary.gave_up
    ]
    if summary.late:
        text = ngettext(
            "%(n)s agency is late with its answer, and no reason is recorded",
            "%(n)s agencies are late with their answers, and no reason is recorded",
            summary.late,
        )
        found.append(Evidence("10.7", text % {"n": summary.late}, url, contradicts=True))
    return found or [Evidence("10.7", _("No agency is late or has failed to answer"), url)]
