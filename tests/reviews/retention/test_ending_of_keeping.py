"""Destroyed or anonymised: all of it, once, whoever is killed; and what proves it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from quality_markers.assessments.models import Answer
from quality_markers.learning.models import Improvement
from reviews.case.models import Child, Review
from reviews.retention import certificate, holdings, operations
from reviews.retention.holdings import REMOVED
from reviews.retention.models import Disposal, DisposalFile
from reviews.retention.operations import carrying
from scr_portal.audit.models import AuditEvent
from scr_portal.audit.verify import first_break
from scr_portal.core import clock
from scr_portal.documents.models import StoredFile
from scr_portal.documents.storage import storage
from tests import builders
from tests.matrix import world as worlds
from tests.reviews.retention.conftest import close, ended, over, proposed

pytestmark = pytest.mark.timeout(900)


def rows_of(review: Review) -> dict[str, int]:
    return {
        each.name: count
        for each in holdings.holdings()
        if (count := each.rows(review=review.pk).count())
    }


def said_anywhere(pk: str) -> list[str]:
    """Tables in which the number of the review stands in any column, by plain SQL."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT 1 FROM "{table}" AS t WHERE t::text LIKE %s LIMIT 1', [f"%{pk}%"]
            )
            if cursor.fetchone():
                found.append(table)
    return sorted(found)


def test_destroying_leaves_no_row_and_no_file_of_a_review_with_everything_in_it(cast):
    world = worlds.make(cast)
    review = close(world.review)
    other = builders.a_review(cast)
    before, others = rows_of(review), rows_of(other)
    events = AuditEvent.objects.filter(review_id=review.pk).count()
    files = list(StoredFile.objects.filter(review_id=review.pk).values_list("name", flat=True))
    assert len(before) > 55 and files
    done = ended(cast, review)
    assert done.state == Disposal.State.DONE, done.last_error
    assert rows_of(review) == {}
    assert rows_of(other) == others
    assert not any(storage().exists(name) for name in files)
    # The number stands in the history, on the certificate, and nowhere else.
    allowed = {"audit_auditevent", "audit_chainhead", "reviews_disposal"}
    assert set(said_anywhere(str(review.pk))) <= allowed
    assert AuditEvent.objects.filter(review_id=review.pk).count() == events + 3
    assert first_break() is None
    assert done.counts["removed"].keys() == before.keys() | {"reviews.Review"}


def test_anonymising_leaves_judgements_and_no_word(cast):
    world = worlds.make(cast)
    review = close(world.review)
    Child.objects.filter(review=review).update(real_name="Peter Canary", ethnicity="Canary")
    judged = Answer.objects.filter(review=review).values_list("pk", "judgement")
    before = set(judged)
    gathered = Improvement.objects.filter(review=review).values_list("pk", "gathered_text")
    learned = set(gathered)
    done = ended(cast, review, "anonymise")
    assert done.state == Disposal.State.DONE, done.last_error
    assert set(judged.all()) == before
    assert (
        set(Improvement.objects.filter(review=review).values_list("pk", "gathered_text")) == learned
    )
    named = holdings.by_name()
    for label, each in named.items():
        rows = each.rows(review=review.pk)
        if each.ending is holdings.Ending.REMOVE:
            assert not rows.exists(), label
            continue
        for field in each.stripped():
            assert set(rows.values_list(field.name, flat=True)) <= {"", REMOVED, None}, label
    child = Child.objects.get(review=review)
    assert (child.pseudonym, child.real_name) == ("Child 1", REMOVED)
    review.refresh_from_db()
    assert review.pseudonym == "Anonymised"
    assert first_break() is None


def test_pages_of_an_anonymised_review_can_be_opened(cast, sign_in, schedule):
    review = over(cast)
    ended(cast, review, "anonymise")
    client = sign_in(cast.unit)
    for page in ("", "/children", "/decision", "/history", "/dates", "/people", "/referral"):
        response = client.get(f"/reviews/{review.pk}{page}", follow=True)
        assert response.status_code == 200, page


