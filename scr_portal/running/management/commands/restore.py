from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.core import acting
from scr_portal.running.database import ToolFailed
from scr_portal.running.manifest import NotWhole
from scr_portal.running.restoring import restore


class Command(BaseCommand):
    help = "Bring a backup back into an empty database and an empty place for documents."
    # Tables are what is restored: there are none to be checked before.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="that the command backup has written")

    @acting.for_portal("restoring a backup")
    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            made = restore(folder, lambda words: self.stdout.write(f"- {words}"))
        except (NotWhole, ToolFailed) as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            why = f"{error.strerror}: {error.filename}"
            raise CommandError(f"It is not restored. {why}", returncode=1) from error
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check_invariants", thorough=True, stdout=self.stdout)
        rows = sum(int(count) for count, _sum in made.tables.values())
        self.stdout.write(
            f"Restored as it was at {made.made_at}: {rows} rows of {len(made.tables)} tables, "
            f"{len(made.files)} files and the heads of {len(made.chains)} histories are the same. "
            "Everybody signs in anew."
        )
