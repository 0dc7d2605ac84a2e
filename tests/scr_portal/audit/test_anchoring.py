"""The history against the heads that were written down outside."""

import json
from datetime import timedelta

import pgtrigger
import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from scr_portal.audit import anchoring, verify
from scr_portal.audit import operations as audit
from scr_portal.audit.models import DIGEST, Anchor
from scr_portal.audit.places import Bucket, Folder, Mailbox, place_of
from scr_portal.audit.tasks import anchor
from scr_portal.core import clock
from tests.owner import as_owner

GUARDS = ("audit.AuditEvent:append_only", "audit.AuditEvent:chain")


@pytest.fixture
def folder(tmp_path, settings, cast):
    settings.AUDIT_ANCHOR = f"file://{tmp_path}/anchors"
    settings.AUDIT_ANCHOR_KEY = "a key kept elsewhere"
    for _each in range(5):
        audit.record(kind=audit.Event.SIGNED_IN, by=cast.unit)
    return Folder(tmp_path / "anchors")


@pytest.fixture
def days(monkeypatch):
    """``days(2)``: as if that many had gone by."""
    real = clock.now

    def later(number):
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=number))

    return later


def rewritten(sql, *values):
    """As somebody who has the database, and makes every hash and the head anew."""
    with as_owner(), pgtrigger.ignore(*GUARDS), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SELECT id FROM audit_auditevent WHERE chain = 'portal' ORDER BY sequence")
        before = ""
        for place, (pk,) in enumerate(cursor.fetchall(), start=1):
            cursor.execute(
                "UPDATE audit_auditevent SET sequence = %s, previous_hash = %s WHERE id = %s",
                [place, before, pk],
            )
            cursor.execute(
                f"UPDATE audit_auditevent SET hash = {DIGEST.format(row='audit_auditevent')}"
                " WHERE id = %s RETURNING hash",
                [pk],
            )
            (before,) = cursor.fetchone()
        cursor.execute(
            "UPDATE audit_chainhead SET hash = %s, sequence = %s WHERE chain = 'portal'",
            [before, place],
        )


def test_one_is_written_a_day_however_often_it_is_asked_for(folder, days):
    anchor()
    anchor()
    assert folder.names() == ["anchor-000001.json"]
    days(1)
    anchor()
    assert folder.names() == ["anchor-000001.json", "anchor-000002.json"]
    first, second = (anchoring.parsed(folder.read(name)) for name in folder.names())
    assert second.previous == first.digest
    assert ("portal", 5) in {(chain, sequence) for chain, sequence, _hash in second.heads}
    assert [row.trouble for row in Anchor.objects.all()] == ["", ""]


def test_the_command_says_that_it_is_as_it_was_anchored(folder, capsys):
    anchor()
    call_command("verify_audit", anchors="")
    assert "It is as it was anchored." in capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET actor_name = 'Nobody' WHERE chain = 'portal' AND sequence = 2",
        "DELETE FROM audit_auditevent WHERE chain = 'portal' AND sequence = 5",
        "DELETE FROM audit_auditevent WHERE chain = 'portal' AND sequence < 3",
    ],
)
def test_a_chain_that_was_made_anew_from_end_to_end_is_found(folder, sql):
    anchor()
    rewritten(sql)
    assert verify.first_break() is None
    with pytest.raises(CommandError, match=r"portal is (another|gone)"):
        call_command("verify_audit", anchors="")


def test_the_next_anchor_says_so_too(folder, days):
    anchor()
    rewritten("UPDATE audit_auditevent SET kind = 'signed_out' WHERE sequence = 5")
    days(1)
    anchor()
    assert "another than the one" in Anchor.objects.first().trouble
    days(2)
    anchor()
    # The look at the newest alone is content again; the look at all of them never is.
    assert "anchor 1" in anchoring.first_trouble(folder)


