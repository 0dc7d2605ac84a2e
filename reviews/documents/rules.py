"""Who may be named as the readers of a document, and who may change one."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.documents.models import Document
from reviews.permissions import Permission, Role, roles_with

# Any other permission that a room proposes goes by its own name.
READERS: dict[Permission, Promise] = {
    Permission.READ_DOCUMENTS: _("Everybody who reads documents of this review"),
    Permission.READ_SCOPE: _("Whoever reads purpose, terms of reference and governance"),
    Permission.READ_DECISIONS: _("Whoever reads the referral and the decision"),
    Permission.READ_PLAN: _("Whoever reads the plan"),
    Permission.SEE_FAMILY: _("Whoever sees the family register"),
    Permission.SEE_NAMES: _("Whoever sees real names"),
    Permission.EDIT: _("The business unit alone"),
}

# From the widest to the narrowest, each with readers of its own; rooms propose others for theirs.
OFFERED = (
    *(Permission.READ_DOCUMENTS, Permission.READ_PLAN, Permission.SEE_FAMILY),
    *(Permission.SEE_NAMES, Permission.EDIT),
)


def readers(user: Any, review: Review, *more: str) -> list[tuple[str, str]]:
    """Choices: never wider than what the person may read, so that nobody loses what they add."""
    offered = [*(Permission(each) for each in more if each not in OFFERED), *OFFERED]
    return [
        (each.value, str(READERS.get(each, each.label)))
        for each in offered
        if user.has_perm(each, review)
    ]


def in_roles(permission: str) -> str:
    """Business unit, board chair, lead reviewer."""
    allowed = roles_with(Permission(permission))
    return ", ".join(str(role.label) for role in Role if role in allowed)


def may_change(user: Any, document: Document) -> bool:
    """Its owner and the business unit; a new version may come from anybody who adds documents."""
    review = document.review
    if not user.has_perm(Permission.ADD_DOCUMENTS, review):
        return False
    return user.pk == document.owner_id or user.has_perm(Permission.EDIT, review)
