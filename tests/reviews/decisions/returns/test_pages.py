"""The unit's pages: asking, looking, giving up; the same number of queries for 1, 10 and 40."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.models import Appointment
from reviews.case.operations import people
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering, asking
from reviews.decisions.returns.operations import gathering as gatherings
from reviews.decisions.returns.rules import Said
from scr_portal.accounts.models import Agency, Closure
from scr_portal.core import clock
from scr_portal.core.dates import add_working_days, on_screen
from scr_portal.guests.models import GuestLink, Letter
from tests import builders
from tests.reviews.decisions.returns.asked import a_notice, a_return, another, author, whole


def url(review, name="information", *args):
    return reverse(f"reviews:{name}", args=[review.pk, *args])


def due(day):
    return {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}


@pytest.fixture
def unit(cast, sign_in):
    return sign_in(cast.unit)


def test_an_empty_page_says_what_to_do_first(cast, review, unit, sign_in):
    page = unit.get(url(review)).content.decode()
    assert "No agency has been asked to keep its records" in page
    assert url(review, "preservation_send") in page and url(review, "returns_ask") in page
    page = sign_in(cast.auditor).get(url(review)).content.decode()
    assert url(review, "preservation_send") not in page
    assert url(review, "gathering_edit") not in page


def test_several_agencies_are_asked_from_one_page(cast, review, unit):
    user, police = author(cast, review), another(cast)
    page = unit.get(url(review, "returns_ask"))
    wanted = add_working_days(clock.today(), 10)
    assert page.context["form"].initial["due_on"] == wanted
    assert user.name in page.content.decode()
    data = due(wanted) | {
        f"how_{cast.agency.pk}": str(user.pk),
        f"how_{police.pk}": "link",
        f"name_{police.pk}": "DI Hale",
        f"email_{police.pk}": "hale@example.org",
    }
    assert unit.post(url(review, "returns_ask"), data).url == url(review)
    assert AgencyReturn.objects.get(agency=cast.agency).user == user
    assert AgencyReturn.objects.get(agency=police).link.recipient_email == "hale@example.org"
    again = unit.post(url(review, "returns_ask"), data)
    assert "has been asked already" in again.content.decode()
    assert (AgencyReturn.objects.count(), GuestLink.objects.count()) == (2, 1)
    page = unit.get(url(review)).content.decode()
    assert "2 of 2 agencies have not answered" in page
    assert "DI Hale, by a link" in page
    assert "No agency is left to ask" in unit.get(url(review, "returns_ask")).content.decode()


def test_the_default_day_passes_over_what_the_board_is_closed(cast, review, unit):
    open_day = add_working_days(clock.today(), 10)
    Closure.objects.create(board=cast.board, date=add_working_days(clock.today(), 3), name="Move")
    page = unit.get(url(review, "returns_ask"))
    assert page.context["form"].initial["due_on"] == add_working_days(open_day, 1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Choose at least one agency"),
        ({"how": "link", "name": "A", "email": ""}, "Enter an email address for Northmere Health"),
        ({"how": "link", "name": "", "email": "a@example.org"}, "Enter a name for Northmere"),
        ({"how": "link", "name": "A", "email": "no address"}, "in the usual form"),
        ({"how": "999"}, "Choose one of the answers"),
    ],
)
@pytest.mark.parametrize("page", ["returns_ask", "preservation_send"])
def test_what_is_missing_is_said_at_its_box(cast, review, unit, page, more, words):
    data = {f"{name}_{cast.agency.pk}": value for name, value in more.items()}
    data |= due(clock.today()) | {"text": "Keep it"}
    assert words in unit.post(url(review, page), data).content.decode()
    assert not GuestLink.objects.exists()


def test_a_notice_goes_with_the_text_as_it_was_edited(cast, review, unit):
    page = unit.get(url(review, "preservation_send"))
    text = page.context["form"].initial["text"]
    assert "keep everything" in text
    data = due(clock.today() + timedelta(days=2)) | {
        f"how_{cast.agency.pk}": "link",
        f"name_{cast.agency.pk}": "Dr Bell",
        f"email_{cast.agency.pk}": "bell@example.org",
        "text": f"{text}\n\nAlso the rota of the clinic.",
    }
    assert unit.post(url(review, "preservation_send"), data).url == url(review)
    notice = PreservationNotice.objects.get()
    assert notice.text.endswith("rota of the clinic.")
    page = unit.get(url(review)).content.decode()
    assert "after the referral" in page and "Dr Bell, by a link" in page
    detail = unit.get(url(review, "preservation", notice.pk)).content.decode()
    assert "rota of the clinic" in detail and "bell@example.org" in detail


def test_the_acts_of_the_unit_by_their_pages(cast, review, unit):
    row = a_return(cast, review)
    detail = url(review, "return", row.pk)
    later = row.due_on + timedelta(days=7)
    assert unit.post(url(review, "return_due", row.pk), due(later)).url == detail
    for _click in range(2):
        unit.post(url(review, "return_send_again", row.pk), {"after": "1"})
    assert row.link.letters.filter(letter=Letter.INVITE).count() == 2
    unit.post(url(review, "return_send_again", row.pk), {"after": "x" * 9000})
    assert (
        "Enter reason" in unit.post(url(review, "return_not_returned", row.pk), {}).content.decode()
    )
    answer = unit.post(url(review, "return_not_returned", row.pk), {"reason": "It was dissolved."})
    assert answer.url == detail
    page = unit.get(detail).content.decode()
    assert "It was dissolved." in page and "Not returned" in page
    again = unit.post(url(review, "return_withdraw", row.pk), {"reason": "x"}).content.decode()
    assert "Nobody waits for this any more" in again
    row.refresh_from_db()
    assert (row.due_on, row.state) == (later, "not_returned")


def test_late_and_lost_stand_in_words(cast, review, unit):
    user = author(cast, review)
    a_return(cast, review, user)
    police = a_return(cast, review, agency=another(cast))
    AgencyReturn.objects.update(due_on=add_working_days(clock.today(), -3), chased=2)
    GuestLink.objects.filter(pk=police.link_id).update(expires_at=clock.now())
    people.end_appointment(appointment=Appointment.objects.get(user=user), by=cast.unit)
    page = unit.get(url(review)).content.decode()
    assert "over</span>" in page and "2 reminders sent" in page
    assert "The link has run out" in page and "can no longer answer" in page


def test_answers_stand_side_by_side(cast, review, unit):
    nobody = another(cast, "Probation")
    rows = [a_return(cast, review), a_return(cast, review, agency=another(cast))]
    for row in rows:
        answering.write_down(asked=row, said=whole(row, f"Of {row.agency}"), by=cast.unit)
    quiet = a_return(cast, review, agency=nobody)
    answering.write_down(asked=quiet, said=Said("P", nothing_known=True), by=cast.unit)
    page = unit.get(url(review, "return_answers")).content.decode()
    assert page.count("Seen twice at the clinic") == 2 * 7
    assert page.count('rowspan="2"') == 11
    assert "Nothing known of the family:" in page and "Probation" in page
    assert 'rowspan="2"' in page and "3 November 2025" in page


def test_who_has_not_answered_stands_under_the_answers(cast, review, unit):
    row = a_return(cast, review, agency=another(cast, "Probation"))
    asking.give_up_return(asked=row, by=cast.unit, reason="It was dissolved.")
    a_return(cast, review, agency=another(cast, "School"), days=3)
    row = a_return(cast, review, agency=another(cast, "Police"))
    answering.write_down(asked=row, said=whole(row), by=cast.unit)
    page = unit.get(url(review, "return_answers"))
    assert [str(each.agency) for each in page.context["unanswered"]] == ["Probation", "School"]
    text = page.content.decode()
    assert "Not returned. It was dissolved." in text
    wanted = on_screen(clock.today() + timedelta(days=3))
    assert f"not answered yet, wanted by {wanted}" in text


@pytest.mark.parametrize(
    ("first", "name"), [(a_notice, "returns_ask"), (a_return, "preservation_send")]
)
def test_who_got_the_one_letter_is_offered_for_the_other(cast, review, unit, first, name):
    police, key = another(cast), cast.agency.pk
    first(cast, review)
    user = author(cast, review, police)
    first(cast, review, user, police)
    form = unit.get(url(review, name)).context["form"]
    assert form[f"name_{key}"].value() == "Outside Person"
    assert form[f"email_{key}"].value() == "outside.person@example.org"
    assert form.fields[f"how_{key}"].help_text == "Asked last: Outside Person"
    assert form.fields[f"how_{police.pk}"].help_text == f"Asked last: {user.name}"
    assert not form[f"name_{police.pk}"].value()
    assert not form[f"how_{key}"].value()


def test_how_it_stands_is_the_second_column(cast, review, unit):
    a_notice(cast, review)
    page = unit.get(url(review)).content.decode()
    assert page.index("How it stands") < page.index(">Asked</th>") < page.index(">Wanted by</th>")


def test_an_address_of_another_review_is_not_there(cast, review, unit):
    row = a_return(cast, builders.a_review(cast))
    for name in ("return", "return_due", "return_withdraw", "return_write_down"):
        assert unit.get(url(review, name, row.pk)).status_code == 404
    assert unit.post(url(review, "return_send_again", row.pk)).status_code == 404


def test_a_readers_page_holds_no_address_and_no_act(cast, review, sign_in):
    row = a_return(cast, review)
    page = sign_in(cast.chair).get(url(review, "return", row.pk)).content.decode()
    assert "outside.person@example.org" not in page
    assert url(review, "return_withdraw", row.pk) not in page


def many(cast, review, number):
    """So many agencies, half by account, each with a notice, half answered."""
    for one in range(number):
        agency = Agency.objects.create(board=cast.board, name=f"Agency {number} {one}")
        user = author(cast, review, agency, f"Person {agency.pk}") if one % 2 else None
        row = a_return(cast, review, user, agency)
        a_notice(cast, review, user, agency)
        if one % 3 == 0:
            answering.write_down(asked=row, said=whole(row), by=cast.unit)
        gatherings.add_neighbour(review=review, by=cast.unit, board_name=f"Board {number} {one}")


@pytest.mark.parametrize("name", ["information", "return_answers", "returns_ask"])
def test_a_page_costs_the_same_however_many_agencies(cast, review, unit, name):
    counts = []
    for number in (1, 9, 30):
        many(cast, review, number)
        Agency.objects.bulk_create(
            Agency(board=cast.board, name=f"Left {number} {one}") for one in range(number)
        )
        unit.get(url(review, name))
        with CaptureQueriesContext(connection) as queries:
            assert unit.get(url(review, name)).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_first_page_costs_the_same_however_much_is_asked(cast, review, sign_in):
    counts = []
    client = sign_in(cast.unit)
    for number in (1, 9):
        for one in range(number):
            a_return(cast, review, agency=another(cast, f"Agency {number} {one}"))
        AgencyReturn.objects.update(due_on=clock.today() - timedelta(days=3))
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
