"""What this room tells the rooms below it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.models import Child, Review
from reviews.case.parts import Part
from reviews.permissions import Permission
from reviews.planning.parallel.models import ParallelProcess

# The questions of marker 9 that ask for talk with one kind of process each.
ASKED = {ParallelProcess.Kind.CRIMINAL: "9.2", ParallelProcess.Kind.INQUEST: "9.3"}


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_PLAN, review):
        return []
    url = reverse("reviews:parallel", args=[review.pk])
    label = _("Parallel processes")
    return [{"label": label, "name": "reviews:parallel", "url": url, "part": Part.SCOPE}]


def parallel_processes(review: Review, user: Any) -> list[str]:
    """Those that are going on."""
    if not user.has_perm(Permission.READ_PLAN, review):
        return []
    rows = review.parallelprocesss.filter(ended_on__isnull=True)
    return list(rows.values_list("name", flat=True))


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker != 9 or not user.has_perm(Permission.READ_PLAN, review):
        return []
    url = reverse("reviews:parallel", args=[review.pk])
    rows = list(review.parallelprocesss.all())
    return [
        _known(rows, url),
        *(each for row in rows for each in _talk(row, url)),
        *_coroner(review, user, rows, url),
        *_gaps(rows, url),
        _for_the_report(rows, url),
    ]


def _known(rows: list[ParallelProcess], url: str) -> Evidence:
    if not rows:
        return Evidence("9.1", _("No parallel process is in the register."), url)
    names = ", ".join(row.name for row in rows if row.ended_on is None) or _("none any more")
    return Evidence("9.1", _("Parallel processes known: %(names)s") % {"names": names}, url)


def _talk(row: ParallelProcess, url: str) -> Iterable[Evidence]:
    """With whom the review speaks (9.2 to 9.4), and what the process means for it (9.4)."""
    kind = ParallelProcess.Kind(row.kind)
    question, on, going = ASKED.get(kind, "9.4"), localdate(row.at), row.ended_on is None
    said = {"name": row.name, "who": row.contact}
    if row.contact:
        yield Evidence(question, _("%(name)s: the review speaks to %(who)s") % said, url, on)
    else:
        text = _("%(name)s: no record of whom the review speaks to")
        yield Evidence(question, text % said, url, on, contradicts=going)
    if not row.bearing:
        text = _("%(name)s: no record of what it means for the review")
        yield Evidence("9.4", text % said, url, on, contradicts=going)


def _coroner(
    review: Review, user: Any, rows: list[ParallelProcess], url: str
) -> Iterable[Evidence]:
    """Whether a child has died is for those who see the family; to others there is no inquest."""
    if any(row.kind == ParallelProcess.Kind.INQUEST for row in rows):
        return
    if not user.has_perm(Permission.SEE_FAMILY, review):
        yield Evidence("9.3", _("No inquest is in the register."), url)
    elif review.children.filter(harm=Child.Harm.DIED).exists():
        text = _("A child has died. The coroner notified: no record")
        yield Evidence("9.3", text, url, contradicts=True)
    else:
        yield Evidence(
            "9.3", _("No inquest is in the register, and no child is said to have died."), url
        )


def _gaps(rows: list[ParallelProcess], url: str) -> Iterable[Evidence]:
    kinds = {row.kind for row in rows}
    if ParallelProcess.Kind.CRIMINAL not in kinds:
        yield Evidence("9.2", _("No criminal investigation or trial is in the register."), url)
    if not kinds - set(ASKED):
        yield Evidence("9.4", _("No other review or process is in the register."), url)


def _for_the_report(rows: list[ParallelProcess], url: str) -> Evidence:
    """9.8: what the report would have to acknowledge."""
    if not rows:
        return Evidence("9.8", _("No process is on the record that the report could speak of"), url)
    text = _("Processes on the record that the report could speak of: %(names)s")
    return Evidence("9.8", text % {"names": ", ".join(row.name for row in rows)}, url)
