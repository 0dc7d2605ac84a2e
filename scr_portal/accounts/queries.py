from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts.models import Board, BoardRole, Invitation, User
from scr_portal.core import clock

STATES = {
    "active": _("Active"),
    "invited": _("Invited"),
    "lapsed": _("Invitation lapsed"),
    "closed": _("Closed"),
}
UNUSABLE = "!"  # what Django puts before a password that nobody can have


def people_of(board: Board) -> QuerySet:
    """Who has or had a role on the board, or was invited by it; ``state`` is one of STATES.

    Roles and invitations are those of this board alone: what people do elsewhere stays there.
    """
    invited = Invitation.objects.filter(board=board, user=OuterRef("pk"))
    waiting = invited.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    roles = BoardRole.objects.filter(board=board, user=OuterRef("pk"))
    found = User.objects.filter(
        Exists(roles) | Exists(invited.filter(withdrawn_at__isnull=True))
    ).annotate(
        state=Case(
            When(is_active=True, then=Value("active")),
            When(~Q(password__startswith=UNUSABLE), then=Value("closed")),
            When(Exists(waiting.filter(expires_at__gt=clock.now())), then=Value("invited")),
            default=Value("lapsed"),
        ),
        invited_until=Subquery(waiting.order_by("-pk").values("expires_at")[:1]),
    )
    ours = BoardRole.objects.filter(board=board).select_related("agency").order_by("starts", "pk")
    return found.prefetch_related(Prefetch("board_roles", queryset=ours, to_attr="roles_here"))


def narrowed(
    people: QuerySet, board: Board, *, q: str = "", role: str = "", state: str = ""
) -> QuerySet:
    if q:
        people = people.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if role:
        held = BoardRole.objects.active().filter(board=board, role=role, user=OuterRef("pk"))
        people = people.filter(Exists(held))
    if state:
        people = people.filter(state=state)
    return people.order_by(Lower("name"), "pk")


def open_invitation(user: User, board: Board) -> Invitation | None:
    """The newest invitation of this board that was neither used nor withdrawn, expired or not."""
    rows = user.invitations.filter(board=board, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return rows.select_related("user", "board").order_by("-pk").first()
