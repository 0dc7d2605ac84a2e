from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.core import acting
from scr_portal.running.backing_up import back_up
from scr_portal.running.database import ToolFailed
from scr_portal.running.manifest import NotWhole


class Command(BaseCommand):
    help = (
        "Write the database and the documents into a new folder, as they were at one moment. "
        "People may go on working. No key is in it: docs/running.md says how to keep those."
    )
    # Nothing of the portal but its tables and files: it works where much else does not.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="that is not there yet")

    @acting.for_portal("writing a backup")
    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            made = back_up(folder)
        except (NotWhole, ToolFailed) as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            why = f"{error.strerror}: {error.filename}"
            raise CommandError(f"Nothing was kept. {why}", returncode=1) from error
        rows = sum(int(count) for count, _sum in made.tables.values())
        self.stdout.write(
            f"Backed up into {folder}: {rows} rows of {len(made.tables)} tables, "
            f"{len(made.files)} files, {len(made.chains)} histories. "
            f"Keys that it needs, by their marks: {', '.join(made.keys)}."
        )
