from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.case.operations.people import recuse
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.notifications import operations
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Digest, Heartbeat, Notification
from scr_portal.notifications.queries import unread_count
from tests.builders import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(cast):
    review = a_review(cast)
    Notification.objects.all().delete()
    return review


def tell(review, *people, number=1, kind=Kind.STAGE_CHANGED):
    for each in range(number):
        operations.notify(
            to=people, kind=kind, key=f"key:{each}", link=review.get_absolute_url(), review=review
        )


def page(client, **query):
    return client.get(reverse("notifications:inbox"), query).content.decode()


def test_an_empty_inbox_says_what_comes_there(cast, sign_in):
    assert "Nothing has come for you yet" in page(sign_in(cast.stranger))


def test_opening_marks_as_read_and_goes_to_the_review(review, cast, sign_in):
    tell(review, cast.unit)
    client, row = sign_in(cast.unit), Notification.objects.get()
    assert f"{review.reference} has moved" in page(client, show="unread")
    answer = client.post(reverse("notifications:open", args=[row.pk]))
    assert answer.url == review.get_absolute_url()
    assert unread_count(cast.unit) == 0
    assert f"{review.reference} has moved" not in page(client, show="unread")
    assert f"{review.reference} has moved" in page(client)


def test_opening_never_leaves_the_portal(review, cast, sign_in):
    tell(review, cast.unit)
    Notification.objects.update(link="//elsewhere.example/")
    answer = sign_in(cast.unit).post(
        reverse("notifications:open", args=[Notification.objects.get().pk])
    )
    assert answer.url == reverse("notifications:inbox")


def test_nothing_is_changed_by_a_get(review, cast, sign_in):
    tell(review, cast.unit)
    row = Notification.objects.get()
    for url in [reverse("notifications:open", args=[row.pk]), reverse("notifications:read_all")]:
        assert sign_in(cast.unit).get(url).status_code == 405


def test_another_persons_notification_is_not_there(review, cast, sign_in):
    tell(review, cast.unit)
    url = reverse("notifications:open", args=[Notification.objects.get().pk])
    assert sign_in(cast.chair).post(url).status_code == 404
    assert unread_count(cast.unit) == 1


def test_a_review_that_is_closed_to_a_person_is_gone_from_inbox_and_count(review, cast, sign_in):
    tell(review, cast.chair, cast.unit)
    recuse(review=review, user=cast.chair, reason="A relative", by=cast.unit)
    Notification.objects.filter(user=cast.chair).exclude(kind=Kind.STAGE_CHANGED).delete()
    client = sign_in(cast.chair)
    assert review.reference not in page(client)
    assert unread_count(cast.chair) == 0
    row = Notification.objects.get(user=cast.chair)
    assert client.post(reverse("notifications:open", args=[row.pk])).status_code == 404
    BoardRole.objects.filter(user=cast.unit).update(ends=timezone.now() - timedelta(days=2))
    assert unread_count(cast.unit) == 0


def test_mark_all_as_read_spares_what_came_since_the_page(review, cast, sign_in):
    tell(review, cast.unit, number=3)
    newest = Notification.objects.order_by("pk")[1].pk
    sign_in(cast.unit).post(reverse("notifications:read_all"), {"newest": newest})
    assert unread_count(cast.unit) == 1


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40, "²"])
def test_a_form_that_makes_no_sense_marks_nothing(review, cast, sign_in, newest):
    tell(review, cast.unit)
    answer = sign_in(cast.unit).post(reverse("notifications:read_all"), {"newest": newest})
    assert answer.status_code == 302
    assert unread_count(cast.unit) == 1


def test_filter_by_reference(review, cast, sign_in):
    tell(review, cast.unit)
    client = sign_in(cast.unit)
    assert f"{review.reference} has" in page(client, reference=review.reference[-3:])
    assert "No notification fits" in page(client, reference="SCR-1999")
    assert "No notification fits" in page(client, reference="x" * 39)


