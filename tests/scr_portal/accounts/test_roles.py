"""Who gives and ends which role."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from scr_portal.accounts import operations
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.cast import board_person

Role = BoardRole.Role
MAY = {
    "administrator": {"unit", "chair", "member", "auditor"},
    "chair": {"unit", "member", "auditor"},
    "unit": {"member", "auditor"},
}


def give(cast, role, by, user=None, **fields):
    fields.setdefault("ends", clock.today() + timedelta(days=30))
    return operations.give_role(
        board=cast.board, user=user or cast.stranger, role=role, by=by, **fields
    )


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("who", sorted(MAY))
def test_who_may_give_and_end_which_role(cast, who, role):
    by = cast.people[who]
    board_person("Second Holder", cast.board, role)
    if role in MAY[who]:
        held = give(cast, role, by)
        operations.end_role(held=held, by=by)
        kinds = AuditEvent.objects.values_list("kind", flat=True).order_by("pk")
        assert list(kinds)[-2:] == [Event.BOARD_ROLE_GIVEN, Event.BOARD_ROLE_ENDED]
        return
    with pytest.raises(Refused):
        give(cast, role, by)
    held = cast.people[role].board_roles.get()
    with pytest.raises(Refused):
        operations.end_role(held=held, by=by)
    assert not BoardRole.objects.filter(user=cast.stranger).exists()


@pytest.mark.parametrize("who", ["member", "auditor", "stranger", "outsider", "lead"])
def test_others_may_not_manage_people_at_all(cast, who):
    by = cast.people[who]
    for act in (
        lambda: give(cast, Role.MEMBER, by),
        lambda: operations.end_role(held=cast.member.board_roles.get(), by=by),
        lambda: operations.invite(board=cast.board, email="x@example.org", name="X", by=by),
        lambda: operations.add_agency(board=cast.board, name="X", by=by),
        lambda: operations.rename_agency(agency=cast.agency, name="X", by=by),
        lambda: operations.add_closure(board=cast.board, on=clock.today(), name="X", by=by),
        lambda: operations.close_account(user=cast.member, board=cast.board, by=by),
        lambda: operations.reopen_account(user=cast.member, board=cast.board, by=by),
        lambda: operations.add_board(name="X", slug="x", reference_prefix="X", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_gives_or_ends_a_role_of_their_own(cast):
    board_person("Second Unit", cast.board, Role.UNIT)
    with pytest.raises(Refused):
        give(cast, Role.MEMBER, cast.unit, user=cast.unit)
    with pytest.raises(Refused):
        give(cast, Role.UNIT, cast.administrator, user=cast.administrator)
    with pytest.raises(Refused):
        operations.end_role(held=cast.chair.board_roles.get(), by=cast.chair)


def test_an_auditor_needs_an_end(cast):
    with pytest.raises(Refused):
        give(cast, Role.AUDITOR, cast.unit, ends=None)
    with pytest.raises(Refused):
        give(cast, Role.AUDITOR, cast.unit, ends=clock.today() - timedelta(days=1))


@pytest.mark.parametrize("role", [Role.UNIT, Role.CHAIR])
def test_the_last_of_a_role_stays(cast, role):
    held = cast.people[role].board_roles.get()
    with pytest.raises(Refused):
        operations.end_role(held=held, by=cast.administrator)
    with pytest.raises(Refused):
        operations.close_account(user=cast.people[role], board=cast.board, by=cast.administrator)
    closed = board_person("Closed Holder", cast.board, role)
    closed.is_active = False
    closed.save()
    with pytest.raises(Refused):
        operations.end_role(held=held, by=cast.administrator)
    board_person("Second Holder", cast.board, role)
    operations.end_role(held=held, by=cast.administrator)
    assert not BoardRole.objects.active().filter(pk=held.pk).exists()


def test_a_role_that_ends_closes_the_door_with_the_next_click(cast, sign_in):
    board_person("Second Unit", cast.board, Role.UNIT)
    client, url = sign_in(cast.unit), reverse("accounts:people", args=[cast.board.slug])
    assert client.get(url).status_code == 200
    held = cast.unit.board_roles.get()
    operations.end_role(held=held, by=cast.chair)
    assert client.get(url).status_code == 404
    held.refresh_from_db()
    assert held.ends == clock.today() - timedelta(days=1)


def test_a_role_of_today_leaves_no_row(cast):
    held = give(cast, Role.MEMBER, cast.unit)
    operations.end_role(held=held, by=cast.unit)
    assert not BoardRole.objects.filter(pk=held.pk).exists()
    operations.end_role(held=held, by=cast.unit)


def test_the_same_role_is_not_given_twice(cast):
    with pytest.raises(Refused):
        give(cast, Role.MEMBER, cast.unit, user=cast.member)
    with pytest.raises(Refused):
        give(cast, Role.MEMBER, cast.unit, user=cast.member, ends=None)


def test_an_agency_of_another_board_is_refused(cast):
    theirs = cast.other_board.agencies.create(name="Theirs")
    with pytest.raises(Refused):
        give(cast, Role.MEMBER, cast.unit, agency=theirs)


def test_giving_and_ending_on_the_page(cast, sign_in):
    client = sign_in(cast.unit)
    url = reverse("accounts:person", args=[cast.board.slug, cast.member.pk])
    answer = client.post(
        url, {"role": "auditor", "ends_day": "1", "ends_month": "1", "ends_year": "2099"}
    )
    assert answer.url == url
    held = cast.member.board_roles.get(role="auditor")
    end = reverse("accounts:end_role", args=[cast.board.slug, held.pk])
    assert b"Auditor" in client.get(end).content
    assert client.post(end).url == url
    assert not BoardRole.objects.filter(pk=held.pk).exists()


def test_what_the_page_cannot_do_it_does_not_offer(cast, sign_in):
    client = sign_in(cast.unit)
    own = client.get(reverse("accounts:person", args=[cast.board.slug, cast.unit.pk]))
    assert b"give-role" not in own.content
    assert b"/end/" not in own.content
    assert b"Close the account" not in own.content
    chair = client.get(reverse("accounts:person", args=[cast.board.slug, cast.chair.pk]))
    assert b"/end/" not in chair.content


def test_a_refusal_is_told_on_the_page(cast, sign_in):
    client = sign_in(cast.unit)
    held = cast.chair.board_roles.get()
    end = reverse("accounts:end_role", args=[cast.board.slug, held.pk])
    answer = client.post(end, follow=True)
    assert "You may not end this role" in answer.content.decode()
    assert BoardRole.objects.active().filter(pk=held.pk).exists()


class TestClosing:
    def test_a_closed_account_is_shown_and_opened_again(self, cast, sign_in):
        client, args = sign_in(cast.unit), [cast.board.slug, cast.member.pk]
        theirs = sign_in(cast.member)
        assert theirs.get(reverse("accounts:profile")).status_code == 200
        client.post(reverse("accounts:close_account", args=args))
        assert theirs.get(reverse("accounts:profile")).status_code == 302
        page = client.get(reverse("accounts:person", args=args)).content.decode()
        assert "Closed" in page
        client.post(reverse("accounts:reopen_account", args=args))
        cast.member.refresh_from_db()
        assert cast.member.is_active

    def test_an_account_that_serves_another_board_stays(self, cast):
        give(cast, Role.MEMBER, cast.unit, user=cast.outsider)
        with pytest.raises(Refused):
            operations.close_account(user=cast.outsider, board=cast.board, by=cast.unit)
        cast.outsider.refresh_from_db()
        assert cast.outsider.is_active

    def test_nobody_closes_somebody_above_them_or_themselves(self, cast):
        board_person("Second Chair", cast.board, Role.CHAIR)
        for user, by in ((cast.chair, cast.unit), (cast.unit, cast.unit)):
            with pytest.raises(Refused):
                operations.close_account(user=user, board=cast.board, by=by)

    def test_an_invited_person_is_not_opened_by_hand(self, cast):
        invitation = operations.invite(
            board=cast.board, email="i@example.org", name="I", by=cast.unit, role="member"
        )
        with pytest.raises(Refused):
            operations.reopen_account(user=invitation.user, board=cast.board, by=cast.unit)
