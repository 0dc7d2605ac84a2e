"""A review opened in an emergency: to whom, how far, for how long, and who looks back at it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from reviews.case.models import Review, ReviewUserObjectPermission
from reviews.case.operations import people
from reviews.case.queries import people_with
from reviews.emergency import operations
from reviews.emergency.models import LASTS, Emergency
from reviews.permissions import AS_EMERGENCY, IN_AN_EMERGENCY, Permission, Role
from scr_portal.accounts import operations as accounts
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders
from tests.cast import board_person, person
from tests.conftest import gave_password

REASON = "The liaison can’t be reached and a sister may be in danger."


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


@pytest.fixture
def keeper(cast):
    """An administrator who sits on the board as a member: sees no review by that."""
    found = person("Keeper Invented", is_superuser=True)
    BoardRole.objects.create(user=found, board=cast.board, role="member", starts=clock.today())
    return found


def opened(review, by, token="one-click", **other):
    told = {"reference": review.reference, "why": "harm", "reason": REASON, "token": token}
    return operations.open_review(board=review.board, by=by, **(told | other))


def fresh(review):
    return Review.objects.select_related("board").get(pk=review.pk)


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.pk, *more])


def test_it_opens_reading_alone_for_72_hours(cast, review, keeper, monkeypatch):
    before = {permission for permission in Permission if keeper.has_perm(permission, review)}
    made = opened(review, keeper)
    assert made.until - made.at == LASTS == timedelta(hours=72)
    held = {permission for permission in Permission if keeper.has_perm(permission, fresh(review))}
    assert held - before == IN_AN_EMERGENCY
    assert not held & {Permission.EXPORT, Permission.EDIT, Permission.READ_HISTORY}
    assert list(Review.objects.visible_to(keeper)) == [review]
    assert keeper not in people_with(review)
    monkeypatch.setattr(clock, "now", lambda: made.until)
    assert not Review.objects.visible_to(keeper).exists()
    assert not any(keeper.has_perm(permission, fresh(review)) for permission in IN_AN_EMERGENCY)


def test_the_unit_gains_what_the_review_team_alone_reads(cast, review):
    assert not cast.unit.has_perm(Permission.SEE_SAFETY, review)
    opened(review, cast.unit)
    assert cast.unit.has_perm(Permission.SEE_SAFETY, fresh(review))
    assert cast.unit.has_perm(Permission.READ_CONTRIBUTIONS, fresh(review))
    assert not cast.unit.has_perm(Permission.KEEP_CONTRIBUTIONS, fresh(review))


@pytest.mark.parametrize("who", ["member", "auditor", "chair", "stranger", "outsider", "lead"])
def test_no_other_role_may(cast, review, who):
    with pytest.raises(PermissionDenied):
        opened(review, cast.people[who])
    assert not Emergency.objects.exists()


def test_an_administrator_needs_a_role_on_the_board(cast, review, keeper):
    with pytest.raises(Refused, match="holds a role on this board"):
        opened(review, cast.administrator)
    BoardRole.objects.filter(user=keeper).update(
        starts=clock.today() - timedelta(days=9), ends=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="holds a role on this board"):
        opened(review, keeper)


def test_who_is_recused_hears_the_same_as_of_a_review_that_is_not_there(cast, review, keeper):
    people.recuse(review=review, user=keeper, reason="Is related", by=cast.unit)
    said = []
    for reference in (review.reference, "SCR-2001-001"):
        with pytest.raises(Refused) as refused:
            opened(review, keeper, reference=reference)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_recusal_closes_what_is_open(cast, review, keeper):
    opened(review, keeper)
    people.recuse(review=review, user=keeper, reason="Is related", by=cast.unit)
    assert not Review.objects.visible_to(keeper).exists()


def test_nothing_is_opened_when_nobody_could_be_told(cast, review, keeper):
    people.recuse(review=review, user=cast.chair, reason="Is related", by=cast.unit)
    with pytest.raises(Refused, match="No chair"):
        opened(review, keeper)
    assert not Review.objects.visible_to(keeper).exists()


def test_another_boards_review_is_not_there(cast, review, keeper):
    with pytest.raises(Refused, match="no review with that reference"):
        operations.open_review(
            board=cast.other_board,
            reference=review.reference,
            why="harm",
            reason=REASON,
            token="t",
            by=cast.outsider,
        )


def test_a_double_click_opens_once_and_nothing_extends_it(cast, review, keeper):
    first = opened(review, keeper)
    assert opened(review, keeper) == first
    with pytest.raises(Refused, match="already"):
        opened(review, keeper, token="another")
    assert Notification.objects.filter(kind="emergency_opened").count() == 1
    for change in ({"until": first.until + timedelta(hours=1)}, {"reason": "Other"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Emergency.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Emergency.objects.create(
            review=review,
            user=cast.unit,
            why="harm",
            reason="x",
            token="x",
            until=clock.now() + timedelta(hours=73),
        )


def test_every_chair_who_may_see_it_is_told_at_once_without_content(cast, review, keeper):
    second = board_person("Second Chair", cast.board, "chair")
    recused = board_person("Recused Chair", cast.board, "chair")
    people.recuse(review=review, user=recused, reason="Is related", by=cast.unit)
    made = opened(review, keeper)
    told = Notification.objects.filter(kind="emergency_opened")
    assert {row.user for row in told} == {cast.chair, second}
    assert all(row.done_at is None for row in told)
    assert {row.link for row in told} == {made.get_absolute_url()}
    assert not AuditEvent.objects.filter(changes__icontains="sister").exists()


def test_every_page_that_is_opened_is_kept_under_its_number(cast, review, keeper, sign_in):
    made = opened(review, keeper)
    client = sign_in(keeper)
    pages = [page("detail", review), page("dates", review), page("children", review)]
    for url in [*pages, pages[0]]:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "in an emergency until" in answer.content.decode()
    assert client.get(page("history", review)).status_code == 403
    rows = AuditEvent.objects.filter(kind="emergency_read").order_by("id")
    assert [row.changes["page"] for row in rows] == [*pages, pages[0]]
    assert {(row.changes["emergency"], row.actor_id) for row in rows} == {(made.pk, keeper.pk)}
    home = client.get(reverse("home")).content.decode()
    assert "portal-emergency" in home and "End it now" in home
    assert "portal-emergency" not in sign_in(cast.chair).get(reverse("home")).content.decode()


def test_whoever_opened_it_can_end_it_and_is_out_with_the_next_request(review, keeper, sign_in):
    made = opened(review, keeper)
    client = sign_in(keeper)
    assert client.get(page("detail", review)).status_code == 200
    assert client.post(page("emergency_end", review, made.pk)).status_code == 302
    assert client.get(page("detail", review)).status_code == 404
    assert not ReviewUserObjectPermission.objects.filter(user=keeper).exists()
    assert AuditEvent.objects.filter(kind="emergency_ended").count() == 1


def test_a_chair_can_end_it_and_the_unit_can_not(cast, review, keeper, sign_in):
    made = opened(review, keeper)
    assert sign_in(cast.unit).post(page("emergency_end", review, made.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        operations.end(emergency=made, by=cast.unit)
    assert sign_in(cast.chair).post(page("emergency_end", review, made.pk)).status_code == 302
    assert not Review.objects.visible_to(keeper).exists()
    with pytest.raises(Refused, match="already"):
        operations.end(emergency=made, by=cast.chair)


def test_it_ends_by_itself_and_that_is_kept_once(cast, review, keeper, monkeypatch):
    made = opened(review, keeper)
    assert operations.end_overdue() == 0
    monkeypatch.setattr(clock, "now", lambda: made.until + timedelta(minutes=3))
    assert (operations.end_overdue(), operations.end_overdue()) == (1, 0)
    made.refresh_from_db()
    assert made.ended_at == made.until and made.ended_by is None
    assert AuditEvent.objects.filter(kind="emergency_ended").count() == 1
    assert Notification.objects.filter(kind="emergency_ended").count() == 1


def test_it_ends_with_the_last_role_on_the_board(cast, review, keeper):
    opened(review, keeper)
    accounts.end_role(held=BoardRole.objects.get(user=keeper), by=cast.unit)
    assert not Review.objects.visible_to(keeper).exists()
    assert Emergency.objects.get().ended_by == cast.unit


def test_it_waits_for_a_chair_until_one_has_looked(cast, review, keeper, sign_in):
    made = opened(review, keeper)
    sign_in(keeper).get(page("children", review))
    chair = sign_in(cast.chair)
    assert "open in an emergency" in chair.get(reverse("home")).content.decode()
    look = page("emergency_look", review, made.pk)
    still = chair.post(look, {"found": "right", "said": ""}).content.decode()
    assert "still open" in still
    operations.end(emergency=made, by=keeper)
    assert "Look back at what was opened" in chair.get(reverse("home")).content.decode()
    shown = chair.get(page("emergency", review, made.pk)).content.decode()
    assert "Children" in shown and page("children", review) in shown and "a sister" in shown
    silent = chair.post(look, {"found": "wrong", "said": " "}).content.decode()
    assert "Say what was wrong" in silent
    assert chair.post(look, {"found": "right", "said": ""}).status_code == 302
    assert "opened in an emergency" not in chair.get(reverse("home")).content.decode()
    with pytest.raises(Refused, match="already"):
        operations.look(emergency=made, found="right", said="", by=cast.chair)


def test_nobody_looks_back_at_their_own(cast, review):
    BoardRole.objects.create(user=cast.unit, board=cast.board, role="chair", starts=clock.today())
    made = opened(review, cast.unit)
    operations.end(emergency=made, by=cast.unit)
    with pytest.raises(Refused, match="themselves"):
        operations.look(emergency=made, found="right", said="", by=cast.unit)


def test_the_auditor_sees_the_list_and_a_recused_chair_not_that_row(cast, review, keeper, sign_in):
    url = reverse("reviews:emergencies", args=[cast.board.slug])
    assert "No review was opened" in sign_in(cast.auditor).get(url).content.decode()
    opened(review, keeper)
    assert review.reference in sign_in(cast.auditor).get(url).content.decode()
    second = board_person("Second Chair", cast.board, "chair")
    people.recuse(review=review, user=second, reason="Is related", by=cast.unit)
    assert review.reference not in sign_in(second).get(url).content.decode()
    assert sign_in(cast.unit).get(url).status_code == 404


def test_the_form_asks_who_it_is_again_and_keeps_what_was_typed(cast, review, keeper, sign_in):
    client = sign_in(keeper)
    url = reverse("reviews:emergency_open", args=[cast.board.slug])
    assert client.get(url).status_code == 200
    typed = {"reference": review.reference.lower(), "why": "harm", "reason": REASON, "token": "t"}
    gave_password(client, seconds_ago=3600)
    asked = client.post(url, typed)
    assert not Emergency.objects.exists()
    assert review.reference.lower() in asked.content.decode()
    gave_password(client)
    assert client.post(url, typed).url == review.get_absolute_url()
    assert Emergency.objects.get().at <= timezone.now()


def test_a_leave_by_name_is_not_mixed_with_it(cast, review, keeper, sign_in):
    opened(review, keeper)
    assert keeper.has_perm(AS_EMERGENCY, fresh(review))
    shown = sign_in(cast.unit).get(page("people", review)).content.decode()
    assert "/leaves/" not in shown
    people.appoint(review=review, user=keeper, role=Role.OBSERVER, by=cast.unit)
    operations.end(emergency=Emergency.objects.get(), by=cast.chair)
    assert keeper.has_perm(Permission.VIEW, fresh(review))
