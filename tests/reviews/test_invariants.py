"""Each invariant is broken once, as nobody but the database's owner could, and must be named."""

import os
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quality_markers.exports import operations as exports
from quality_markers.exports.models import Export
from reviews.case.models import Extension, Pause, Review
from reviews.case.operations import people
from reviews.case.operations.deadlines import recalculate
from scr_portal.core import clock
from scr_portal.core.invariants import every
from scr_portal.demonstration import loading
from scr_portal.documents.invariants import GRACE
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import process, remove_unnamed
from scr_portal.documents.storage import new_name, storage
from scr_portal.guests.models import GuestLink
from tests import builders
from tests.matrix import world as worlds
from tests.owner import as_owner

# What somebody does to the database, and the check that must name it.
BROKEN = [
    ("sequences", "UPDATE {one:reviews_deadline} SET id = 999999"),
    ("guards", "ALTER TABLE reviews_review DROP CONSTRAINT review_marking_is_known"),
    ("guards", "DROP INDEX pause_open_once"),
    ("guards", "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL"),
    ("guards", "DROP TRIGGER {trigger} ON reviews_signature"),
    ("migrations", "DELETE FROM django_migrations WHERE app = 'reviews'"),
    ("outbox", "UPDATE {one:notifications_notification} SET done_at = now(), lease_until = now()"),
    ("outbox", "UPDATE {one:quality_markers_export} SET lease_until = now() + interval '1 day'"),
    (
        "outbox",
        "UPDATE {one:documents_storedfile} SET done_at = NULL,"
        " not_before = now() + interval '1 day'",
    ),
    ("history", "UPDATE {one:audit_auditevent} SET actor_name = 'Somebody else'"),
    ("history", "DELETE FROM audit_auditevent WHERE id = (SELECT max(id) FROM audit_auditevent)"),
    (
        "sent",
        "UPDATE {one:notifications_notification} SET kind = 'asked', done_at = now(),"
        " attempts = 0, last_error = ''",
    ),
    (
        "told once",
        "ALTER TABLE notifications_notification DROP CONSTRAINT notification_once_per_person;"
        "UPDATE notifications_notification SET user_id = 1, key = 'same'",
    ),
    (
        "daily messages",
        "INSERT INTO notifications_digest (user_id, date, not_before, attempts, last_error)"
        " VALUES (-1, now(), now(), 0, '');"
        "UPDATE {one:notifications_notification} SET digest_id = lastval()",
    ),
    ("guests", "UPDATE {one:guests_guestlink} SET used_at = now(), draft = 'words'"),
    ("texts", "DELETE FROM documents_filetext"),
    ("versions", "DELETE FROM reviews_documentversion"),
    ("versions", "UPDATE {one:documents_storedfile} SET review_id = NULL"),
    ("boards", "UPDATE {one:reviews_deadline} SET board_id = {other_board}"),
    ("reviews", "UPDATE {one:reviews_documentversion} SET review_id = '{other}'"),
    ("loose ends", "UPDATE {one:documents_storedfile} SET review_id = gen_random_uuid()"),
    ("loose ends", "UPDATE {one:guests_guestlink} SET review_id = gen_random_uuid()"),
    ("wall", "ALTER TABLE reviews_deadline DISABLE ROW LEVEL SECURITY"),
    ("wall", "DROP POLICY reach ON reviews_child"),
    ("stages", "UPDATE {one:reviews_review} SET stage = 'closed'"),
    ("stages", "DELETE FROM reviews_stagechange"),
    ("deadlines", "UPDATE {open} SET due_on = due_on + 1"),
    ("deadlines", "UPDATE {open} SET limit_on = limit_on - 1"),
    ("deadlines", "DELETE FROM {open}"),
    ("deadlines", "UPDATE {open} SET met_on = now()"),
    ("deadlines", "UPDATE {open} SET key = 'another'"),
    ("reminders", "UPDATE {open} SET remind_on = NULL"),
    ("reminders", "UPDATE {open} SET remind_on = due_on + 500"),
    ("chasing", "UPDATE reviews_inputrequest SET chase_on = NULL"),
    ("chasing", "UPDATE reviews_inputrequest SET chase_on = chase_on + 300"),
    ("rights", "DELETE FROM {right}"),
    ("rights", "UPDATE {right} SET ends = now()"),
    ("rights", "UPDATE {right} SET appointment_id = NULL, reason = 'x'"),
    ("rights", "UPDATE {right} SET permission_id = (SELECT min(id) FROM auth_permission)"),
    ("emergencies", "UPDATE {right} SET until = now(), appointment_id = NULL, reason = 'x'"),
    (
        "ended",
        "INSERT INTO reviews_emergency"
        " (why, reason, token, at, until, found, said, board_id, review_id, user_id)"
        " SELECT why, reason, 'x', at - interval '9 days', until - interval '9 days', '', '',"
        " board_id, review_id, user_id FROM reviews_emergency LIMIT 1",
    ),
    ("destroyed", "UPDATE {gone} SET review_id = '{other}'"),
    (
        "destroyed",
        "UPDATE {gone} SET received_id = (SELECT min(id) FROM reviews_receivedreferral)",
    ),
    ("certificates", "UPDATE {gone} SET certificate = certificate || ' '"),
    (
        "certificates",
        "INSERT INTO reviews_disposalfile (disposal_id, name)"
        " SELECT id, 'x' FROM reviews_disposal WHERE state = 'done'",
    ),
    ("answers", "UPDATE {signed} SET put_by_id = NULL"),
    ("answers", "UPDATE {signed} SET sha256 = ''"),
    ("answers", "UPDATE {signed} SET state = 'closed'"),
    (
        "answers",
        "UPDATE reviews_accesspart SET request_id ="
        " (SELECT id FROM reviews_accessrequest WHERE state = 'signed');"
        "UPDATE {one:reviews_accessitem} SET decision = 'give', decided_by_id ="
        " (SELECT signed_by_id FROM reviews_accessrequest WHERE state = 'signed')",
    ),
    ("answer days", "UPDATE {signed} SET due_on = due_on + 1"),
    ("answer days", "UPDATE {signed} SET extended_on = received_on, extended_reason = 'x'"),
    ("signatures", "UPDATE {one:reviews_signature} SET content = content || ' '"),
    ("exports", "UPDATE {one:quality_markers_export} SET content = '\\x00'"),
    ("exports", "UPDATE {one:quality_markers_export} SET content = NULL"),
    ("exports", "UPDATE {one:quality_markers_export} SET done_at = NULL"),
    ("keys", "UPDATE {one:guests_guestlink} SET recipient_name = 'no key opens this'"),
]


