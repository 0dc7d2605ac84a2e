"""Invitations: from the form to the first sign-in, and every link that is not good."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from scr_portal.accounts import invitations, operations, queries
from scr_portal.accounts.models import Board, BoardRole, Invitation, User
from scr_portal.accounts.views.invitation import LIMIT
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused

PASSWORD = "a-fine-long-password-5"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Role = BoardRole.Role


def invited(cast, **fields) -> Invitation:
    given = {"email": "new.person@example.org", "name": "New Person", "role": Role.MEMBER}
    return operations.invite(board=cast.board, by=cast.unit, **{**given, **fields})


def state(cast, user) -> str:
    return queries.people_of(cast.board).get(pk=user.pk).state


def refusals() -> list[str]:
    rows = AuditEvent.objects.filter(kind=Event.INVITATION_REFUSED).order_by("pk")
    return [row.changes["reason"] for row in rows]


def test_from_the_form_to_the_first_page(cast, sign_in, visitor):
    url = reverse("accounts:invite", args=[cast.board.slug])
    answer = sign_in(cast.unit).post(
        url, {"email": "New.Person@Example.org", "name": "New Person", "role": "member"}
    )
    user = User.objects.get(email="new.person@example.org")
    assert answer.url == reverse("accounts:person", args=[cast.board.slug, user.pk])
    assert (user.is_active, user.has_usable_password(), state(cast, user)) == (
        False,
        False,
        "invited",
    )
    client = visitor()
    link = invitations.link_for(user)
    assert b"New Person" in client.get(link).content
    assert client.post(link, {"password": PASSWORD}).url == reverse("home")
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert state(cast, user) == "active"
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-4:] == [
        Event.BOARD_ROLE_GIVEN,
        Event.INVITED,
        Event.INVITATION_ACCEPTED,
        Event.SIGNED_IN,
    ]


def test_the_link_is_not_in_the_database(cast):
    invitation = invited(cast)
    token = invitations.token_of(invitation)
    assert len(token) >= 43
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{token}%"]
            )
            assert cursor.fetchone()[0] == 0, table
    assert invitation.token_hash == invitations.hashed(token)


def test_a_changed_key_leaves_no_link_that_fails(cast, settings):
    user = invited(cast).user
    settings.SECRET_KEY = "another" * 8
    assert invitations.link_for(user) is None


def test_every_link_that_is_not_good_gets_the_same_page(cast, visitor):
    with time_machine.travel(NOON, tick=False) as clock:
        used, withdrawn, expired = (
            invited(cast, email=f"{name}@example.org") for name in ("used", "withdrawn", "expired")
        )
        links = [invitations.link_for(row.user) for row in (used, withdrawn, expired)]
        operations.accept(token=invitations.token_of(used), password=PASSWORD)
        operations.withdraw(invitation=withdrawn, by=cast.unit)
        clock.shift(timedelta(days=7))
        links.append(reverse("accounts:invitation", args=["x" * 43]))
        client = visitor()
        answers = [client.get(link) for link in links] + [
            client.post(link, {"password": PASSWORD}) for link in links
        ]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    reasons = [
        "it was used before",
        "it was withdrawn",
        "it had expired",
        "there is no such invitation",
    ]
    assert refusals() == reasons * 2
    assert not User.objects.get(pk=expired.user_id).has_usable_password()


def test_it_works_to_the_last_minute_of_seven_days(cast, visitor):
    with time_machine.travel(NOON, tick=False) as clock:
        link = invitations.link_for(invited(cast).user)
        clock.shift(timedelta(days=7) - timedelta(seconds=1))
        assert visitor().get(link).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert visitor().get(link).status_code == 410


def test_guessing_is_throttled(cast, visitor):
    client = visitor()
    link = invitations.link_for(invited(cast).user)
    for number in range(LIMIT):
        guess = reverse("accounts:invitation", args=[f"guess-{number}"])
        assert client.get(guess).status_code == 410
    assert client.get(link).status_code == 429
    assert len(refusals()) == LIMIT
    assert visitor().get(link).status_code == 200


def test_a_weak_password_is_refused_and_the_link_stays_good(cast, visitor):
    link = invitations.link_for(invited(cast).user)
    for weak in ("short", "1234567890123", "new.person@example.org"):
        answer = visitor().post(link, {"password": weak})
        assert answer.status_code == 200, weak
        assert b"govuk-error-summary" in answer.content
    assert visitor().post(link, {"password": PASSWORD}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins(cast):
    token = invitations.token_of(invited(cast))
    together = threading.Barrier(2)
    results: list[str | None] = []

    def accept(password: str) -> None:
        together.wait()
        try:
            operations.accept(token=token, password=password)
            results.append(password)
        except Refused:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[f"{PASSWORD}{n}"]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [result for result in results if result]
    assert User.objects.get(email="new.person@example.org").check_password(winner)
    assert AuditEvent.objects.filter(kind=Event.INVITATION_ACCEPTED).count() == 1


def test_sending_again_makes_the_first_link_useless(cast, sign_in, visitor):
    user = invited(cast).user
    first = invitations.link_for(user)
    sign_in(cast.unit).post(reverse("accounts:resend", args=[cast.board.slug, user.pk]))
    second = invitations.link_for(user)
    assert first != second
    assert visitor().get(first).status_code == 410
    assert visitor().get(second).status_code == 200
    assert AuditEvent.objects.filter(kind=Event.INVITED_AGAIN).count() == 1


def test_withdrawing_takes_the_role_too(cast, sign_in):
    user = invited(cast).user
    sign_in(cast.unit).post(reverse("accounts:withdraw", args=[cast.board.slug, user.pk]))
    assert not BoardRole.objects.filter(user=user).exists()
    assert not queries.people_of(cast.board).filter(pk=user.pk).exists()
    assert invitations.link_for(user) is None


def test_what_was_accepted_cannot_be_withdrawn(cast):
    invitation = invited(cast)
    operations.accept(token=invitations.token_of(invitation), password=PASSWORD)
    with pytest.raises(Refused):
        operations.withdraw(invitation=invitation, by=cast.unit)
    with pytest.raises(Refused):
        operations.resend(invitation=invitation, by=cast.unit)


def test_somebody_with_an_account_is_only_given_the_role(cast):
    before = cast.outsider.password
    invitation = invited(cast, email=cast.outsider.email, name="Another Name")
    cast.outsider.refresh_from_db()
    assert (invitation.user, cast.outsider.name) == (cast.outsider, "Outsider Invented")
    assert cast.outsider.password == before
    assert invitations.link_for(cast.outsider) is None
    assert cast.outsider.notifications.get().kind == "role_given"


def test_what_they_do_elsewhere_is_not_shown(cast, sign_in):
    invited(cast, email=cast.outsider.email)
    url = reverse("accounts:person", args=[cast.board.slug, cast.outsider.pk])
    page = sign_in(cast.unit).get(url).content.decode()
    assert "Board member" in page
    assert cast.other_board.name not in page
    assert (
        'scope="row" class="govuk-table__header govuk-!-text-break-word">Business unit' not in page
    )


def test_two_boards_may_invite_the_same_person(cast, visitor):
    first = invited(cast)
    second = operations.invite(
        board=cast.other_board,
        by=cast.outsider,
        email="NEW.person@example.org",
        name="Else",
        role=Role.MEMBER,
    )
    assert first.user == second.user
    other = invitations.token_of(first)
    operations.accept(token=invitations.token_of(second), password=PASSWORD)
    assert visitor().get(reverse("accounts:invitation", args=[other])).status_code == 410
    assert state(cast, first.user) == "active"


def test_an_open_invitation_without_role_is_not_doubled(cast):
    user = invited(cast, role=None).user
    assert not BoardRole.objects.filter(user=user).exists()
    assert state(cast, user) == "invited"
    with pytest.raises(Refused):
        invited(cast, role=None)


def test_an_invitation_is_sent_by_mail(cast):
    user = invited(cast).user
    (waiting,) = user.notifications.all()
    assert waiting.kind == "invitation"
    assert str(invitations.link_for(user)) not in waiting.link


def test_a_name_of_300_characters_is_refused_at_the_field_and_kept(cast, sign_in):
    url = reverse("accounts:invite", args=[cast.board.slug])
    name = "Ann " * 75
    answer = sign_in(cast.unit).post(
        url, {"email": "a@example.org", "name": name, "role": "member"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "150 characters or fewer" in page
    assert name.strip() in page
    assert not User.objects.filter(email="a@example.org").exists()


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({"role": "auditor"}, "last day of the auditor"),
        ({"role": "chair"}, "answers given"),
        ({"email": "not an address"}, "email address in the usual form"),
        ({"email": f"b@{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.{'g' * 60}.org"}, "254 char"),
        ({"ends_day": "31", "ends_month": "2", "ends_year": "2027"}, "real date"),
        ({"ends_day": "1", "ends_month": "1", "ends_year": "2020"}, "today or in the future"),
    ],
)
def test_bad_input_is_told_at_the_field(cast, sign_in, fields, sentence):
    url = reverse("accounts:invite", args=[cast.board.slug])
    given = {"email": "b@example.org", "name": "Bea", "role": "member", **fields}
    answer = sign_in(cast.unit).post(url, given)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not User.objects.filter(email="b@example.org").exists()


def test_nothing_chosen_for_the_role_is_asked_for(cast, sign_in):
    url = reverse("accounts:invite", args=[cast.board.slug])
    answer = sign_in(cast.unit).post(url, {"email": "b@example.org", "name": "Bea"})
    assert answer.status_code == 200
    assert "Select their role on the board" in answer.content.decode()


def test_a_demonstration_board_invites_invented_people(cast):
    assert invited(cast).user.is_invented
    real = Board.objects.create(name="Real", slug="real")
    invitation = operations.invite(
        board=real, by=cast.administrator, email="r@example.org", name="R", role=Role.UNIT
    )
    assert not invitation.user.is_invented


def test_somebody_without_a_role_is_invited_for_a_review(cast, sign_in):
    url = reverse("accounts:invite", args=[cast.board.slug])
    given = {"email": "c@example.org", "name": "Cy", "role": "none"}
    assert sign_in(cast.unit).post(url, given).status_code == 302
    assert not User.objects.get(email="c@example.org").board_roles.exists()


def test_nobody_withdraws_an_invitation_with_a_role_that_they_may_not_end(cast):
    invitation = operations.invite(
        board=cast.board,
        by=cast.administrator,
        email="new.chair@example.org",
        name="New Chair",
        role=Role.CHAIR,
    )
    with pytest.raises(Refused, match="may not end"):
        operations.withdraw(invitation=invitation, by=cast.unit)
    assert BoardRole.objects.filter(user=invitation.user, role=Role.CHAIR).exists()
    operations.withdraw(invitation=invitation, by=cast.administrator)
    assert not BoardRole.objects.filter(user=invitation.user).exists()
