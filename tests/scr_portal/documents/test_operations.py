import errno
import os
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.documents import operations, reading, serving
from scr_portal.documents.forms import FileField
from scr_portal.documents.models import FileText, StoredFile
from tests.scr_portal.documents import files
from tests.together import at_once


def lying_in(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_lies_whole_under_a_name_that_says_nothing(store, folder):
    content = files.docx("Minutes")
    stored = store(content, r"C:\panel\Minutes.docx")
    assert (stored.original_name, stored.kind, stored.size) == (
        "Minutes.docx",
        "docx",
        len(content),
    )
    assert stored.sha256 == sha256(content).hexdigest()
    assert (stored.scan, stored.reading) == ("not_scanned", "waiting")
    assert lying_in(folder) == [stored.name]
    assert "minutes" not in stored.name.lower()
    path = folder / stored.name
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o777 for each in (folder, path.parent)} == {0o700}


def test_the_same_file_twice_is_two_files(store, folder):
    assert store().name != store().name
    assert len(lying_in(folder)) == 2


def test_two_at_once_are_both_kept(folder, transactional_db):
    from tests.cast import gather

    cast = gather()

    def act(number):
        upload = SimpleUploadedFile("a.txt", b"text %d" % number)
        return operations.store(upload, by=cast.unit, board=cast.board, review_id=None)

    kept = at_once(lambda: act(1), lambda: act(2))
    assert {each.size for each in kept} == {6}
    assert len(lying_in(folder)) == 2


def test_what_is_refused_leaves_nothing(store, folder):
    with pytest.raises(Refused):
        store(b"MZ\0 program", "a.docx")
    assert not StoredFile.objects.exists()
    assert not folder.exists()


def test_a_full_disk_keeps_nothing_and_says_so(store, folder, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match=r"no room left to keep “minutes\.docx”"):
        store()
    assert lying_in(folder) == []
    assert not StoredFile.objects.exists()


