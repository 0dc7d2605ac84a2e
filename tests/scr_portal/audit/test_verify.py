from datetime import date

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from reviews.case.operations.record import create_review
from scr_portal.audit import operations as audit
from scr_portal.audit import verify
from scr_portal.audit.models import AuditEvent, ChainHead
from tests.owner import as_owner

APPEND_ONLY = "audit.AuditEvent:append_only"


@pytest.fixture
def review(cast):
    made = create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child A",
        incident_on=date(2026, 1, 5),
        referred_on=date(2026, 1, 20),
    )
    for _ in range(4):
        audit.record(kind=audit.Event.REVIEW_OPENED, by=cast.unit, target=made, review=made)
    audit.record(kind=audit.Event.SIGNED_IN, by=cast.unit)
    return made


def events(review):
    return list(AuditEvent.objects.filter(review_id=review.pk).order_by("sequence"))


def by_hand(sql, *values):
    """As somebody with the database's own password would: the guard switched off, then on."""
    with as_owner(), pgtrigger.ignore(APPEND_ONLY), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_history_is_found_whole(review, capsys):
    assert verify.first_break() is None
    call_command("verify_audit")
    assert "whole: 6 events" in capsys.readouterr().out
    call_command("verify_audit", review=review.pk)
    assert "whole: 5 events" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'downloaded'",
        "actor_name = 'Somebody Else'",
        "at = at + interval '1 microsecond'",
        'changes = \'{"fields": "nothing"}\'',
        "target_label = 'Child B'",
    ],
)
def test_an_altered_event_is_named(review, change):
    third = events(review)[2]
    by_hand(f"UPDATE audit_auditevent SET {change} WHERE id = %s", third.pk)
    found = verify.first_break(review.pk)
    assert (found.id, found.sequence) == (third.pk, 3)
    assert "does not say what was written" in str(found)


def test_a_removed_event_is_missed_at_the_one_after_it(review):
    rows = events(review)
    by_hand("DELETE FROM audit_auditevent WHERE id = %s", rows[1].pk)
    found = verify.first_break(review.pk)
    assert found.id == rows[2].pk
    assert "before it is gone" in found.why


def test_the_newest_event_is_missed_too(review):
    by_hand("DELETE FROM audit_auditevent WHERE id = %s", events(review)[-1].pk)
    found = verify.first_break(review.pk)
    assert (found.chain, found.sequence) == (str(review.pk), 5)
    assert "newest event is gone" in found.why


def test_a_whole_chain_is_missed(review):
    by_hand("DELETE FROM audit_auditevent WHERE chain = %s", str(review.pk))
    assert "newest event is gone" in verify.first_break().why


def test_two_events_that_changed_places_are_found(review):
    one, two = events(review)[1:3]
    with as_owner(), pgtrigger.ignore(APPEND_ONLY), connection.cursor() as cursor:
        for sequence, pk in [(99, one.pk), (2, two.pk), (3, one.pk)]:
            cursor.execute(
                "UPDATE audit_auditevent SET sequence = %s WHERE id = %s", [sequence, pk]
            )
    assert verify.first_break(review.pk).id in {one.pk, two.pk}


def test_the_command_says_which_and_fails(review):
    third = events(review)[2]
    by_hand("UPDATE audit_auditevent SET actor_name = 'x' WHERE id = %s", third.pk)
    with pytest.raises(CommandError, match=rf"event {third.pk}, number 3") as caught:
        call_command("verify_audit")
    assert caught.value.returncode == 1


def test_nothing_is_changed_or_removed_while_the_guard_stands(review):
    for sql in ("UPDATE audit_auditevent SET kind = 'x'", "DELETE FROM audit_auditevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_hash_made_up_by_the_writer_is_not_kept(review):
    row = AuditEvent.objects.create(
        at=review.created_at, kind="signed_in", chain="portal", sequence=40, hash="made up"
    )
    row.refresh_from_db()
    assert row.sequence == 2
    assert row.hash == ChainHead.objects.get(chain="portal").hash != "made up"
    assert verify.first_break() is None
