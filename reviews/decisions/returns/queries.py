from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.models import Appointment, Review
from reviews.case.queries import people_with
from reviews.decisions.returns.models import (
    AgencyReturn,
    Gathering,
    NeighbourCheck,
    PreservationNotice,
)
from reviews.permissions import Permission, Role
from scr_portal.accounts.models import Agency, BoardRole, User

State = AgencyReturn.State


def speakers(review: Review) -> dict[int, list[User]]:
    """By agency: who may answer for it with an account, as author of it or as its board member."""
    people = {person.pk: person for person in people_with(review, Permission.ANSWER_REQUESTS)}
    # An appointment that was ended today has lost its grants.
    authors = Appointment.objects.active().filter(
        review=review, role=Role.AGENCY, grants__isnull=False
    )
    members = BoardRole.objects.active().filter(board=review.board_id, role=Role.MEMBER)
    found: dict[int, set[int]] = {}
    for rows in (authors, members):
        pairs = rows.filter(user__in=people, agency__isnull=False).values_list("agency", "user")
        for agency, user in pairs:
            found.setdefault(agency, set()).add(user)
    return {
        agency: [person for key, person in people.items() if key in users]
        for agency, users in found.items()
    }


def _asked(model: Any, review: Review) -> QuerySet[Any]:
    rows = model.objects.filter(review=review)
    rows = rows.select_related("agency", "user", "link", "asked_by", "ended_by")
    return rows.prefetch_related("link__letters").order_by("agency__name", "pk")


def returns_of(review: Review) -> QuerySet[AgencyReturn]:
    return _asked(AgencyReturn, review).select_related("written_down_by")


def notices_of(review: Review) -> QuerySet[PreservationNotice]:
    return _asked(PreservationNotice, review)


def neighbours_of(review: Review) -> QuerySet[NeighbourCheck]:
    return NeighbourCheck.objects.filter(review=review)


def gathering_of(review: Review) -> Gathering | None:
    return Gathering.objects.filter(review=review).select_related("changed_by").first()


def own(model: Any, user: Any, review: Review, pk: int) -> Any:
    """What was asked of this person, or None: for them nothing else exists.

    Whoever speaks for another agency by now has nothing to do with this one's.
    """
    rows = model.objects.of(user).filter(review=review, pk=pk)
    row = rows.select_related("review__board", "agency").first()
    return row if row and user in speakers(review).get(row.agency_id, []) else None


def latest(rows: Any) -> dict[int, Any]:
    """The last that counts of each agency; what was withdrawn was not asked."""
    found = {}
    for row in rows:
        if getattr(row, "state", "") != State.WITHDRAWN:
            found[row.agency_id] = row
    return found


def asked_last(review: Review) -> dict[int, Any]:
    """By agency: the last notice or return that counts, for who asks the agency once more."""
    rows: list[Any] = []
    for model in (AgencyReturn, PreservationNotice):
        found = model.objects.filter(review=review, ended_at__isnull=True)
        rows += found.select_related("user", "link")
    return latest(sorted(rows, key=lambda row: row.asked_at))


@dataclass(frozen=True)
class Summary:
    """How the returns of a review stand, by the last that each agency was asked for."""

    asked: int = 0
    answered: int = 0
    nothing_known: int = 0
    not_returned: int = 0
    late: int = 0
    waiting_for: list[str] = field(default_factory=list)
    # Each that did not return, with the reason on record.
    gave_up: list[tuple[str, str]] = field(default_factory=list)
    not_asked: list[str] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return len(self.waiting_for)

    @property
    def in_words(self) -> str:
        """Such as "2 of 5 agencies have not answered"; empty where none was asked."""
        if not self.asked:
            return ""
        words = ngettext(
            "%(waiting)s of %(n)s agencies has not answered",
            "%(waiting)s of %(n)s agencies have not answered",
            self.waiting,
        )
        if self.asked == self.waiting == 1:
            words = _("The one agency that was asked has not answered")
        elif not self.waiting:
            words = ngettext(
                "%(n)s agency asked, no answer outstanding",
                "%(n)s agencies asked, no answer outstanding",
                self.asked,
            )
        return words % {"waiting": self.waiting, "n": self.asked}


def summary(review: Review) -> Summary:
    """For who puts the decision to the chair: nothing in it stands against deciding."""
    rows = AgencyReturn.objects.filter(review=review).select_related("agency")
    return summed(review, rows.order_by("agency__name", "pk"))


def summed(review: Review, rows: Any) -> Summary:
    last = list(latest(rows).values())
    asked = {row.agency_id for row in last}
    agencies = Agency.objects.filter(board=review.board_id)

    def names(state: str) -> list[str]:
        return [str(row.agency) for row in last if row.state == state]

    return Summary(
        asked=len(last),
        answered=len(names(State.ANSWERED)),
        nothing_known=len(names(State.NOTHING_KNOWN)),
        not_returned=len(names(State.NOT_RETURNED)),
        late=sum(row.is_late for row in last),
        waiting_for=names(State.ASKED),
        gave_up=[
            (str(row.agency), row.ended_reason) for row in last if row.state == State.NOT_RETURNED
        ],
        not_asked=[str(agency) for agency in agencies if agency.pk not in asked],
    )