def test_a_worker_killed_between_any_two_steps_is_gone_on_from(cast, schedule, monkeypatch):
    """After the rows, in the midst of the files, and before the certificate."""
    review = over(cast)
    for number in range(3):
        builders.a_document(review_for(cast, review), cast, content=f"File {number}".encode())
    made = settled(cast, review)

    class Killed(BaseException):
        pass

    taken = []

    def once(name):
        if len(taken) == 1:
            raise Killed
        taken.append(name)
        return real(name)

    real = storage().delete
    monkeypatch.setattr(storage(), "delete", once)
    with pytest.raises(Killed):
        operations.carry_out(pk=made.pk)
    monkeypatch.undo()
    made.refresh_from_db()
    assert made.state == Disposal.State.ROWS_GONE and not made.certificate
    assert made.files.filter(gone_at__isnull=True).count() == 2
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert made.state == Disposal.State.ROWS_GONE, "its lease has not run out"
    Disposal.objects.filter(pk=made.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    with monkeypatch.context() as patch:
        patch.setattr(carrying, "_certify", lambda found: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            operations.sweep()
    Disposal.objects.filter(pk=made.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    operations.sweep()
    operations.sweep()
    made.refresh_from_db()
    assert made.state == Disposal.State.DONE
    assert made.counts["files"] == 3
    ended_once = AuditEvent.objects.filter(review_id=review.pk, kind="keeping_ended")
    assert ended_once.count() == 1


def review_for(cast, review: Review) -> Review:
    return Review.objects.select_related("board").get(pk=review.pk)


def settled(cast, review: Review, act: str = "destroy") -> Disposal:
    made = proposed(cast, review, act)
    return operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)


def test_a_transaction_of_the_rows_is_whole_or_not_there(cast, schedule, monkeypatch):
    review = over(cast)
    made = settled(cast, review)
    before = rows_of(review)

    def break_down(table, lookup, keys):
        if table is Review:
            raise OSError("no more")
        return real(table, lookup, keys)

    real = carrying._delete
    monkeypatch.setattr(carrying, "_delete", break_down)
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert (made.state, made.last_error) == (Disposal.State.AGREED, "OSError")
    assert rows_of(review) == before
    assert not DisposalFile.objects.exists()


def test_a_hold_that_comes_after_the_decision_stops_it_too(cast, schedule):
    review = over(cast)
    made = settled(cast, review)
    hold = operations.hold(
        board=cast.board,
        review=review,
        asked_by="A court",
        asked_on=clock.today(),
        look_again_on=clock.today() + timedelta(days=30),
        reason="A claim.",
        by=cast.unit,
    )
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert made.state == Disposal.State.AGREED and Review.objects.filter(pk=review.pk).exists()
    operations.lift(found=hold, reason="The claim was settled.", by=cast.unit)
    Disposal.objects.filter(pk=made.pk).update(not_before=clock.now() - timedelta(seconds=1))
    operations.sweep()
    made.refresh_from_db()
    assert made.state == Disposal.State.DONE
    assert not Review.objects.filter(pk=review.pk).exists()


def test_what_was_reopened_meanwhile_is_given_up(cast, schedule):
    review = over(cast)
    made = settled(cast, review)
    Review.objects.filter(pk=review.pk).update(stage="considering")
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert made.state == Disposal.State.REFUSED
    assert Review.objects.filter(pk=review.pk).exists()


def test_a_table_that_no_room_names_stops_everything(cast, schedule, monkeypatch):
    review = over(cast)
    made = settled(cast, review)
    monkeypatch.setattr(holdings, "unnamed", lambda: {"reviews.Invented"})
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert (made.state, made.last_error) == (Disposal.State.AGREED, "Stopped")


def test_the_certificate_says_what_was_done_and_holds_no_word_of_the_case(cast, schedule):
    review = over(cast, pseudonym="Child Canary")
    reference = review.reference
    done = ended(cast, review)
    assert certificate.is_whole(done)
    assert "Canary" not in done.certificate
    text = certificate.paper_of(done, by=cast.unit, at=clock.now())
    assert reference in str(text) and done.sha256 in str(text)
    event = AuditEvent.objects.get(kind="keeping_ended")
    assert event.changes["sha256"] == done.sha256
    with pytest.raises(Exception, match="Cannot"):
        Disposal.objects.filter(pk=done.pk).update(reference="Another")


def test_a_number_whose_review_was_destroyed_is_not_given_again(cast, schedule):
    review = over(cast)
    reference = review.reference
    ended(cast, review)
    assert builders.a_review(cast).reference != reference


def test_a_declined_referral_goes_with_its_link_and_letters(cast, schedule):
    from reviews.decisions.referrals.models import ReceivedReferral
    from reviews.retention import queries
    from scr_portal.guests.models import GuestLetter, GuestLink

    link = GuestLink.objects.create(
        purpose="referral",
        board=cast.board,
        recipient_name="Ms Canary",
        recipient_email="canary@example.org",
        token_hash=uuid4().hex,
        created_by=cast.unit,
        expires_at=clock.now(),
    )
    GuestLetter.objects.create(link=link, letter="invite", key=uuid4().hex)
    received = ReceivedReferral.objects.create(
        board=cast.board,
        link=link,
        answers="{}",
        token=uuid4().hex,
        state="declined",
        settled_by=cast.unit,
        settled_at=clock.now() - timedelta(days=900),
    )
    found = queries.one(cast.board, cast.unit, f"referral-{received.pk}")
    made = operations.propose(kept=found, act="destroy", reason="Nothing stands.", by=cast.unit)
    operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    assert made.state == Disposal.State.DONE, made.last_error
    for table in (ReceivedReferral, GuestLink, GuestLetter):
        assert not table.objects.exists()
