from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quality_markers.catalogue import differences, operations, queries
from quality_markers.catalogue.book import Book
from quality_markers.catalogue.differences import Differences, MarkerDifference
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import files
from scr_portal.core import acting
from scr_portal.core.reasons import Refused


class Command(BaseCommand):
    help = (
        "Reads a catalogue of any framework from a YAML file or an Excel workbook into a new "
        "version for every board (docs/catalogue.md). Reviews keep the version they began with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the sheet, .yaml or .xlsx")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, change nothing"
        )
        parser.add_argument(
            "--against", type=int, help="the version to compare with; without it the current one"
        )
        parser.add_argument(
            "--current", action="store_true", help="new reviews begin with it from now on"
        )

    @acting.for_portal("importing a catalogue")
    def handle(
        self,
        *args: Any,
        file: Path,
        dry_run: bool,
        against: int | None,
        current: bool,
        **options: Any,
    ) -> None:
        book = self._read(file)
        self._compare(book, self._against(against))
        if dry_run:
            self.stdout.write("This was a dry run: nothing was changed.")
            return
        try:
            version = operations.import_sheet(book=book, is_current=current)
        except operations.AlreadyImported as refused:
            self.stdout.write(str(refused))
            return
        state = "is now current" if version.is_current else "is loaded, and not current"
        self.stdout.write(f"{version.title} {state} (version {version.pk}).")

    def _read(self, file: Path) -> Book:
        try:
            return files.read(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            told = "\n".join(f"  {reason}" for reason in refused.reasons)
            raise CommandError(
                f"The sheet was not imported; nothing was changed.\n{told}"
            ) from refused

    def _against(self, pk: int | None) -> CatalogueVersion | None:
        if pk is None:
            return CatalogueVersion.objects.current()
        try:
            return CatalogueVersion.objects.get(pk=pk)
        except CatalogueVersion.DoesNotExist as error:
            raise CommandError(f"There is no version {pk} of the catalogue.") from error

    def _compare(self, book: Book, against: CatalogueVersion | None) -> None:
        read = f"Read {len(book.chapters)} markers in {len(book.clusters)} clusters"
        self.stdout.write(f"{read}, {book.asked} questions.")
        if against is None:
            return
        self.stdout.write(f"Against {against.title} (version {against.pk}):\n")
        self._say(differences.between(queries.book_of(against), book))

    def _say(self, found: Differences) -> None:
        for words in found.facts:
            self.stdout.write(f"  {words.label}: {_line(words.before)} -> {_line(words.after)}")
        for marker in found.markers:
            self._marker(marker)
        if found.same:
            self.stdout.write(f"  {found.same} markers are the same.")

    def _marker(self, marker: MarkerDifference) -> None:
        self.stdout.write(f"  {marker.number}. {marker.title}: {marker.said}")
        if marker.words and marker.kind == differences.CHANGED:
            told = ", ".join(str(words.label).lower() for words in marker.words)
            self.stdout.write(f"    other words: {told}")
        for each in marker.questions:
            place = " -> ".join(dict.fromkeys(filter(None, (each.before, each.after))))
            self.stdout.write(f"    {place} {each.said}: {each.text_after or each.text_before}")


def _line(text: str) -> str:
    return " / ".join(text.splitlines()) or "nothing"
