from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.audit import verify


class Command(BaseCommand):
    help = "Check that no event of the history was altered, removed or put in another place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--review", type=UUID, help="the id of one review; all without it")

    def handle(self, *args: Any, **options: Any) -> None:
        review = options["review"]
        if found := verify.first_break(review):
            raise CommandError(f"The history is broken. {found}", returncode=1)
        self.stdout.write(f"The history is whole: {verify.count(review)} events.")
