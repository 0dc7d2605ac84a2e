"""What one person is on a review: recused, of which roles of its board, with which grants.

A statement that fetches the review, or a row of it, can bring all of that along: ``bringing`` adds
it, ``keep`` leaves it where the backends look before they ask. It is as old as that statement.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Value

from reviews.case.models import Recusal, Review, ReviewUserObjectPermission
from scr_portal.accounts.models import BoardRole
from scr_portal.core import clock
from scr_portal.core.prepared import prepared

Standing = dict[str, set[str]]
RECUSED, ROLES, GRANTS = "standing_recused", "standing_roles", "standing_grants"


def _rows(user: Any, review: Any, board: Any) -> tuple[Any, Any, Any]:
    of_review = {"user": user, "review": review}
    return (
        Recusal.objects.active().filter(**of_review),
        BoardRole.objects.active().filter(user=user, board=board),
        ReviewUserObjectPermission.objects.active().filter(user=user, content_object=review),
    )


def bringing(rows: Any, user: Any, *, review: str = "pk", board: str = "board_id") -> Any:
    """``review`` and ``board``: how the rows name them."""
    recusals, roles, grants = _rows(user, OuterRef(review), OuterRef(board))
    return rows.annotate(
        **{
            RECUSED: Exists(recusals),
            ROLES: ArraySubquery(roles.order_by().values("role")),
            GRANTS: ArraySubquery(grants.order_by().values("permission__codename")),
        }
    )


def keep(review: Review, user: Any, row: Any = None) -> None:
    """On the review itself, as long as it lives: it is fetched anew in every request."""
    brought = review if row is None else row
    found = {
        "recused": {""} if getattr(brought, RECUSED) else set(),
        "roles": set(getattr(brought, ROLES)),
        "grants": {f"reviews.{name}" for name in getattr(brought, GRANTS)},
    }
    memory = review.__dict__.setdefault("_permissions", {})
    memory["standing", user.pk, clock.today()] = found


def asked(review: Review, user: Any) -> Standing:
    """By itself, in one statement for all three."""
    found: Standing = {"recused": set(), "roles": set(), "grants": set()}
    for what, word in _held(user=user, review=review, board=review.board_id):
        found[what].add(f"reviews.{word}" if what == "grants" else word)
    return found


@prepared
def _held(*, user: Any, review: Review, board: int) -> Any:
    recusals, roles, grants = _rows(user, review, board)
    return (
        recusals.order_by()
        .values_list(Value("recused"), Value(""))
        .union(
            roles.order_by().values_list(Value("roles"), "role"),
            grants.order_by().values_list(Value("grants"), "permission__codename"),
            all=True,
        )
    )
