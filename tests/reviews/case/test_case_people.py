"""People on a review, through their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.case.operations.record import create_review
from reviews.case.queries import people_of, people_with
from reviews.permissions import MATRIX, REVIEW_ROLES, Permission, Role
from scr_portal.accounts.models import Agency, User
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification


@pytest.fixture
def review(cast):
    day = clock.today() - timedelta(days=10)
    return create_review(
        board=cast.board, by=cast.unit, pseudonym="Child A", incident_on=day, referred_on=day
    )


def page(client, review, name="people"):
    return client.get(reverse(f"reviews:{name}", args=[review.pk])).content.decode()


def test_a_lead_reviewer_is_appointed_by_exact_address(cast, review, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:appoint", args=[review.pk])
    assert cast.lead.name not in client.get(address).content.decode()
    assert client.post(address, {"who": cast.lead.email.upper(), "role": "lead"}).status_code == 302
    assert cast.lead.has_perm(Permission.MOVE_REPORT, review)
    assert cast.lead.name in page(client, review)
    assert Notification.objects.filter(user=cast.lead, kind="appointed").count() == 1
    twice = client.post(address, {"who": cast.lead.email, "role": "lead"})
    assert "already has that role" in twice.content.decode()
    assert cast.lead.email in client.get(address).content.decode()


def test_a_stranger_is_not_found_by_name_and_the_way_is_shown(cast, review, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:appoint", args=[review.pk])
    for who in (cast.stranger.name, "nobody@example.org", "Invented Nobody"):
        answer = client.post(address, {"who": who, "role": "panel"}).content.decode()
        assert "Invite them first" in answer
        assert reverse("accounts:people", args=[cast.board.slug]) in answer
    assert not review.appointments.exists()


def test_two_of_one_name_are_told_apart_by_address(cast, review, sign_in):
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    twin = User.objects.create(email="twin@example.org", name=cast.lead.name)
    people.appoint(review=review, user=twin, role=Role.PANEL, by=cast.unit)
    answer = sign_in(cast.unit).post(
        reverse("reviews:appoint", args=[review.pk]), {"who": twin.name, "role": "observer"}
    )
    assert "Several people have that name" in answer.content.decode()
    assert "twin@example.org" in answer.content.decode()


def test_an_appointment_with_dates(cast, review, sign_in):
    client = sign_in(cast.unit)
    address = reverse("reviews:appoint", args=[review.pk])
    today = clock.today()
    wrong = {"who": cast.panel.email, "role": "panel", "starts_day": "1", "starts_month": "1"}
    wrong |= {"starts_year": str(today.year + 2), "ends_day": "1", "ends_month": "1"}
    wrong |= {"ends_year": str(today.year + 1)}
    assert "on or after the first" in client.post(address, wrong).content.decode()
    people.appoint(
        review=review,
        user=cast.panel,
        role=Role.PANEL,
        by=cast.unit,
        starts=today + timedelta(days=1),
    )
    assert not cast.panel.has_perm(Permission.VIEW, Review.objects.get(pk=review.pk))
    assert "not begun yet" in page(client, review)
    assert not Notification.objects.filter(user=cast.panel).exists()


def test_the_rows_of_guardian_are_those_of_the_matrix(cast, review):
    cast.on(review)
    for role in REVIEW_ROLES:
        rows = review.grants.filter(user=cast.people[role])
        names = set(rows.values_list("permission__codename", flat=True))
        assert names == {permission.codename for permission in MATRIX[role]}


def test_an_ended_appointment_closes_the_door_at_once(cast, review, sign_in):
    row = people.appoint(review=review, user=cast.panel, role=Role.PANEL, by=cast.unit)
    reader, unit = sign_in(cast.panel), sign_in(cast.unit)
    detail = reverse("reviews:detail", args=[review.pk])
    assert reader.get(detail).status_code == 200
    end = reverse("reviews:end_appointment", args=[review.pk, row.pk])
    assert unit.get(end).status_code == 405
    unit.post(end)
    assert reader.get(detail).status_code == 404
    assert "ended already" in unit.post(end, follow=True).content.decode()
    people.appoint(review=review, user=cast.panel, role=Role.PANEL, by=cast.unit)
    assert reader.get(detail).status_code == 200


def test_a_recusal_closes_everything_until_it_ends(cast, review, sign_in):
    unit, chair = sign_in(cast.unit), sign_in(cast.chair)
    address = reverse("reviews:recuse", args=[review.pk])
    assert "conflict of interest" in unit.post(address, {"who": cast.chair.name}).content.decode()
    unit.post(address, {"who": cast.chair.name, "reason": "Knows the <i>family</i>"})
    for name in ("detail", "people", "history", "dates"):
        assert chair.get(reverse(f"reviews:{name}", args=[review.pk])).status_code == 404
    assert review.reference not in chair.get(reverse("reviews:list")).content.decode()
    assert "Knows the &lt;i&gt;family" in page(unit, review)
    twice = unit.post(address, {"who": cast.chair.name, "reason": "Again"})
    assert "recused from the review already" in twice.content.decode()
    row = review.recusals.get()
    end = reverse("reviews:end_recusal", args=[review.pk, row.pk])
    unit.post(end)
    assert chair.get(reverse("reviews:detail", args=[review.pk])).status_code == 200
    assert "ended already" in unit.post(end, follow=True).content.decode()


def test_who_recuses_themself_is_led_home(cast, review, sign_in):
    answer = sign_in(cast.chair).post(
        reverse("reviews:recuse", args=[review.pk]), {"who": cast.chair.name, "reason": "A friend"}
    )
    assert answer.url == reverse("home")


def test_leave_by_name_is_given_and_ended(cast, review, sign_in):
    people.appoint(review=review, user=cast.observer, role=Role.OBSERVER, by=cast.unit)
    unit, reader = sign_in(cast.unit), sign_in(cast.observer)
    address = reverse("reviews:grant", args=[review.pk])
    told = {"who": cast.observer.name, "permission": Permission.READ_HISTORY.value}
    assert "Give a reason" in unit.post(address, told).content.decode()
    unit.post(address, told | {"reason": "Trains for the panel"})
    history = reverse("reviews:history", args=[review.pk])
    assert reader.get(history).status_code == 200
    assert "has that leave already" in unit.post(address, told | {"reason": "x"}).content.decode()
    given = review.grants.get(appointment=None)
    unit.post(reverse("reviews:end_grant", args=[review.pk, given.pk]))
    assert reader.get(history).status_code == 403


def test_nobody_gives_more_than_they_may_do(cast, review, sign_in):
    told = {"who": cast.lead.email, "permission": Permission.SIGN.value, "reason": "x"}
    answer = sign_in(cast.unit).post(reverse("reviews:grant", args=[review.pk]), told)
    assert answer.status_code == 200
    assert not review.grants.filter(user=cast.lead).exists()
    with pytest.raises(Refused, match="what you may do yourself"):
        people.grant(
            review=review,
            user=cast.lead,
            permission=Permission.SIGN,
            reason="x",
            by=cast.unit,
            ends=None,
        )


def test_rows_of_another_review_are_not_reached_through_this_one(cast, review, sign_in):
    day = clock.today()
    other = create_review(
        board=cast.board, by=cast.unit, pseudonym="B", incident_on=day, referred_on=day
    )
    row = people.appoint(review=other, user=cast.panel, role=Role.PANEL, by=cast.unit)
    end = reverse("reviews:end_appointment", args=[review.pk, row.pk])
    assert sign_in(cast.unit).post(end).status_code == 404


@pytest.mark.parametrize("permission", [Permission.VIEW, Permission.EDIT, Permission.SIGN])
def test_the_door_and_the_list_of_people_agree(permission, cast, review):
    cast.on(review)
    people.recuse(review=review, user=cast.chair, reason="x", by=cast.unit)
    told = {person.pk for person in people_with(review, permission)}
    for user in User.objects.all():
        seen = Review.objects.visible_to(user, permission).filter(pk=review.pk).exists()
        assert seen is (user.pk in told), user
    assert cast.chair not in people_of(review)


def test_people_with_one_of_several_permissions_are_those_with_any(cast, review):
    cast.on(review)
    asked = (Permission.EDIT, Permission.SIGN)
    each = {person for permission in asked for person in people_with(review, permission)}
    assert set(people_with(review, *asked)) == each


def test_an_agency_of_another_board_is_not_taken(cast, review):
    theirs = Agency.objects.create(board=cast.other_board, name="Southmere Police")
    with pytest.raises(Refused, match="agency of this board"):
        people.appoint(review=review, user=cast.lead, role=Role.AGENCY, agency=theirs, by=cast.unit)


def test_leave_by_name_ends_once_and_not_in_the_past(cast, review):
    told = {"review": review, "user": cast.panel, "permission": Permission.VIEW, "by": cast.unit}
    with pytest.raises(Refused, match="today or later"):
        people.grant(**told, reason="Cover", ends=clock.today() - timedelta(days=1))
    given = people.grant(**told, reason="Cover", ends=None)
    again = review.grants.get(pk=given.pk)
    people.end_grant(given=given, by=cast.unit)
    with pytest.raises(Refused, match="ended already"):
        people.end_grant(given=again, by=cast.unit)
    assert AuditEvent.objects.filter(kind="grant_ended").count() == 1
