"""Drafts are no record: nothing here is audited, and whatever is old goes."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from scr_portal.core import typed
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.drafts import rules
from scr_portal.drafts.models import Draft

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def save(
    *, user: Any, key: str, fields: Mapping[str, Any], review: Any = None, board: Any = None
) -> Draft:
    """Raises Refused for a key of no known form, too much text, or too many drafts."""
    if not rules.is_key(key):
        raise Refused(_("Nothing can be kept for this form."))
    content = json.dumps(typed.kept(fields))
    if len(content) > typed.LARGEST:
        raise Refused(_("This is too long to be kept as a draft. Send the form, or shorten it."))
    others = Draft.objects.filter(user=user).exclude(key=key)
    if others.count() >= rules.MOST:
        raise Refused(_("You have too many unsent drafts. Send or discard some of them."))
    draft, _created = Draft.objects.update_or_create(
        user=user,
        key=key,
        defaults={
            "content": content,
            "review_id": getattr(review, "pk", None),
            "board_id": getattr(board or review, "board_id", None) or getattr(board, "pk", None),
        },
    )
    return draft


@transaction.atomic
def take(*, user: Any, key: str) -> dict[str, Any] | None:
    """The draft, which is gone then: of two that take it at once one gets None."""
    draft = Draft.objects.select_for_update().filter(user=user, key=key).first()
    if draft is None:
        return None
    fields = draft.fields
    draft.delete()
    return fields


def discard(*, user: Any, key: str) -> None:
    if rules.is_key(key):
        Draft.objects.filter(user=user, key=key).delete()


def purge() -> int:
    """How many drafts that nobody touched for 30 days were removed; a legal hold keeps them."""
    old = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR)
    for held in collect("held_reviews"):
        old = old.exclude(review_id__in=held)
    removed, _rows = old.delete()
    return removed
