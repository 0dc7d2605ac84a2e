from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.audit import anchoring, verify
from scr_portal.audit.places import Folder, Place, place_of
from scr_portal.core import acting


class Command(BaseCommand):
    help = "Check that no event of the history was altered, removed or put in another place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--review", type=UUID, help="the id of one review; all without it")
        parser.add_argument(
            "--anchors",
            nargs="?",
            const="",
            metavar="FOLDER",
            help="against the heads that were written down outside as well: where AUDIT_ANCHOR"
            " says, or a folder into which they were saved",
        )

    @acting.for_portal("verifying the record")
    def handle(self, *args: Any, **options: Any) -> None:
        review, anchors = options["review"], options["anchors"]
        if found := verify.first_break(review):
            raise CommandError(f"The history is broken. {found}", returncode=1)
        if anchors is not None and (trouble := anchoring.first_trouble(_place(anchors))):
            raise CommandError(f"The history is not as it was anchored. {trouble}", returncode=1)
        also = "" if anchors is None else " It is as it was anchored."
        self.stdout.write(f"The history is whole: {verify.count(review)} events.{also}")


def _place(folder: str) -> Place:
    place = Folder(Path(folder)) if folder else place_of(settings.AUDIT_ANCHOR)
    if place is None:
        raise CommandError("AUDIT_ANCHOR says no place. Name the folder of the anchors.")
    if not place.is_read:
        raise CommandError("The portal can't read that mailbox. Save its files into a folder.")
    return place
