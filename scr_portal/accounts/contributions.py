from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.models import Board


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(rules.MANAGE_PEOPLE, board):
        return []
    return [
        {"label": label, "url": reverse(f"accounts:{name}", args=[board.slug])}
        for name, label in [
            ("people", _("People")),
            ("agencies", _("Agencies")),
            ("closures", _("Office closures")),
        ]
    ]


def encrypted_elsewhere(make_count: Callable[[str], Any], write: bool) -> list[Any]:
    """Secrets of second factors stand within a JSON field, so no field encrypts them."""
    count = make_count("mfa.Authenticator")
    for row in Authenticator.objects.order_by("pk").iterator():
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=row.pk)
            data = {name: _renewed(name, value, count) for name, value in row.data.items()}
            if write and data != row.data:
                Authenticator.objects.filter(pk=row.pk).update(data=data)
    return [count]


def _renewed(name: str, value: Any, count: Any) -> Any:
    if name == "migrated_codes":
        return [count.renew(code) for code in value]
    return count.renew(value) if name in ("secret", "seed") else value
