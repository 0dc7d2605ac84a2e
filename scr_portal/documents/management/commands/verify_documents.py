from hashlib import file_digest
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scr_portal.core import acting
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import opened


class Command(BaseCommand):
    help = "Check that every document's file is there and is what was uploaded."

    @acting.for_portal("verifying documents")
    def handle(self, *args: Any, **options: Any) -> None:
        kept = StoredFile.objects.exclude(scan=StoredFile.Scan.REFUSED)
        lost = [str(stored.pk) for stored in kept.iterator() if not _is_whole(stored)]
        if lost:
            raise CommandError(f"Missing or altered: {', '.join(lost)}", returncode=1)
        self.stdout.write(f"Every file is whole: {kept.count()} files.")


def _is_whole(stored: StoredFile) -> bool:
    try:
        with opened(stored) as file:
            return file_digest(file, "sha256").hexdigest() == stored.sha256  # type: ignore[arg-type]
    except FileNotFoundError:
        return False
