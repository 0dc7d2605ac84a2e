from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.outbox import Leased


class Export(CaseModel, Leased):
    """A PDF asked for by one person: of a whole pass, or of one marker of it.

    The file is a row of the same database, so that a killed worker leaves no half of one.
    """

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="exports")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports"
    )
    asked_at = models.DateTimeField(default=clock.now)
    # One request per click, whatever the mouse does.
    key = models.CharField(max_length=64, unique=True)
    percent = models.PositiveSmallIntegerField(default=0)
    file_name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("PDF export")
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(done_at__isnull=True), name="export_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="export_percent_in_range")
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.assessment)
