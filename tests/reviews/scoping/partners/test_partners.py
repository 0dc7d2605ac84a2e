from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.evidence import evidence
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.case.operations.record import Stale
from reviews.permissions import Role
from reviews.scoping.partners import operations
from reviews.scoping.partners.models import Partnership
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import person
from tests.reviews.scoping.building import partnered


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


def url(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.pk, *more])


def page(client, review):
    return client.get(url("partners", review)).content.decode()


def test_an_empty_page_says_whom_to_ask(cast, review, sign_in):
    assert "Ask where the family has lived" in page(sign_in(cast.unit), review)


def test_a_board_takes_part_once_and_nobody_of_it_sees_more_for_that(cast, review, sign_in):
    client = sign_in(cast.chair)
    typed = {"partner": cast.other_board.pk, "agreed": "Northmere leads and pays"}
    typed["starts"] = clock.today().isoformat()
    assert client.post(url("partner_new", review), typed).status_code == 302
    assert list(review.partner_boards.all()) == [cast.other_board]
    twice = client.post(url("partner_new", review), typed).content.decode()
    assert "takes part already" in twice
    assert Partnership.objects.count() == 1
    assert "Northmere leads and pays" in page(sign_in(cast.auditor), review)
    for other in (cast.outsider, cast.other_chair):
        assert not Review.objects.visible_to(other).exists()
        assert sign_in(other).get(url("partners", review)).status_code == 404


def test_people_of_the_partner_are_shown_with_their_board_and_no_other(cast, review, sign_in):
    partnered(cast, review)
    third = Board.objects.create(name="Westmere LSCB", slug="westmere")
    cast.outsider.board_roles.create(board=third, role="member", starts=clock.today())
    people.appoint(review=review, user=cast.outsider, role=Role.PANEL, by=cast.unit)
    shown = page(sign_in(cast.outsider), review)
    assert cast.outsider.name in shown and cast.other_board.name in shown
    assert third.name not in page(sign_in(cast.unit), review)
    people.end_appointment(appointment=review.appointments.get(), by=cast.unit)
    assert cast.outsider.name not in page(sign_in(cast.unit), review)
    assert sign_in(cast.outsider).get(url("partners", review)).status_code == 404


def test_a_board_that_is_not_here_is_kept_by_name(cast, review, sign_in):
    client, starts = sign_in(cast.unit), clock.today().isoformat()
    nobody = client.post(url("partner_new", review), {"starts": starts}).content.decode()
    assert "write the name of one that is not here" in nobody
    for _click in range(2):
        client.post(url("partner_new", review), {"name": "Farmere", "starts": starts})
    assert [row.name for row in Partnership.objects.all()] == ["Farmere"]
    own = client.post(url("partner_new", review), {"name": cast.board.name, "starts": starts})
    assert "choose another board" in own.content.decode()


def test_an_end_takes_the_board_away_and_keeps_what_was(cast, review, sign_in):
    made, client = partnered(cast, review), sign_in(cast.unit)
    ends = {"ends": clock.today().isoformat()}
    assert client.post(url("partner_end", review, made.pk), ends).status_code == 302
    assert (
        "has ended already"
        in client.post(url("partner_end", review, made.pk), ends).content.decode()
    )
    assert not review.partner_boards.exists()
    assert made.name in page(client, review)
    partnered(cast, review)
    assert review.partner_boards.get() == cast.other_board
    again = review.partnerships.get(ends=None)
    with pytest.raises(Refused, match="The last day"):
        operations.end_partner(
            partnership=again, ends=clock.today() - timedelta(days=1), by=cast.unit
        )


def test_a_lost_race_shows_both(cast, review, sign_in):
    made = partnered(cast, review)
    operations.change_partner(
        partnership=made, version=1, by=cast.chair, contact="", agreed="Theirs", starts=made.starts
    )
    typed = {"agreed": "Mine", "starts": made.starts.isoformat(), "version": 1}
    answer = sign_in(cast.unit).post(url("partner_edit", review, made.pk), typed)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode() and "Mine" in answer.content.decode()
    with pytest.raises(Stale):
        operations.change_partner(partnership=made, version=1, by=cast.unit, agreed="")


@pytest.mark.parametrize("who", ["lead", "auditor", "panel", "outsider", "stranger"])
def test_only_who_appoints_may_change_it(cast, review, who):
    cast.on(review)
    with pytest.raises(PermissionDenied):
        operations.add_partner(review=review, partner=None, name="Farmere", by=cast.people[who])


def test_evidence_says_whether_anything_was_agreed(cast, review):
    assert not [e for e in evidence(review, cast.unit, 6) if "Partner" in str(e.text)]
    partnered(cast, review)
    texts = [str(e.text) for e in evidence(review, cast.auditor, 6)]
    assert any("no agreement on the record" in text for text in texts)


def test_the_page_costs_the_same_at_any_size(cast, review, sign_in):
    client, counts, made = sign_in(cast.unit), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            partnered(cast, review, partner=None, name=f"Board {made}")
            user = person(f"Account {made}")
            user.board_roles.create(board=cast.other_board, role="member", starts=clock.today())
            people.appoint(review=review, user=user, role=Role.PANEL, by=cast.unit)
        page(client, review)
        with CaptureQueriesContext(connection) as caught:
            page(client, review)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
