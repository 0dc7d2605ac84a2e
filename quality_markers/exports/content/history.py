"""All passes of a review, in the order in which they were opened."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Submission
from quality_markers.assessments.queries import passes_of
from quality_markers.comparing.models import Movement
from quality_markers.exports import queries
from quality_markers.exports.content import chapters, fronts, voices
from quality_markers.exports.content.beside import moved, signed
from quality_markers.exports.content.frame import frame
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from reviews.permissions import Permission
from scr_portal.core.book import Book, Part, Said
from scr_portal.core.templatetags.portal import day


def book(wish: Wish) -> Book:
    review = wish.assessment.review
    names = Names(review, wish.is_named)
    passes = passes_of(review, wish.user).select_related(*queries.OF_A_PASS).order_by("number")
    parts = [_part(wish.about(each), names) for each in passes]
    parts = [part for part in parts if part.chapters]
    if not parts or not queries.may_export(wish.user, review):
        raise PermissionDenied
    numbers = sorted({chapter.number for part in parts for chapter in part.chapters})
    return Book(
        title=_("Self-assessments of the review"),
        subtitle=str(wish.marker) if wish.marker else "",
        version=_("Self-assessments"),
        wording=voices.wording(wish.assessment),
        facts=fronts.of_copy(wish, names, numbers),
        parts=parts,
        **frame(wish, names),
    )


def _part(wish: Wish, names: Names) -> Part:
    one = wish.assessment
    markers = chapters.readable(wish)
    prefix = f"pass-{one.number}"
    return Part(
        key=prefix,
        eyebrow=f"{fronts.pass_title(one)}, {day(one.opened_at)}",
        title=fronts.subtitle(one),
        chapters=chapters.of_pass(wish, markers, names, f"{prefix}-"),
        facts=fronts.of_pass(wish, names),
        said=_said(wish, names),
        closing=fronts.closing(wish, names, is_whole=one.markers.count() == len(markers)),
    )


def _said(wish: Wish, names: Names) -> list[Said]:
    """Each time that it was put to the chair, and what moved since the passes before it."""
    put = [signed(names, row.by, row.at) for row in _submissions(wish)]
    moves = [line for row in _movements(wish) for line in moved(row, names, is_one_of_many=True)]
    said = [("put", _("Put to the chair"), put), ("why", _("What moved, and why"), moves)]
    return [
        Said(kind, label, voices.unnumbered(names, lines)) for kind, label, lines in said if lines
    ]


def _submissions(wish: Wish) -> QuerySet[Submission]:
    return wish.assessment.submissions.select_related("by").defer("texts")


def _movements(wish: Wish) -> QuerySet[Movement]:
    """Of the whole, for those alone who read every marker."""
    rows = wish.assessment.movements.filter(question=None).select_related("by", "earlier")
    whole = wish.user.has_perm(Permission.READ_MARKERS, wish.assessment.review)
    return rows.order_by("earlier__number") if whole else rows.none()
