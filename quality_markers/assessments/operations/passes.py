from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from quality_markers.assessments import queries
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.queries import appointed
from reviews.case.standing import bringing, keep
from reviews.permissions import Permission, Role
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.prepared import prepared
from scr_portal.core.reasons import Reason, Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def catalogue_for(review: Review) -> CatalogueVersion:
    """A review keeps the wording that it began with, until a pass of it is moved (moving.py).

    Raises Refused where there is no catalogue.
    """
    last = Pass.objects.filter(review=review).select_related("catalogue").order_by("number").last()
    version = last.catalogue if last else CatalogueVersion.objects.current(review.board)
    if version is None:
        raise Refused(_("No catalogue of quality markers has been loaded yet."))
    return version


@transaction.atomic
def open_pass(
    *, review: Review, purpose: str, by: Any, markers: Iterable[int | Marker] | None = None
) -> Pass:
    """Begin a self-assessment of all markers, or of some (numbers or markers of the catalogue).

    A progressive one may begin with none and take them up as the review reaches them.
    Raises Refused without a marker, on a closed review, and where the same pass is open already:
    so that two clicks open one.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.ANSWER_MARKERS, review)
    if purpose not in Pass.Purpose.values:
        raise Refused(_("Choose what the self-assessment is for."))
    require_open(review)
    catalogue = catalogue_for(review)
    chosen = _chosen(catalogue, markers, may_be_none=purpose == Pass.Purpose.PROGRESSIVE)
    refuse_a_second(review, purpose, chosen)
    opened = Pass.objects.create(
        review=review,
        catalogue=catalogue,
        number=next_number(review),
        purpose=purpose,
        opened_by=by,
        opened_at=clock.now(),
    )
    opened.markers.set(chosen)
    audit.record(kind=audit.Event.PASS_OPENED, by=by, target=opened)
    _tell(opened, chosen, by)
    return opened


def next_number(review: Review) -> int:
    """The review is locked: two passes at once would take the same."""
    return (Pass.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0) + 1


def _chosen(
    catalogue: CatalogueVersion, markers: Iterable[int | Marker] | None, *, may_be_none: bool
) -> list[Marker]:
    known = {marker.number: marker for marker in catalogue.markers.all()}
    if markers is None:
        return list(known.values())
    numbers = {getattr(marker, "number", marker) for marker in markers}
    if not numbers and not may_be_none:
        raise Refused(_("Choose at least one marker."))
    if unknown := numbers - known.keys():
        raise Refused(
            _("The catalogue has no marker %(number)s.") % {"number": min(map(str, unknown))}
        )
    return [marker for number, marker in known.items() if number in numbers]


def refuse_a_second(review: Review, purpose: str, chosen: list[Marker]) -> None:
    ids = {marker.pk for marker in chosen}
    passes = Pass.objects.filter(review=review, purpose=purpose).exclude(
        state__in=[Pass.State.ACCEPTED, Pass.State.WITHDRAWN]
    )
    for other in passes.prefetch_related("markers"):
        if {marker.pk for marker in other.markers.all()} == ids:
            text = _("A self-assessment for this purpose and these markers is open already.")
            raise Refused([Reason(text, other.get_absolute_url(), _("Go to it"))])


def _tell(opened: Pass, chosen: list[Marker], by: Any) -> None:
    roles = [Role.LEAD]
    if any(marker.is_family for marker in chosen):
        roles.append(Role.LIAISON)
    people = appointed(opened.review, *roles)
    notify(
        to=[person for person in people if person.pk != by.pk],
        kind=Kind.PASS_OPENED,
        key=f"pass-opened:{opened.pk}",
        link=opened.get_absolute_url(),
        review=opened.review,
    )


def record_reading(*, assessment: Pass, by: Any) -> None:
    audit.record(kind=audit.Event.PASS_READ, by=by, target=assessment)


def locked(assessment: Pass, *, marker: Marker | None = None, by: Any = None) -> Pass:
    """Writers of one pass queue here, so that nothing is written into one just submitted.

    With a marker it is asked at once, for ``may_answer``, whether the pass covers it, and with
    ``by`` what this person may do.
    """
    asked = {"assessment": assessment, "marker": marker, "by": by}
    [found] = _locked(**{name: row for name, row in asked.items() if row is not None})
    if by is not None:
        keep(found.review, by, found)
    if marker is not None:
        found.covered = {marker.pk} if found.covers else set()
    return found  # type: ignore[no-any-return]


@prepared
def _locked(*, assessment: Pass, marker: Marker | None = None, by: Any = None) -> Any:
    rows: Any = Pass.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("review__board", "catalogue").filter(pk=assessment.pk)
    if marker is not None:
        covers = Pass.markers.through.objects.filter(pass_id=OuterRef("pk"), marker=marker.pk)
        rows = rows.annotate(covers=Exists(covers))
    return rows if by is None else bringing(rows, by, review="review_id")


def require_open(review: Review) -> None:
    if review.stage == Stage.CLOSED:
        raise Refused(_("The review is closed. Nobody works on it until the chair reopens it."))


def require_editable(assessment: Pass) -> None:
    require_open(assessment.review)
    if assessment.state == Pass.State.WITHDRAWN:
        raise Refused(_("The self-assessment has been withdrawn. Its texts can be read."))
    if assessment.state == Pass.State.ACCEPTED:
        raise Refused(_("The self-assessment is signed. Its texts stand."))
    if not assessment.is_editable:
        raise Refused(_("The self-assessment is with the chair. Take it back to change it."))


def may_answer(by: Any, assessment: Pass, marker: Marker, question: Question | None = None) -> bool:
    """Without a question: whether the whole marker may be filled in, its reflection too.

    Raises Refused for a marker that is not part of the pass.
    """
    covered = getattr(assessment, "covered", ())
    if marker.pk not in covered and not assessment.markers.filter(pk=marker.pk).exists():
        raise Refused(_("This marker is not part of the self-assessment."))
    leave = queries.leave_of(by, assessment)
    return leave.question(question) if question else leave.marker(marker)
