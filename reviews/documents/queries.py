"""Documents as other rooms ask for them: by the thing that they belong to."""

from typing import Any

from django.db.models import Model

from reviews.case.models import Review
from reviews.documents.models import Document
from scr_portal.core.contributions import collect


def about(user: Any, thing: Any) -> list[Document]:
    """What this person may read of what belongs to this thing, the newest first."""
    kind, pk = address_of(thing)
    found = Document.objects.readable(user, thing.review).in_use()
    return list(found.filter(about_type=kind, about_id=pk).with_versions())


def address_of(thing: Model) -> tuple[str, str]:
    return thing._meta.label_lower, str(thing.pk)


def target(kind: str, pk: str, review: Review, user: Any) -> Any:
    """The thing of this review that documents are to belong to; None where the person sees none.

    Rooms answer in the contribution "document_targets" with a list of one, or none.
    """
    if not kind or not pk:
        return None
    found = collect("document_targets", kind, pk, review, user)
    return found[0] if found else None
