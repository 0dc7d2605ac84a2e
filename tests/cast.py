"""A fixed set of invented people, one per role and those who may see nothing."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.permissions import BOARD_ROLES, REVIEW_ROLES, Role
from scr_portal.accounts.models import Agency, Board, BoardRole, User
from scr_portal.core import clock

PASSWORD = "correct-horse-battery-9"


@cache
def _hashed() -> str:
    """Argon2 is slow by design: once for everybody."""
    return make_password(PASSWORD)


def person(name: str, **fields: Any) -> User:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return User.objects.create(
        email=email, password=_hashed(), name=name, is_invented=True, **fields
    )


def board_person(name: str, board: Board, role: str, **fields: Any) -> User:
    user = person(name)
    starts = fields.pop("starts", clock.today() - timedelta(days=400))
    BoardRole.objects.create(user=user, board=board, role=role, starts=starts, **fields)
    return user


@dataclass
class Cast:
    """Whoever a test needs, by role: ``cast.unit``, ``cast.chair``, ``cast.lead`` and so on.

    Review roles are given by ``on(review)``. ``stranger`` has an account and no role, ``outsider``
    is the business unit of another board, ``administrator`` a superuser.
    """

    board: Board
    other_board: Board
    agency: Agency
    people: dict[str, User] = field(default_factory=dict)
    called: str = "Invented"

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def on(self, review: Review, *roles: Role) -> "Cast":
        """Appoint this cast's review people (all of them, or those of some roles) who are not."""
        held = set(review.appointments.active().values_list("user", "role"))
        for role in roles or sorted(REVIEW_ROLES):
            if (self.people[role].pk, role) not in held:
                people.appoint(review=review, user=self.people[role], role=role, by=self.unit)
        return self


def gather(of: str = "Northmere", beside: str = "Southmere", called: str = "Invented") -> Cast:
    """``called`` is everybody's second name; another one makes a second cast."""
    board = Board.objects.create(name=f"{of} LSCB", slug=of.lower(), is_invented=True)
    other = Board.objects.create(name=f"{beside} LSCB", slug=beside.lower(), is_invented=True)
    agency = Agency.objects.create(board=board, name=f"{of} Health Trust")
    cast = Cast(board, other, agency, called=called)
    for role in sorted(BOARD_ROLES):
        cast.people[role] = board_person(f"{Role(role).label} {called}", board, role)
    for role in sorted(REVIEW_ROLES):
        cast.people[role] = person(f"{Role(role).label} {called}")
    cast.people["stranger"] = person(f"Stranger {called}")
    cast.people["outsider"] = board_person(f"Outsider {called}", other, "unit")
    cast.people["other_chair"] = board_person(f"Other Chair {called}", other, "chair")
    cast.people["administrator"] = person(f"Administrator {called}", is_superuser=True)
    return cast