def test_a_row_that_is_refused_takes_its_bytes_along(store, folder, cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        store(board=None)
    assert lying_in(folder) == []


def test_what_was_written_is_never_changed_or_removed(store):
    stored = store()
    for change in ({"sha256": "0" * 64}, {"name": "x"}, {"original_name": "y"}, {"size": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=stored.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        stored.delete()


def test_what_nobody_names_is_swept_away_after_a_day(store, folder):
    kept = store()
    for name in ("ab/abcdef", "unfinished/half", "uploads/half"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"left")
    assert operations.remove_unnamed() == 0
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    assert operations.remove_unnamed() == 3
    assert lying_in(folder) == [kept.name]


def test_a_clean_file_may_be_taken_after_its_scan(store, daemon):
    stored = store()
    assert stored.scan == "waiting"
    with pytest.raises(Http404):
        serving.attachment(stored)
    operations.process(pk=stored.pk)
    stored.refresh_from_db()
    assert (stored.scan, stored.reading) == ("clean", "done")
    assert daemon.got == [storages["documents"].open(stored.name).read()]
    assert serving.attachment(stored).status_code == 200


def test_an_infected_file_is_gone_and_its_verdict_stays(store, daemon, folder, settings):
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"file_refused": []}
    stored = store(b"a text with EVIL in it", "a.txt")
    operations.process(pk=stored.pk)
    operations.process(pk=stored.pk)
    stored.refresh_from_db()
    assert (stored.scan, stored.scan_note) == ("refused", "Test.Evil")
    assert lying_in(folder) == []
    event = AuditEvent.objects.get(kind="file_refused")
    assert (event.target_label, event.changes) == ("text file", {"found": "Test.Evil"})
    with pytest.raises(Http404):
        serving.attachment(stored)
    assert not FileText.objects.exists()


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR", b"UNKNOWN"])
def test_without_a_verdict_a_file_waits_for_as_long_as_it_takes(store, daemon, answer, settings):
    if answer:
        daemon.answer = answer
    else:
        settings.CLAMAV_SOCKET = "tcp://127.0.0.1:1"
    stored = store()
    for _time in range(5):
        StoredFile.objects.update(not_before=timezone.now(), lease_until=None)
        operations.sweep(limit=1)
    stored.refresh_from_db()
    assert (stored.scan, stored.done_at, stored.attempts) == ("waiting", None, 5)
    assert stored.last_error == "ScannerAway"
    daemon.answer, settings.CLAMAV_SOCKET = b"", f"unix:{daemon.path}"
    StoredFile.objects.update(not_before=timezone.now())
    operations.sweep()
    stored.refresh_from_db()
    assert stored.scan == "clean"


def test_a_daemon_that_hangs_up_on_a_long_file_is_heard(store, daemon):
    daemon.limit = 1000
    stored = store(b"word " * 600_000, "a.txt")
    operations.process(pk=stored.pk)
    stored.refresh_from_db()
    assert (stored.scan, stored.last_error) == ("waiting", "ScannerAway")


def test_a_text_is_found_by_its_words(store):
    stored = store(files.docx("The panel was referred by two hospitals"))
    operations.process(pk=stored.pk)
    for words in ("hospital", '"two hospitals"', "referring or lighthouse"):
        assert FileText.objects.about(words).get().file == stored, words
    assert not FileText.objects.about("lighthouse").exists()


def test_a_text_of_more_words_than_an_index_holds_keeps_its_beginning(store):
    words = " ".join(f"w{number:x}" for number in range(130_000))
    stored = store(words.encode(), "a.txt")
    operations.process(pk=stored.pk)
    kept = FileText.objects.get().text
    assert 100_000 < len(kept) < len(words)
    assert FileText.objects.about("w1").exists()


def test_what_kills_its_reader_is_given_up_and_can_still_be_taken(store, monkeypatch):
    def broken(file, kind):
        raise RuntimeError

    monkeypatch.setattr(reading, "read", broken)
    stored = store()
    for _time in range(operations.READ_ATTEMPTS):
        StoredFile.objects.update(not_before=timezone.now())
        operations.sweep()
    stored.refresh_from_db()
    assert (stored.reading, stored.last_error) == ("failed", "RuntimeError")
    assert stored.done_at
    assert serving.attachment(stored).status_code == 200


def test_a_file_goes_out_as_an_attachment_that_no_browser_opens(store):
    content = files.pdf()
    response = serving.attachment(store(content, "Łódź “x”.pdf"), as_it_came=True)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Content-Security-Policy"] == policy
    assert response["Cache-Control"] == "no-store"


def test_a_file_whose_bytes_are_lost_is_not_found(store, folder):
    stored = store()
    (folder / stored.name).unlink()
    with pytest.raises(Http404):
        serving.attachment(stored)


def test_a_field_of_a_form_says_what_is_wrong_with_a_file():
    from django import forms

    class Form(forms.Form):
        file = FileField(label="File")

    def errors(content: bytes, name: str) -> list[str]:
        return Form({}, {"file": SimpleUploadedFile(name, content)}).errors.get("file", [])

    assert errors(files.docx(), "a.docx") == []
    assert "is empty" in errors(b"", "a.docx")[0]
    assert "Rename it" in errors(files.pdf(), "a.docx")[0]
    assert Form({}, {}).errors["file"]


def test_a_file_that_was_altered_or_lost_is_named(store, folder, capsys):
    kept, altered = store(b"one", "a.txt"), store(b"two", "b.txt")
    call_command("verify_documents")
    assert "Every file is whole: 2 files." in capsys.readouterr().out
    (folder / altered.name).write_bytes(b"other")
    with pytest.raises(CommandError, match=str(altered.pk)):
        call_command("verify_documents")
    (folder / kept.name).unlink()
    with pytest.raises(CommandError, match=str(kept.pk)):
        call_command("verify_documents")
