from typing import Any

from django.core.management.base import BaseCommand

from reviews.case.lifecycle_text import as_markdown


class Command(BaseCommand):
    help = "Print the stages of a review and their moves, as docs/lifecycle.md has them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
