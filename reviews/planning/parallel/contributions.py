"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.models import Review
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
    if not rows:
        return [Evidence("9.1", _("No parallel process is in the register."), url)]
    names = ", ".join(row.name for row in rows if row.ended_on is None) or _("none any more")
    found = [Evidence("9.1", _("Parallel processes known: %(names)s") % {"names": names}, url)]
    for row in rows:
        kind = ParallelProcess.Kind(row.kind)
        if kind in ASKED and row.contact:
            said = {"name": row.name, "who": row.contact}
            text = _("%(name)s: the review speaks to %(who)s") % said
            found.append(Evidence(ASKED[kind], text, url, localdate(row.at)))
    return found
