from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.outbox import Leased


class Export(CaseModel, Leased):
    """A file asked for by one person: of a pass, a marker, a comparison or the whole history.

    The file is a row of the same database, so that a killed worker leaves no half of one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        WORKING = "working", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Could not be made")

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF")
        WORD = "docx", _("Word")
        EXCEL = "xlsx", _("Excel")
        CSV = "csv", _("CSV")

    class Of(models.TextChoices):
        PASS = "pass", _("The self-assessment, or one marker of it")
        COMPARISON = "comparison", _("The comparison with an earlier one")
        HISTORY = "history", _("All self-assessments of the review")

    form = models.CharField(_("form"), max_length=5, choices=Form, default=Form.PDF)
    of = models.CharField(_("of"), max_length=10, choices=Of, default=Of.PASS)
    # Of a history the newest pass, of a comparison the later.
    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="exports")
    compared_with = models.ForeignKey(
        Pass, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    is_named = models.BooleanField(_("with names"), default=True)
    with_comments = models.BooleanField(_("with comments"), default=False)
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, null=True, blank=True)
    # Drawn across every page; without one it is whoever asks.
    recipient = models.CharField(_("who this copy is for"), max_length=100, blank=True)
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
    size = models.PositiveIntegerField(default=0, help_text=_("In bytes"))
    # Numbers of the markers in the file: who may read fewer by now is not given it.
    markers: ArrayField = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # Permissions by which it was made: facts and documents in it are of those who hold them all.
    rights: ArrayField = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        verbose_name = _("export")
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(done_at__isnull=True), name="export_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="export_percent_in_range"),
            models.CheckConstraint(
                condition=Q(of="comparison", compared_with__isnull=False)
                | Q(of__in=["pass", "history"], compared_with__isnull=True),
                name="export_compares_two",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.assessment)

    def get_absolute_url(self) -> str:
        return reverse("quality_markers:export", args=[self.review_id, self.pk])

    @property
    def state(self) -> "Export.State":
        """Done without a file is failed: nobody works at it any more."""
        if self.done_at:
            return self.State.DONE if self.sha256 else self.State.FAILED
        return self.State.WORKING if self.lease_until else self.State.WAITING
