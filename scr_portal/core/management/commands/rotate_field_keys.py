from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.core import acting
from scr_portal.core.rotating import counts


class Command(BaseCommand):
    help = (
        "Write everything that is encrypted anew with the first of FIELD_ENCRYPTION_KEYS. It can "
        "be stopped and run again, while the portal is in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; say what is under an older key, and what no key opens",
        )

    @acting.for_portal("rotating the keys of fields")
    def handle(self, *args: Any, **options: Any) -> None:
        check, lost = options["check"], 0
        said = "under an older key" if check else "written anew"
        for count in counts(write=not check):
            self.stdout.write(
                f"{count.label}: {count.renewed} {said}, {count.current} under the first key, "
                f"{count.lost} that no key opens"
            )
            lost += count.lost
        if lost:
            raise CommandError(
                f"{lost} texts can't be read with any of FIELD_ENCRYPTION_KEYS. Put the key that "
                "is missing back behind the others. Nothing of them was changed.",
                returncode=1,
            )
