"""Who can be asked, by what way, and what the unit can do while it waits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from reviews.case.lifecycle import Stage
from reviews.case.models import Appointment
from reviews.case.operations import people
from reviews.decisions.returns import queries
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering, asking
from reviews.decisions.returns.operations import form as board_form
from reviews.decisions.returns.operations.asking import Addressee
from reviews.permissions import Role
from scr_portal.accounts.models import Agency, BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused
from scr_portal.guests import letters
from scr_portal.guests.models import GuestLetter, GuestLink, Letter, Purpose
from scr_portal.notifications.models import Notification
from tests import builders
from tests.reviews.decisions.returns.asked import (
    EMAIL,
    a_notice,
    a_return,
    another,
    author,
    by_link,
    whole,
)


def ask(cast, review, *to, due_on=None, by=None):
    due_on = due_on or clock.today() + timedelta(days=14)
    return asking.ask_returns(review=review, to=to, due_on=due_on, by=by or cast.unit)


def test_several_at_once_by_account_and_by_link(cast, review):
    user, police = author(cast, review), another(cast)
    rows = ask(cast, review, Addressee(cast.agency, user=user), by_link(police))
    assert [row.state for row in rows] == ["asked", "asked"]
    assert Notification.objects.get(user=user, kind="asked").link == rows[0].get_absolute_url()
    link = rows[1].link
    assert (link.purpose, link.review_id, link.recipient_email) == (
        Purpose.RETURN,
        review.pk,
        EMAIL,
    )
    assert link.expires_at.date() == rows[1].due_on + timedelta(days=28)
    assert GuestLetter.objects.get().letter == Letter.INVITE
    events = AuditEvent.objects.filter(kind="return_asked").order_by("pk")
    assert [event.target_label for event in events] == [cast.agency.name, police.name]


def test_a_board_member_answers_for_the_agency_that_their_role_names(cast, review):
    BoardRole.objects.filter(user=cast.member).update(agency=cast.agency)
    assert queries.speakers(review) == {cast.agency.pk: [cast.member]}
    [row] = ask(cast, review, Addressee(cast.agency, user=cast.member))
    assert AgencyReturn.objects.of(cast.member).get() == row


def test_nobody_is_asked_for_an_agency_that_is_not_theirs(cast, review):
    user, police = author(cast, review), another(cast)
    for addressee in (
        Addressee(police, user=user),
        Addressee(cast.agency, user=cast.unit),
        Addressee(cast.agency, user=cast.stranger),
    ):
        with pytest.raises(Refused, match="can't answer for"):
            ask(cast, review, addressee)
    assert not AgencyReturn.objects.exists()


def test_who_is_recused_is_not_offered(cast, review):
    user = author(cast, review)
    people.recuse(review=review, user=user, reason="Is related", by=cast.unit)
    assert queries.speakers(review) == {}


def test_one_that_may_not_be_asked_stops_them_all(cast, review):
    a_return(cast, review)
    with pytest.raises(Refused, match="has been asked already"):
        ask(cast, review, by_link(another(cast)), by_link(cast.agency))
    assert AgencyReturn.objects.count() == GuestLink.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"to": []}, "at least one"),
        ({"days": -1}, "lie in the past"),
        ({"name": " "}, "Give a name and an email"),
        ({"email": ""}, "Give a name and an email"),
        ({"twice": True}, "asked already"),
        ({"foreign": True}, "no agency of this board"),
    ],
)
def test_what_can_not_be_asked_is_said(cast, review, said, words):
    agency = cast.agency
    if said.get("foreign"):
        agency = Agency.objects.create(board=cast.other_board, name="Theirs")
    one = Addressee(agency, name=said.get("name", "A"), email=said.get("email", EMAIL))
    to = said.get("to", [one, one] if said.get("twice") else [one])
    due_on = clock.today() + timedelta(days=said.get("days", 1))
    with pytest.raises(Refused, match=words):
        asking.ask_returns(review=review, to=to, due_on=due_on, by=cast.unit)
    with pytest.raises(Refused, match=words):
        asking.send_notices(review=review, to=to, due_on=due_on, text="Keep it", by=cast.unit)
    assert not GuestLink.objects.exists()


def test_no_text_no_questions_and_a_closed_review(cast, review):
    due_on, to = clock.today(), [by_link(cast.agency)]
    with pytest.raises(Refused, match="what is to be kept"):
        asking.send_notices(review=review, to=to, due_on=due_on, text=" ", by=cast.unit)
    for question in board_form.questions_of(cast.board):
        board_form.retire_question(question=question, by=cast.unit)
    with pytest.raises(Refused, match="has no questions"):
        ask(cast, review, *to)
    closed = builders.review_at(Stage.CLOSED, cast)
    with pytest.raises(Refused, match="closed"):
        asking.send_notices(review=closed, to=to, due_on=due_on, text="Keep", by=cast.unit)


@pytest.mark.parametrize(
    "who", ["chair", "member", "auditor", "lead", "panel", "agency", "observer", "outsider"]
)
def test_only_the_unit_asks_and_gives_up(cast, review, who):
    cast.on(review)
    row, notice = a_return(cast, review), a_notice(cast, review)
    by = cast.people.get(who) or cast.people["agency"]
    due_on, police = clock.today(), another(cast)
    acts = [
        lambda: ask(cast, review, by_link(police), by=by),
        lambda: asking.send_notices(
            review=review, to=[by_link(police)], due_on=due_on, text="Keep", by=by
        ),
        lambda: asking.move_due(asked=row, by=by, due_on=due_on),
        lambda: asking.send_again(asked=notice, by=by, after=1),
        lambda: asking.withdraw(asked=notice, by=by, reason="x"),
        lambda: asking.give_up_return(asked=row, by=by, reason="x"),
        lambda: answering.write_down(asked=row, said=whole(row), by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_withdrawal_closes_the_link_and_lets_the_agency_be_asked_again(cast, review):
    row = a_return(cast, review)
    asking.withdraw(asked=row, by=cast.unit, reason="Wrong address")
    row.refresh_from_db()
    assert (row.state, row.ended_reason, row.link.state) == (
        "withdrawn",
        "Wrong address",
        "withdrawn",
    )
    again = a_return(cast, review)
    assert again.link.token != row.link.token
    with pytest.raises(Refused, match="Nobody waits"):
        asking.withdraw(asked=row, by=cast.unit, reason="Again")


def test_what_was_not_returned_has_its_reason(cast, review):
    row = a_return(cast, review)
    with pytest.raises(Refused, match="Say why"):
        asking.give_up_return(asked=row, by=cast.unit, reason=" ")
    asking.give_up_return(asked=row, by=cast.unit, reason="The trust was dissolved.")
    row.refresh_from_db()
    assert (row.state, row.ended_reason) == ("not_returned", "The trust was dissolved.")
    assert AuditEvent.objects.filter(kind="return_given_up").count() == 1


def test_acts_of_the_unit_stand_in_the_history(cast, review):
    row, notice = a_return(cast, review), a_notice(cast, review)
    later = row.due_on + timedelta(days=7)
    for _click in range(2):
        asking.move_due(asked=row, by=cast.unit, due_on=later)
    asking.send_again(asked=notice, by=cast.unit, after=1)
    asking.withdraw(asked=notice, by=cast.unit, reason="Sent to the wrong trust")
    kinds = list(
        AuditEvent.objects.filter(review_id=review.pk)
        .order_by("-pk")
        .values_list("kind", flat=True)
    )
    assert kinds.count("asking_moved") == 1
    assert {"asking_sent_again", "asking_withdrawn", "preservation_sent"} <= set(kinds)
    notice.refresh_from_db()
    assert notice.ended_at and not notice.is_waiting


def test_the_summary_counts_the_last_of_each_agency(cast, review):
    names = ["B", "C", "D", "E", "F"]
    b, c, d, e, f = [another(cast, f"Agency {name}") for name in names]
    assert queries.summary(review).in_words == ""
    for agency in (b, c, d, e):
        a_return(cast, review, agency=agency)
    rows = {row.agency_id: row for row in AgencyReturn.objects.all()}
    answering.write_down(asked=rows[b.pk], said=whole(rows[b.pk]), by=cast.unit)
    a_return(cast, review, agency=b)
    asking.give_up_return(asked=rows[c.pk], by=cast.unit, reason="No")
    asking.withdraw(asked=rows[d.pk], by=cast.unit, reason="No")
    found = queries.summary(review)
    assert (found.asked, found.answered, found.not_returned, found.waiting) == (3, 0, 1, 2)
    assert found.waiting_for == ["Agency B", "Agency E"]
    assert found.gave_up == [("Agency C", "No")]
    assert found.not_asked == ["Agency D", "Agency F", cast.agency.name]
    assert found.in_words == "2 of 3 agencies have not answered"
    assert f.pk not in {row.agency_id for row in AgencyReturn.objects.all()}


def test_one_of_several_has_not_answered(cast, review):
    row = a_return(cast, review)
    assert queries.summary(review).in_words == "The one agency that was asked has not answered"
    a_return(cast, review, agency=another(cast))
    answering.write_down(asked=row, said=whole(row), by=cast.unit)
    assert queries.summary(review).in_words == "1 of 2 agencies has not answered"


def test_the_letters_name_the_day_of_today_and_the_purpose(cast, review):
    def letter(kind):
        return letters.compose(GuestLetter(pk=1, link=row.link, letter=kind)).body

    row = a_return(cast, review)
    later = row.due_on + timedelta(days=7)
    assert f"An answer is wanted by {on_screen(row.due_on)}." in letter(Letter.INVITE)
    asking.move_due(asked=row, by=cast.unit, due_on=later)
    for kind in (Letter.INVITE, Letter.REMINDER):
        assert f"An answer is wanted by {on_screen(later)}." in letter(kind)
    assert "still waits for you to say what an agency knows" in letter(Letter.REMINDER)
    assert review.reference not in letter(Letter.REMINDER)
    assert on_screen(later) not in letter(Letter.ARRIVED)
    AgencyReturn.objects.update(due_on=clock.today() - timedelta(days=1))
    assert "An answer was wanted by" in letter(Letter.REMINDER)
    row = a_notice(cast, review)
    assert f"wanted by {on_screen(row.due_on)}." in letter(Letter.INVITE)
    assert "still waits for you to confirm that records are kept" in letter(Letter.REMINDER)


def test_the_door_closes_with_the_role(cast, review):
    user = author(cast, review)
    row, notice = a_return(cast, review, user), a_notice(cast, review, user)
    assert AgencyReturn.objects.of(user).get() == row
    assert PreservationNotice.objects.of(user).get() == notice
    people.end_appointment(appointment=Appointment.objects.get(user=user), by=cast.unit)
    # Of another agency they may be asked; of this one no more.
    people.appoint(review=review, user=user, role=Role.AGENCY, agency=another(cast), by=cast.unit)
    assert not AgencyReturn.objects.of(user).exists()
    assert not PreservationNotice.objects.of(user).exists()
    with pytest.raises(PermissionDenied):
        answering.answer(asked=AgencyReturn.objects.get(), said=whole(row), by=user)
