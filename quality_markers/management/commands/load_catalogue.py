from typing import Any

from django.core.management.base import BaseCommand

from quality_markers.catalogue import operations
from scr_portal.core import acting


class Command(BaseCommand):
    help = "Loads the quality markers in our own wording. Running it again changes nothing."

    @acting.for_portal("loading the quality markers")
    def handle(self, *args: Any, **options: Any) -> None:
        version = operations.load_own()
        state = "current" if version.is_current else "not current"
        self.stdout.write(f"{version.title}: loaded, {state}.")