@pytest.fixture
def folder(settings, tmp_path):
    place = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = place / "uploads"
    return place


@pytest.fixture
def world(cast, folder):
    made = worlds.make(cast)
    for stored in StoredFile.objects.filter(done_at__isnull=True):
        process(pk=stored.pk)
    exports.sweep()
    return made


def against(name):
    (found,) = (each for each in every() if each.name == name)
    return found.find()


def broken():
    return [each.name for each in every() if each.find()]


@contextmanager
def undone():
    """What is done here never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def by_hand(sql):
    """As the owner of the database could: no trigger and no key stands in the way."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for each in sql.split(";"):
            cursor.execute(each)
            assert cursor.rowcount, each
        cursor.execute("SET LOCAL session_replication_role = origin")


def with_places(sql, world):
    """``{one:table}`` is one row of it that is not there yet; the others are of this world."""
    run = "met_on IS NULL AND remind_on IS NOT NULL"
    places = {
        "{open}": f"{{one:reviews_deadline:{run}}}",
        "{gone}": "{one:reviews_disposal:state = 'done'}",
        "{signed}": "{one:reviews_accessrequest:state = 'signed'}",
        "{right}": "{one:reviews_reviewuserobjectpermission:appointment_id IS NOT NULL}",
    }
    for place, stands_for in places.items():
        sql = sql.replace(place, stands_for)
    while "{one:" in sql:
        before, _, rest = sql.partition("{one:")
        inside, _, after = rest.partition("}")
        table, _, condition = inside.partition(":")
        where = f" WHERE ctid = (SELECT min(ctid) FROM {table} WHERE {condition or 'true'})"
        head, semicolon, tail = after.partition(";")
        sql = f"{before}{table}{head}{where}{semicolon}{tail}"
    return sql.replace("{other_board}", str(world.cast.other_board.pk)).replace(
        "{other}", str(Review.objects.exclude(pk=world.review.pk).first().pk)
    )


def trigger_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(tgname) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        return cursor.fetchone()[0]


