from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quality_markers.catalogue.models import CatalogueVersion
from tests.quality_markers.catalogue import invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "lighthouses.txt"
    file.write_text(invented.text(), encoding="utf-8")
    return file


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_our_wording_can_be_loaded_again_and_again():
    assert run("load_catalogue") == run("load_catalogue")
    assert CatalogueVersion.objects.get().is_current


def test_an_import_says_what_it_read(published):
    told = run("import_quality_markers", published)
    assert "Read 18 markers in 3 clusters, 107 questions." in told
    assert told.endswith("official wording is now current.\n")
    row = next(line for line in told.split("\n") if line.startswith("12 "))
    assert row.split()[:4] == ["12", "The", "village", "9"]
    assert row.split()[-1] == "8"
    assert all(len(line) <= 105 for line in told.split("\n"))


def test_a_second_import_says_so(published):
    run("import_quality_markers", published)
    assert "already in the catalogue" in run("import_quality_markers", published)
    assert CatalogueVersion.objects.count() == 1


def test_a_dry_run_changes_nothing(published):
    told = run("import_quality_markers", published, "--dry-run")
    assert "107 questions" in told and "nothing was changed" in told
    assert not CatalogueVersion.objects.exists()


def test_a_refusal_names_every_place(published):
    short = invented.text().replace("1. Is lantern 3.1 lit in time?\n", "")
    published.write_text(
        short.replace("Rope 9 frays.", "Rope 9 and").replace("Mates sleep on watch 9.", "more"),
        encoding="utf-8",
    )
    with pytest.raises(CommandError) as refused:
        run("import_quality_markers", published)
    told = str(refused.value)
    assert "nothing was changed" in told
    assert "Quality Marker 3, line" in told and "Quality Marker 9, line" in told
    assert not CatalogueVersion.objects.exists()


@pytest.mark.parametrize("content", [b"", b"Quality Marker 1: Oil\n", b"\xff\xfe\x00"])
def test_what_is_no_such_text_is_refused(tmp_path, content):
    file = tmp_path / "other.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        run("import_quality_markers", file)


@pytest.mark.parametrize("name", ["missing.txt", ""])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_quality_markers", tmp_path / name)
