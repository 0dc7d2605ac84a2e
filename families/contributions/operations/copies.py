"""A copy of contributions leaves the portal."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.contributions.models import Contribution
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit


@transaction.atomic
def taken(*, review: Review, contributions: Iterable[Contribution], kind: str, by: Any) -> None:
    """One event, which names all of them: who may not read each of them does not find it."""
    require(by, Permission.EXPORT, review)
    words = _("what family members said, as %(kind)s")
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=by,
        target=review,
        review=review,
        label=words % {"kind": "PDF" if kind == "pdf" else "Word"},
        changes={"contributions": [row.pk for row in contributions]},
    )
