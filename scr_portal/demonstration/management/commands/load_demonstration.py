from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.core import acting
from scr_portal.demonstration import loading


class Command(BaseCommand):
    help = "Load the demonstration board, whose people and cases are all invented."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="only print one sign-in per role"
        )

    @acting.for_portal("loading the demonstration")
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Only a demonstration (DEMONSTRATION=1) has invented people.")
        if not options["sign_ins"]:
            loading.load()
        width = max(len(what) for what, *_ in loading.sign_ins())
        for what, email, password in loading.sign_ins():
            self.stdout.write(f"{what:<{width}}  {email:<28} {password}")
