"""What every page carries: the header's links, and the times of the session."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.permissions import Permission, roles_with
from scr_portal.accounts.models import Board, User
from scr_portal.core.contributions import collect
from scr_portal.core.links import Notice, OwnLink
from scr_portal.core.prepared import prepared
from scr_portal.notifications.queries import unread_of


def navigation(request: HttpRequest) -> dict[str, Any]:
    common = {
        "demonstration": settings.DEMONSTRATION,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "warn_seconds": settings.SESSION_WARN_SECONDS,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return common
    unread, links, boards = _waiting(user)
    match = request.resolver_match
    # A review's own pages belong to the reviews, whichever app draws them.
    here = reverse("reviews:list") if match and "review" in match.kwargs else request.path
    if match and match.view_name == "reviews:briefing":
        here = reverse("reviews:briefings")

    def link(label: str, name: str, *args: Any, **extra: Any) -> dict[str, Any]:
        url = reverse(name, args=args)
        active = here == url if url == "/" else here.startswith(url)
        return {"label": label, "url": url, "active": active, **extra}

    nav = [
        link(_("Home"), "home"),
        link(_("Reviews"), "reviews:list"),
        link(_("Quality markers"), "quality_markers:catalogue_list"),
        link(_("Inbox"), "notifications:inbox", count=unread),
    ]
    for own in links:
        if isinstance(own, OwnLink):
            nav.insert(-1, link(str(own.label), own.name))
    if user.is_superuser:
        nav.append(link(_("Boards"), "accounts:boards"))
    if any(Permission.RECEIVE_BRIEFINGS in permissions for _board, permissions in boards):
        nav.insert(2, link(_("Briefings"), "reviews:briefings"))
    kept = _looked_after(boards)
    if len(kept) > AS_LINKS:
        if match and "board" in match.kwargs:
            here = reverse("own_boards")
        nav.append(link(_("Your boards"), "own_boards"))
        kept = []
    for board, permissions in kept:
        of_which = f" ({board})" if len(boards) > 1 else ""
        if Permission.MANAGE_PEOPLE in permissions:
            nav.append(link(_("Board") + of_which, "accounts:people", board.slug))
        if Permission.SEE_JOBS in permissions:
            nav.append(link(_("Jobs") + of_which, "notifications:jobs", board.slug))
    notices = [
        {"template": own.template, "rows": own.behind(user)}
        for own in links
        if isinstance(own, Notice)
    ]
    return {**common, "nav": _nearest(nav), "unread": unread, "page_notices": notices}


def _waiting(user: Any) -> tuple[int, list[OwnLink | Notice], list[tuple[Board, set[str]]]]:
    """Unread messages, links behind which there is something, and boards: one statement for all."""
    [row] = _header(user=user)
    shown = [link for place, link in enumerate(_links()) if row[f"behind_{place}"]]
    return row["unread"], shown, _boards(row["held"])


def _links() -> list[OwnLink | Notice]:
    return [*collect("navigation"), *collect("notices")]


@prepared
def _header(*, user: User) -> Any:
    behind = {f"behind_{place}": Exists(link.behind(user)) for place, link in enumerate(_links())}
    return User.objects.filter(pk=user.pk).values(
        unread=unread_of(user), held=ArraySubquery(_roles(user)), **behind
    )


def _nearest(nav: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One place is where we are: the jobs lie below the inbox, and are not it."""
    nearest = max((len(item["url"]) for item in nav if item["active"]), default=0)
    return [{**item, "active": item["active"] and len(item["url"]) == nearest} for item in nav]


AS_LINKS = 3
"""Of more boards than that each page would begin with a column of links, so they have their own."""
KEEPS = {Permission.MANAGE_PEOPLE, Permission.SEE_JOBS}
WANTED = (*KEEPS, Permission.RECEIVE_BRIEFINGS, Permission.OPEN)


def _roles(user: Any) -> Any:
    roles = {role for permission in WANTED for role in roles_with(permission)}
    rows = user.board_roles.active().filter(role__in=roles).order_by("pk")
    return rows.values(
        found=JSONObject(role="role", pk="board", name="board__name", slug="board__slug")
    )


def boards_of(user: Any) -> list[tuple[Board, set[str]]]:
    """Boards that this person looks after, with what they may do there."""
    return _looked_after(_boards(list(_roles(user).values_list("found", flat=True))))


def _looked_after(boards: list[tuple[Board, set[str]]]) -> list[tuple[Board, set[str]]]:
    return [(board, held) for board, held in boards if held & KEEPS]


def _boards(rows: list[dict[str, Any]]) -> list[tuple[Board, set[str]]]:
    """Boards that this person looks after or is a member of.

    An administrator finds them all on a page of its own.
    """
    found: dict[Board, set[str]] = {}
    for row in rows:
        allowed = {permission for permission in WANTED if row["role"] in roles_with(permission)}
        board = Board(pk=row["pk"], name=row["name"], slug=row["slug"])
        found.setdefault(board, set()).update(allowed)
    return list(found.items())
