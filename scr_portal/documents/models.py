import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scr_portal.core import clock
from scr_portal.core.outbox import Leased
from scr_portal.documents import kinds

WORDS = "english"


class StoredFile(Leased):
    """The bytes of one file: written once, never overwritten, and removed only by a scanner's word.

    ``done_at`` is set when it has been scanned, where there is a scanner, and read for search.
    """

    class Scan(models.TextChoices):
        WAITING = "waiting", _("Waiting to be scanned")
        CLEAN = "clean", _("Scanned, nothing found")
        REFUSED = "refused", _("Refused by the scanner")
        NOT_SCANNED = "not_scanned", _("Not scanned")

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        DONE = "done", _("Read")
        PARTLY = "partly", _("Its beginning was read")
        NOTHING = "nothing", _("Holds no text")
        FAILED = "failed", _("Could not be read")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="+")
    # A review is above this room: its number is kept, and no key to it.
    review_id = models.UUIDField(null=True)
    name = models.CharField(max_length=60, unique=True, help_text=_("In the storage"))
    original_name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=5, choices=kinds.Kind)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text=_("In bytes"))
    scan = models.CharField(_("scan"), max_length=12, choices=Scan)
    scan_note = models.CharField(max_length=200, blank=True)
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("file")
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(done_at__isnull=True), name="file_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scan__in=["waiting", "clean", "refused", "not_scanned"]),
                name="file_scan_is_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=kinds.Kind.values), name="file_kind_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="written_once",
                fields=[
                    *("board", "review_id", "name", "original_name", "kind", "sha256", "size"),
                    *("uploaded_by", "uploaded_at"),
                ],
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def may_be_taken(self) -> bool:
        """Whether it may leave the portal: where there is a scanner, not before its verdict."""
        return self.scan in {self.Scan.CLEAN, self.Scan.NOT_SCANNED}


class TextQuerySet(models.QuerySet["FileText"]):
    def about(self, words: str) -> Self:
        """As people type it: words, "a phrase", or, -without."""
        return self.filter(words=SearchQuery(words, config=WORDS, search_type="websearch"))


class FileText(models.Model):
    """What a file says, apart from it, so that no list of files carries their texts along."""

    file = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="said"
    )
    text = models.TextField()
    words: Any = models.GeneratedField(
        expression=SearchVector("text", config=WORDS),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a file")
        indexes = [GinIndex(fields=["words"], name="file_words")]

    def __str__(self) -> str:
        return str(self.file_id)
