from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quality_markers.catalogue import operations, queries
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import files
from tests.quality_markers.conftest import INVENTED

pytestmark = pytest.mark.django_db


def run(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_a_sheet_is_imported_beside_what_is_current():
    own = operations.load_own()
    told = run("import_catalogue", INVENTED)
    assert "Read 15 markers in 4 clusters, 40 questions." in told
    assert "and not current" in told
    assert CatalogueVersion.objects.current() == own


def test_a_sheet_becomes_current_where_it_is_said_so():
    own = operations.load_own()
    assert "is now current" in run("import_catalogue", INVENTED, "--current")
    own.refresh_from_db()
    assert CatalogueVersion.objects.current().framework == "orchard-markers" and not own.is_current
    assert "already in the catalogue" in run("import_catalogue", INVENTED)


def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path):
    version = operations.import_sheet(book=files.read(INVENTED.read_bytes()))
    file = tmp_path / "changed.yaml"
    file.write_text(
        INVENTED.read_text()
        .replace("Who was told of the result?", "Who was told of it?")
        .replace("title: Reading the soil", "title: Reading the earth")
        .replace("edition: second", "edition: third")
    )
    told = run("import_catalogue", file, "--dry-run", "--against", version.pk)
    assert "Edition: second -> third" in told
    assert "2. Reading the earth: other words\n    other words: title" in told
    assert "2.3 other words: Who was told of it?" in told
    assert "14 markers are the same." in told
    assert told.endswith("This was a dry run: nothing was changed.\n")
    assert CatalogueVersion.objects.count() == 1


def test_a_refusal_names_every_place(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(INVENTED.read_text().replace("cluster: 4", "cluster: 9"))
    with pytest.raises(CommandError, match="nothing was changed") as refused:
        run("import_catalogue", file)
    assert str(refused.value).count("there is no cluster 9") == 3
    with pytest.raises(CommandError, match="no version 7"):
        run("import_catalogue", INVENTED, "--against", "7", "--dry-run")
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_catalogue", tmp_path / "missing.yaml")


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_what_is_exported_is_what_is_imported(tmp_path, kind):
    version = operations.load_own()
    file = tmp_path / f"out.{kind}"
    run("export_catalogue", file, version_id=version.pk)
    run("import_catalogue", file)
    again = CatalogueVersion.objects.exclude(pk=version.pk).get()
    assert queries.book_of(again) == queries.book_of(version)
    assert "They" not in run("import_catalogue", file, "--dry-run")


def test_an_export_that_can_not_be(tmp_path):
    with pytest.raises(CommandError, match="no such version"):
        run("export_catalogue", tmp_path / "out.yaml")
    operations.load_own()
    with pytest.raises(CommandError, match="must end in"):
        run("export_catalogue", tmp_path / "out.pdf")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_catalogue", tmp_path / "nowhere" / "out.yaml")