def test_the_number_of_queries_does_not_grow_with_the_list(
    review, cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.unit)
    tell(review, cast.unit, number=2)
    page(client)
    with django_assert_max_num_queries(25) as few:
        page(client)
    tell(review, cast.unit, number=30)
    with django_assert_max_num_queries(len(few)):
        assert "page=2" in page(client)


def jobs(client, board):
    return client.get(reverse("notifications:jobs", args=[board.slug]))


def test_jobs_shows_what_failed_and_names_nobody(review, cast, sign_in):
    tell(review, cast.chair)
    Notification.objects.update(last_error="SMTPDataError 451", attempts=3)
    Digest.objects.create(user=cast.chair, date=timezone.now().date())
    Heartbeat.objects.create(process="beat", at=timezone.now())
    shown = jobs(sign_in(cast.unit), cast.board).content.decode()
    for words in ["SMTPDataError 451", review.reference, "It has not run yet.", "Daily message"]:
        assert words in shown
    assert cast.chair.email not in shown
    assert cast.chair.name not in shown


def test_jobs_shows_a_reference_only_to_who_may_see_the_review(review, cast, sign_in):
    tell(review, cast.chair)
    shown = jobs(sign_in(cast.administrator), cast.board).content.decode()
    assert "A review has moved" in shown or "a review has moved" in shown
    assert review.reference not in shown


def test_jobs_is_for_those_who_look_after_the_board(cast, sign_in):
    for person in (cast.outsider, cast.stranger, cast.member, cast.chair):
        assert jobs(sign_in(person), cast.board).status_code == 404
    assert "Nothing waits" in jobs(sign_in(cast.unit), cast.board).content.decode()


def test_trying_again_is_recorded(review, cast, sign_in):
    tell(review, cast.chair)
    later = timezone.now() + timedelta(hours=1)
    Notification.objects.update(not_before=later, last_error="SMTPDataError 451")
    row = Notification.objects.get()
    url = reverse("notifications:retry", args=[cast.board.slug, "notification", row.pk])
    answer = sign_in(cast.unit).post(url, follow=True)
    assert "It will be tried again now" in answer.content.decode()
    row.refresh_from_db()
    assert row.not_before < later
    event = AuditEvent.objects.get(kind="notification_retried")
    assert (event.actor_id, event.board_id) == (cast.unit.pk, cast.board.pk)


def test_another_boards_message_cannot_be_tried_again(review, cast, sign_in):
    tell(review, cast.chair)
    pk = Notification.objects.get().pk
    client = sign_in(cast.outsider)
    for board in (cast.board, cast.other_board):
        for sort in ("notification", "digest", "nonsense"):
            url = reverse("notifications:retry", args=[board.slug, sort, pk])
            assert client.post(url).status_code == 404


def test_health_names_the_process_that_has_stopped(client):
    now = timezone.now()
    assert client.get("/health").status_code == 503
    for process in Heartbeat.Process.values:
        Heartbeat.objects.create(process=process, at=now)
    well = client.get("/health")
    assert (well.status_code, well.json()) == (
        200,
        {"database": "ok", "beat": "ok", "worker": "ok"},
    )
    Heartbeat.objects.filter(process="beat").update(at=now - timedelta(seconds=120))
    stopped = client.get("/health")
    assert (stopped.status_code, stopped.json()["beat"]) == (503, "silent")
    assert stopped.json()["worker"] == "ok"
    assert stopped["Content-Type"] == "application/json"


def test_a_kind_for_no_review_is_shown(cast, sign_in):
    operations.notify(to=[cast.unit], kind=Kind.ROLE_GIVEN, key=str(uuid4()), link="/")
    assert "You have been given a role" in page(sign_in(cast.unit))


def test_the_jobs_page_asks_no_more_for_a_longer_list(review, cast, sign_in):
    client = sign_in(cast.unit)
    jobs(client, cast.board)
    counts = []
    for number in (1, 20):
        tell(review, cast.chair, number=number)
        with CaptureQueriesContext(connection) as asked:
            jobs(client, cast.board)
        counts.append(len(asked))
    assert counts[0] == counts[1]
