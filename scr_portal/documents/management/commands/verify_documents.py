from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scr_portal.core import acting
from scr_portal.documents.invariants import altered, kept


class Command(BaseCommand):
    help = "Check that every document's file is there and is what was uploaded."

    @acting.for_portal("verifying documents")
    def handle(self, *args: Any, **options: Any) -> None:
        if lost := altered():
            raise CommandError("\n".join(lost), returncode=1)
        self.stdout.write(f"Every file is whole: {len(kept())} files.")
