"""Agencies asked by the real operations, for the tests of this room and of the sweep."""

from datetime import timedelta
from typing import Any

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import asking
from reviews.decisions.returns.operations.asking import Addressee
from reviews.decisions.returns.rules import Said
from reviews.permissions import Role
from scr_portal.accounts.models import Agency
from scr_portal.core import clock
from tests.cast import Cast, person

EMAIL = "outside.person@example.org"


def author(cast: Cast, review: Review, agency: Any = None, name: str = "Author Invented") -> Any:
    """An agency author of that agency on that review."""
    user = person(name)
    people.appoint(
        review=review, user=user, role=Role.AGENCY, agency=agency or cast.agency, by=cast.unit
    )
    return user


def another(cast: Cast, name: str = "Northmere Police") -> Agency:
    return Agency.objects.create(board=cast.board, name=name)


def by_link(agency: Any) -> Addressee:
    return Addressee(agency, name="Outside Person", email=EMAIL)


def a_return(
    cast: Cast, review: Review, user: Any = None, agency: Any = None, days: int = 14
) -> AgencyReturn:
    """Of ``user``, or of somebody by a link."""
    agency = agency or cast.agency
    to = Addressee(agency, user=user) if user else by_link(agency)
    due_on = clock.today() + timedelta(days=days)
    [row] = asking.ask_returns(review=review, to=[to], due_on=due_on, by=cast.unit)
    return row


def a_notice(
    cast: Cast, review: Review, user: Any = None, agency: Any = None, days: int = 2
) -> PreservationNotice:
    agency = agency or cast.agency
    to = Addressee(agency, user=user) if user else by_link(agency)
    due_on = clock.today() + timedelta(days=days)
    [row] = asking.send_notices(
        review=review, to=[to], due_on=due_on, text="Keep everything.", by=cast.unit
    )
    return row


def whole(row: AgencyReturn, name: str = "Outside Person, named nurse") -> Said:
    """Every question answered."""
    words = {"text": "Seen twice at the clinic", "yes_no": "yes", "date": "2025-11-03"}
    answers = {str(question["id"]): words[question["kind"]] for question in row.questions}
    return Said(name, answers, "The health visitor is on leave")
