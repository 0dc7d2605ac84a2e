import json
import shutil
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from scr_portal.documents.models import StoredFile
from scr_portal.documents.storage import storage
from scr_portal.running import backing_up, restoring
from tests import builders
from tests.scr_portal.running import places


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = place / "uploads"
    return place


@pytest.fixture
def backup(transactional_db, cast, folder: Path, tmp_path: Path, as_the_owner) -> Path:
    builders.a_document(builders.a_review(cast), cast)
    made = tmp_path / "backup"
    call_command("backup", made)
    return made


@pytest.fixture
def as_the_owner(transactional_db):
    """The commands sign in as the owner of the tables, as settings see to for their names."""
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    connection.close()
    yield
    if role:
        options["assume_role"] = role
    connection.close()


@pytest.fixture
def into_nothing(monkeypatch) -> None:
    monkeypatch.setattr(restoring, "_require_empty", lambda: None)


def the_file(backup: Path) -> Path:
    (found,) = (path for path in (backup / "documents").rglob("*") if path.is_file())
    return found


def restored(backup: Path) -> None:
    call_command("restore", backup)


def test_it_is_closed_and_holds_neither_key_nor_session(backup, settings, sign_in, cast, tmp_path):
    assert backup.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob("*.unfinished"))
    whole = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    for key in [*settings.FIELD_ENCRYPTION_KEYS, settings.SECRET_KEY]:
        assert key.encode() not in whole
    said = json.loads(json.loads((backup / "manifest.json").read_text())["says"])
    assert not {"accounts_session", "django_session", "cache"} & said["tables"].keys()
    assert said["tables"]["documents_storedfile"][0] == "1"


def test_nothing_is_overwritten_and_a_backup_is_made_once(backup):
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", backup)


def test_it_is_restored_into_an_empty_place_alone(backup):
    with pytest.raises(CommandError, match="The database has tables"):
        restored(backup)


def test_what_was_altered_is_found_before_anything_is_written(backup, into_nothing, monkeypatch):
    monkeypatch.setattr("scr_portal.running.database.run", None)
    path = the_file(backup)
    kept = path.read_bytes()
    path.write_bytes(kept + b".")
    with pytest.raises(CommandError, match="missing or altered: nothing was restored"):
        restored(backup)
    path.unlink()
    with pytest.raises(CommandError, match="missing or altered"):
        restored(backup)
    path.write_bytes(kept)

    dump = backup / "database.dump"
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1])
    with pytest.raises(CommandError, match=r"database\.dump is missing or altered"):
        restored(backup)
    dump.write_bytes(whole)

    manifest = backup / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace("documents_storedfile", "documents_storedfiles", 1))
    with pytest.raises(CommandError, match="was altered since the backup was made"):
        restored(backup)
    manifest.write_text(text[:-5])
    with pytest.raises(CommandError, match="is no whole backup"):
        restored(backup)


def test_without_its_keys_it_is_not_restored(backup, settings, into_nothing):
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="keys that are not here"):
        restored(backup)
    # With the old one behind a new one it is read, and then only the place is not empty.
    settings.FIELD_ENCRYPTION_KEYS += old
    with pytest.raises(CommandError, match=r"came to lie under another name|pg_restore"):
        restored(backup)


def test_where_a_document_has_lost_its_file_no_backup_is_made(backup, cast, tmp_path):
    stored = StoredFile.objects.get()
    storage().delete(stored.name)
    with pytest.raises(CommandError, match=f"The file {stored.name} is missing"):
        call_command("backup", tmp_path / "second")
    assert not list(tmp_path.glob("second*"))


def test_a_file_that_goes_while_it_is_copied_makes_it_begin_again(
    backup, cast, tmp_path, monkeypatch
):
    stored = StoredFile.objects.get()
    copied, tries = backing_up._copied, []

    def refused_meanwhile(*given):
        if not tries:
            StoredFile.objects.filter(pk=stored.pk).update(scan="refused")
            storage().delete(stored.name)
        tries.append(given)
        return copied(*given)

    monkeypatch.setattr(backing_up, "_copied", refused_meanwhile)
    made = backing_up.back_up(tmp_path / "second")
    assert made.files == {}
    assert len(tries) == 1


def test_a_tool_that_fails_leaves_nothing(backup, tmp_path, monkeypatch):
    monkeypatch.setattr("scr_portal.running.database._binary", lambda tool: shutil.which("false"))
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "second")
    assert not list(tmp_path.glob("second*"))


def test_a_dump_that_cannot_be_read_back_leaves_no_file(backup, tmp_path):
    """The database is full, or goes away: the files are not left without their rows."""
    with places.empty_database() as empty:
        with places.by_hand(empty) as cursor:
            cursor.execute("CREATE TYPE stands AS ENUM ('in', 'the', 'way')")
            cursor.execute("CREATE FUNCTION acting_portal() RETURNS int LANGUAGE sql RETURN 1")
        place = tmp_path / "restored"
        done = places.manage("restore", backup, database=empty, documents=place)
    assert done.returncode == 1
    assert "pg_restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [path for path in place.rglob("*") if path.is_file()]
