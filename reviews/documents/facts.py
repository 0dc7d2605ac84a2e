"""What the list of documents says to the markers, of those alone that its reader may read.

Nothing that they may read, and nothing at all, are the same sentence.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.identifiers import found_in, identifiers
from reviews.case.models import Review
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission
from scr_portal.documents.models import FileText

Kind = Document.Kind


@dataclass(frozen=True)
class Asked:
    """Kinds of document that bear on a question; ``needed``: none is at odds with "in place"."""

    kinds: tuple[Kind, ...]
    needed: bool = False


ASKED = {
    "9.5": Asked((Kind.CONVERSATION, Kind.MINUTES, Kind.AGENCY_REPORT)),
    "10.3": Asked((Kind.AGENCY_REPORT, Kind.CHRONOLOGY, Kind.NETWORK)),
    "10.6": Asked((Kind.CONVERSATION,)),
    "11.8": Asked((Kind.EVALUATION,)),
    "14.1": Asked((Kind.REPORT,), needed=True),
    "16.5": Asked((Kind.ACTION_PLAN,), needed=True),
    "17.4": Asked((Kind.MEDIA,), needed=True),
    "18.1": Asked((Kind.ACTION_PLAN,)),
}
MARKERS = {int(question.partition(".")[0]) for question in ASKED}


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in MARKERS or not user.has_perm(Permission.READ_DOCUMENTS, review):
        return []
    rows = Document.objects.readable(user, review).in_use().select_related("owner")
    found, url = list(rows), reverse("reviews:documents", args=[review.pk])
    said = [
        each
        for question, asked in ASKED.items()
        if question.startswith(f"{marker}.")
        for each in _of_kinds(question, asked, found, url)
    ]
    if marker == 9:
        return [*said, *_index(found, url)]
    if marker == 14:
        return [*said, *_who_could_be_traced(found, review, user)]
    return said


def _of_kinds(question: str, asked: Asked, found: list[Document], url: str) -> Iterable[Evidence]:
    number = Counter(row.kind for row in found)
    for kind in asked.kinds:
        said, there = {"kind": kind.label, "n": number[kind]}, f"{url}?kind={kind.value}"
        if not number[kind]:
            nothing = _("No document of this kind that you may read: %(kind)s")
            yield Evidence(question, nothing % said, there, contradicts=asked.needed)
            continue
        last = max(localdate(row.created_at) for row in found if row.kind == kind)
        words = ngettext(
            "%(n)s document that you may read: %(kind)s",
            "%(n)s documents that you may read: %(kind)s",
            number[kind],
        )
        yield Evidence(question, words % said, there, last)


def _index(found: list[Document], url: str) -> Iterable[Evidence]:
    """What is kept (9.6), and whose it is (9.7)."""
    if not found:
        nothing = _("No document that you may read is on the list")
        return [Evidence(each, nothing, url, contradicts=True) for each in ("9.6", "9.7")]
    index = ngettext(
        "%(n)s document that you may read is on the list, with its kind and marking",
        "%(n)s documents that you may read are on the list, each with its kind and marking",
        len(found),
    )
    names = ", ".join(sorted({str(row.owner) for row in found}))
    return [
        Evidence("9.6", index % {"n": len(found)}, url),
        Evidence("9.7", _("Owners of the documents: %(names)s") % {"names": names}, url),
    ]


def _who_could_be_traced(found: list[Document], review: Review, user: Any) -> Iterable[Evidence]:
    """14.2, for who may see names: whether words of the record stand in the newest report."""
    report = next((row for row in found if row.kind == Kind.REPORT), None)
    if report is None or not user.has_perm(Permission.SEE_NAMES, review):
        return []
    newest = DocumentVersion.objects.filter(document=report).order_by("-number")[:1]
    text = FileText.objects.filter(file__in=newest.values("file")).first()
    if text is None:
        return []
    known = {each.words.casefold() for each in found_in(text.text, identifiers(review))}
    words = _("No word by which somebody could be traced was found in %(title)s")
    if known:
        words = ngettext(
            "%(n)s word by which somebody could be traced was found in %(title)s",
            "%(n)s words by which somebody could be traced were found in %(title)s",
            len(known),
        )
    said = {"n": len(known), "title": report.title}
    return [Evidence("14.2", words % said, report.get_absolute_url(), contradicts=bool(known))]
