from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quality_markers.catalogue import queries
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import files
from scr_portal.core import acting


class Command(BaseCommand):
    help = "Writes a version of the catalogue as a sheet that import_catalogue reads again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to: its ending is .yaml or .xlsx")
        parser.add_argument("--version-id", type=int, help="without it the current version")

    @acting.for_portal("exporting a catalogue")
    def handle(self, *args: Any, file: Path, version_id: int | None, **options: Any) -> None:
        versions = CatalogueVersion.objects
        version = versions.filter(pk=version_id).first() if version_id else versions.current()
        if version is None:
            raise CommandError("There is no such version of the catalogue.")
        kind = file.suffix.removeprefix(".")
        if kind not in files.Kind.values:
            raise CommandError("The name of the file must end in .yaml or .xlsx.")
        try:
            file.write_bytes(files.write(queries.book_of(version), kind, version))
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{version.title} is in {file}.")