def test_an_anchor_that_is_gone_altered_or_not_ours_is_found(folder, days, settings):
    for day in range(3):
        days(day)
        anchor()
    names, texts = folder.names(), {name: folder.read(name) for name in folder.names()}

    def trouble_with(name, body):
        path = folder.path / name
        path.chmod(0o640)
        path.write_bytes(body) if body else path.unlink()
        found = anchoring.first_trouble(folder)
        if not path.exists():
            path.touch()
        path.write_bytes(texts[name])
        return found

    assert anchoring.first_trouble(folder) is None
    assert "Anchor 3 is gone" in trouble_with(names[2], None)
    assert "before 3 is gone" in trouble_with(names[1], None)
    assert "before 2 is gone" in trouble_with(names[0], None)
    assert "is no anchor" in trouble_with(names[1], b"not even JSON")
    altered = texts[names[1]].replace(b'"number":2', b'"number":2 ')
    assert "not signed with our key" in trouble_with(names[1], altered)
    settings.AUDIT_ANCHOR_KEY = "another"
    assert "Anchor 1 was not signed" in anchoring.first_trouble(folder)


def test_one_that_is_signed_anew_by_somebody_with_the_key_is_not_what_was_written(folder):
    anchor()
    content = json.loads(folder.read("anchor-000001.json").split(b"\n")[0])
    heads = [tuple(head) for head in content["heads"]]
    forged = anchoring._body(1, clock.now(), "", heads[:-1])
    path = folder.path / "anchor-000001.json"
    path.chmod(0o640)
    path.write_bytes(forged)
    assert "not the one that was written" in anchoring.first_trouble(folder)


def test_a_worker_killed_between_file_and_row_loses_nothing(folder, days):
    anchor()
    days(1)
    body = anchoring._body(
        2, clock.now(), anchoring.parsed(folder.read(folder.names()[0])).digest, []
    )
    folder.put("anchor-000002.json", body)
    anchor()
    assert [row.number for row in Anchor.objects.all()] == [3, 1]
    assert anchoring.first_trouble(folder) is None


def test_nothing_is_written_over(folder):
    folder.put("anchor-000001.json", b"first")
    with pytest.raises(FileExistsError):
        folder.put("anchor-000001.json", b"second")
    assert folder.read("anchor-000001.json") == b"first"
    assert [each.name for each in folder.path.iterdir()] == ["anchor-000001.json"]


def test_a_mailbox_gets_the_file(folder, settings):
    settings.AUDIT_ANCHOR = "mailto:history@example.org"
    anchor()
    [message] = mail.outbox
    assert message.to == ["history@example.org"]
    name, body, _type = message.attachments[0]
    folder.put(name, body.encode() if isinstance(body, str) else body)
    assert anchoring.first_trouble(folder) is None
    with pytest.raises(CommandError, match="can't read that mailbox"):
        call_command("verify_audit", anchors="")
    call_command("verify_audit", anchors=str(folder.path))


def test_an_address_says_which_place(settings):
    assert place_of("") is None
    assert isinstance(place_of("s3://history/of/us"), Bucket)
    assert isinstance(place_of("mailto:a@example.org"), Mailbox)
    with pytest.raises(ImproperlyConfigured):
        place_of("ftp://example.org")


def test_nothing_is_written_without_a_key(folder, settings):
    settings.AUDIT_ANCHOR_KEY = ""
    with pytest.raises(ImproperlyConfigured):
        anchor()
    assert folder.names() == []


def test_the_page_of_jobs_goes_red_when_it_is_late(folder, cast, sign_in, days, settings):
    client = sign_in(cast.unit)

    def shown():
        url = reverse("notifications:jobs", args=[cast.board.slug])
        return client.get(url).content.decode()

    assert "It was not written yet" in shown()
    anchor()
    assert "Last written on" in shown() and "Late" not in shown()
    days(1.2)
    assert "Late" in shown()
    settings.AUDIT_ANCHOR = ""
    assert "Not set up" in shown()
