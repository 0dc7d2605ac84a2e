"""What the documents of a review answer when a lower room asks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission
from scr_portal.documents.models import StoredFile
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_DOCUMENTS, review):
        return []
    url = reverse("reviews:documents", args=[review.pk])
    return [{"label": _("Documents"), "name": "reviews:documents", "url": url}]


def file_refused(stored: StoredFile) -> list[Any]:
    """Whoever brought it and the business unit, as far as they may know of the document."""
    version = DocumentVersion.objects.filter(file=stored).select_related("document__review").first()
    if version is None:
        return []
    document = version.document
    wanted = {person.pk: person for person in people_with(document.review, Permission.EDIT)}
    wanted[version.by_id] = version.by
    told = [
        person
        for person in wanted.values()
        if Document.objects.readable(person, document.review).filter(pk=document.pk).exists()
    ]
    notify(
        to=told,
        kind=Kind.FILE_REFUSED,
        key=f"file:{stored.pk}",
        review=document.review,
        link=document.get_absolute_url(),
    )
    return []
