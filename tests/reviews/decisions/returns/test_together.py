"""Two at the same moment: one wins, the other is told, and nothing is done twice."""

import pytest
from django.urls import reverse

from reviews.case.operations import asking as chasing
from reviews.case.operations.record import Stale
from reviews.decisions.returns.models import AgencyReturn, Gathering, ReturnQuestion
from reviews.decisions.returns.operations import answering, asking
from reviews.decisions.returns.operations import form as board_form
from reviews.decisions.returns.operations import gathering as gatherings
from reviews.decisions.returns.rules import Said
from scr_portal.core.reasons import Refused
from scr_portal.guests.models import GuestLetter, GuestLink, Letter
from scr_portal.guests.operations import LinkClosed
from scr_portal.notifications.models import Notification
from tests.cast import gather
from tests.reviews.decisions.returns.asked import a_return, author
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = Said("Ada", nothing_known=True)


@pytest.fixture
def cast(transactional_db):
    return gather()


def failed(results, kind):
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, kind)]
    assert not wrong, wrong
    return sum(isinstance(result, kind) for result in results)


def test_an_agency_is_asked_once(cast, review):
    board_form.questions_of(cast.board)
    results = at_once(*[lambda: a_return(cast, review)] * 3)
    assert failed(results, Refused) == 2
    assert AgencyReturn.objects.count() == GuestLink.objects.count() == 1


def test_a_new_board_gets_one_form(cast):
    results = at_once(*[lambda: board_form.questions_of(cast.board)] * 3)
    assert failed(results, Refused) == 0
    assert ReturnQuestion.objects.count() == 10


def test_an_account_answers_once(cast, review):
    user = author(cast, review)
    row = a_return(cast, review, user)
    results = at_once(*[lambda: answering.answer(asked=row, said=NOTHING, by=user)] * 3)
    assert failed(results, Refused) == 2
    assert Notification.objects.filter(kind="agency_answered").count() == 1


def test_a_guest_answers_once_while_the_sweep_runs_and_the_unit_withdraws(cast, review):
    row = a_return(cast, review, days=0)
    results = at_once(
        lambda: answering.answer_by_link(model=AgencyReturn, link=row.link, said=NOTHING),
        lambda: answering.answer_by_link(model=AgencyReturn, link=row.link, said=NOTHING),
        chasing.chase,
        lambda: asking.withdraw(asked=row, by=cast.unit, reason="Enough"),
    )
    assert failed(results, Refused) == 2
    row.refresh_from_db()
    link = GuestLink.objects.get()
    assert (row.state, link.state) in {("nothing_known", "used"), ("withdrawn", "withdrawn")}
    arrived = GuestLetter.objects.filter(letter=Letter.ARRIVED).count()
    assert arrived == (row.state == "nothing_known")


def test_of_two_clicks_of_a_guest_one_sees_the_receipt(cast, review, visitor):
    row = a_return(cast, review)
    url = reverse("reviews:guest_return", args=[row.link.token])
    clients = [visitor(), visitor()]
    acts = [lambda c=c: c.post(url, {"nothing-name": "Ada"}) for c in clients]
    assert sorted(answer.status_code for answer in at_once(*acts)) == [302, 410]
    assert GuestLetter.objects.filter(letter=Letter.ARRIVED).count() == 1


def test_the_unit_and_the_guest_do_not_both_answer(cast, review):
    row = a_return(cast, review)
    results = at_once(
        lambda: answering.write_down(asked=row, said=NOTHING, by=cast.unit),
        lambda: answering.answer_by_link(model=AgencyReturn, link=row.link, said=NOTHING),
    )
    assert failed(results, (Refused, LinkClosed)) == 1
    row.refresh_from_db()
    by_unit = row.written_down_by_id is not None
    assert GuestLink.objects.get().state == ("withdrawn" if by_unit else "used")


def test_two_editors_of_the_gathering(cast, review):
    def save(words):
        return gatherings.save_gathering(
            review=review,
            version=0,
            by=cast.unit,
            lived_elsewhere="no",
            context=words,
            sufficient="",
        )

    results = at_once(lambda: save("One"), lambda: save("Two"))
    assert failed(results, Stale) == 1
    assert Gathering.objects.get().context in {"One", "Two"}


def test_two_who_move_a_question_leave_an_order(cast):
    first, *_rest = board_form.questions_of(cast.board)

    def move():
        board_form.move_question(question=first, by=cast.unit, up=False)

    assert failed(at_once(move, move, move), Refused) == 0
    places = [question.position for question in board_form.questions_of(cast.board)]
    assert places == list(range(1, 11))
    assert board_form.questions_of(cast.board)[3].pk == first.pk