def test_each_breach_is_named_and_the_world_is_whole_without_it(world):
    builders.a_review(world.cast, pseudonym="Child S")
    builders.a_document(world.review, world.cast)
    for stored in StoredFile.objects.filter(done_at__isnull=True):
        process(pk=stored.pk)
    assert broken() == []
    assert GuestLink.objects.exists()
    assert Export.objects.exclude(sha256="").exists()
    trigger = trigger_of("reviews_signature")
    for name, sql in BROKEN:
        with undone():
            by_hand(with_places(sql, world).replace("{trigger}", trigger))
            assert against(name), (name, sql)
    assert broken() == []


def test_files_and_rows_without_each_other_are_named(world, folder):
    stored = StoredFile.objects.exclude(scan="refused").first()
    (folder / stored.name).rename(folder / "away")
    assert against("files") == [f"file {stored.pk} is missing"]
    assert against("file contents") == [f"file {stored.pk} is missing or altered"]
    (folder / stored.name).write_bytes(b"Something else")
    assert against("files") == []
    assert against("file contents") == [f"file {stored.pk} is missing or altered"]
    (folder / "away").rename(folder / stored.name)

    stray = folder / storage().save(new_name(), builders.SimpleUploadedFile("x", b"x"))
    assert against("files") == []
    old = (clock.now() - GRACE - timedelta(hours=1)).timestamp()
    os.utime(stray, (old, old))
    name = stray.relative_to(folder)
    assert against("files") == [f"{name} belongs to no document"]
    assert remove_unnamed() == 1
    assert broken() == []


def test_bytes_of_a_refused_file_do_not_stay(world, folder):
    """The worker was killed between the scanner's verdict and the end of the bytes."""
    stored = StoredFile.objects.exclude(scan="refused").first()
    StoredFile.objects.filter(pk=stored.pk).update(scan="refused", reading="nothing")
    old = (clock.now() - GRACE - timedelta(hours=1)).timestamp()
    os.utime(folder / stored.name, (old, old))
    assert against("files") == [f"{stored.name} belongs to no document"]
    assert remove_unnamed() == 1
    assert not (folder / stored.name).exists()
    assert against("files") == []


def test_the_demonstration_is_whole(db, folder):
    loading.load()
    assert broken() == []


def test_pauses_ends_and_extensions_break_nothing(world):
    review, cast = world.review, world.cast
    appointment = review.appointments.get(user=cast.panel)
    people.end_appointment(appointment=appointment, by=cast.unit)
    Pause.objects.create(review=review, kind="criminal", by=cast.unit)
    recalculate(review=review)
    assert broken() == []
    row = review.deadlines.filter(met_on=None).first()
    Extension.objects.create(
        review=review,
        key=row.key,
        due_on=row.due_on + timedelta(days=40),
        kind="other",
        by=cast.unit,
        state="agreed",
        settled_by=cast.chair,
        settled_at=clock.now(),
    )
    assert broken() == ["deadlines"]
    recalculate(review=review)
    assert broken() == []


def test_the_command_says_what_holds_and_fails_on_what_does_not(world):
    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert f"All {sum(not each.thorough for each in every())} hold." in said.getvalue()
    by_hand("UPDATE reviews_deadline SET remind_on = NULL WHERE remind_on IS NOT NULL")
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 2 do not hold: reminders") as failed:
        call_command("check_invariants", "reminders", "history", stdout=said)
    assert failed.value.returncode == 1
    assert "BROKEN  reminders: " in said.getvalue()
    assert "holds   history: " in said.getvalue()
    assert "it has no reminder to come" in said.getvalue()
    with pytest.raises(CommandError, match="There is no check weather"):
        call_command("check_invariants", "weather")


def test_what_cannot_be_looked_at_is_broken(db, monkeypatch):
    def away():
        raise OSError("/srv/documents")

    monkeypatch.setattr("scr_portal.documents.invariants.names", away)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invariants", "files", stdout=said)
    assert "it could not be looked at: OSError" in said.getvalue()
    assert "/srv" not in said.getvalue()


def test_the_check_costs_the_same_with_more_reviews(world):
    with CaptureQueriesContext(connection) as few:
        assert broken() == []
    for number in range(5):
        builders.a_review(world.cast, pseudonym=f"Child {number}")
    with CaptureQueriesContext(connection) as more:
        assert broken() == []
    assert len(more) == len(few)


def test_every_name_is_there_once(db):
    names = [each.name for each in every()]
    assert len(names) == len(set(names))
