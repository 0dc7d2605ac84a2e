from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quality_markers.catalogue import operations
from quality_markers.catalogue.book import PROSE, Book
from quality_markers.catalogue.models import CatalogueVersion
from scr_portal.core import acting
from scr_portal.core.reasons import Refused

TITLE = 30
COLUMN = 10


class Command(BaseCommand):
    help = (
        "Reads the published text of the quality markers into a new version of the catalogue, "
        "with the official wording, and makes it current. Reviews keep the version they began with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the text of the publication, in UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="read and check the text, change nothing"
        )

    @acting.for_portal("importing the quality markers")
    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            book = operations.read_published(content=content)
            version = None if dry_run else operations.import_published(content=content)
        except operations.AlreadyImported as refused:
            self.stdout.write(str(refused))
            return
        except Refused as refused:
            raise CommandError(self._refusal(refused)) from refused
        self._table(book)
        self._say(book, version)

    def _refusal(self, refused: Refused) -> str:
        first, *others = [str(reason) for reason in refused.reasons]
        if not others:
            return first
        told = "\n".join(f"  {reason}" for reason in [first, *others])
        return f"The text was not imported; nothing was changed.\n{told}"

    def _table(self, book: Book) -> None:
        heads = ["questions", *PROSE]
        self.stdout.write("Words in each section, after the number of questions:\n\n")
        self._row("", "marker", heads)
        for chapter in book.chapters:
            counts = [len(chapter.questions), *(chapter.words(name) for name in PROSE)]
            self._row(str(chapter.number), chapter.title, [str(count or "–") for count in counts])

    def _row(self, number: str, title: str, cells: list[str]) -> None:
        told = "".join(f"{cell:>{COLUMN}}" for cell in cells)
        self.stdout.write(f"{number:>2} {title:<{TITLE}}{told}")

    def _say(self, book: Book, version: CatalogueVersion | None) -> None:
        read = f"\nRead {len(book.chapters)} markers in {len(book.clusters)} clusters"
        self.stdout.write(f"{read}, {book.asked} questions.")
        if version is None:
            self.stdout.write("This was a dry run: nothing was changed.")
        else:
            self.stdout.write(f"{version.title} is now current.")
