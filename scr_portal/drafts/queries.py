from typing import Any

from scr_portal.drafts.models import Draft


def found(user: Any, key: str) -> Draft | None:
    """Nobody reads a draft but the person who wrote it."""
    if not user.is_authenticated:
        return None
    return Draft.objects.filter(user=user, key=key).first()


def restore(user: Any, key: str) -> dict[str, Any] | None:
    """What was typed and not sent, by field name; None where nothing is kept."""
    draft = found(user, key)
    return draft.fields if draft else None
