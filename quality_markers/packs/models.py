"""Questions that leave the portal as Word or Excel, and what comes back with answers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker, Question
from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Pack(CaseModel):
    """A file handed out.

    ``texts``: "q" with the id of a question, or "r" with that of a marker for its reflection, to
    what the file said of its fields. The same row makes the same file again.
    """

    class Form(models.TextChoices):
        WORD = "docx", _("Word")
        EXCEL = "xlsx", _("Excel")

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="packs")
    form = models.CharField(_("form"), max_length=5, choices=Form)
    is_filled = models.BooleanField(_("with the answers so far"), default=False)
    markers: ArrayField = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # Hidden in the file, so that what comes back is known as ours.
    key = models.CharField(max_length=64, unique=True)
    texts = models.JSONField(default=dict)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("pack")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, {self.at:%Y-%m-%d}"


class ReturnedPack(CaseModel):
    """A pack that came back. Nothing of it is an answer until somebody takes it, one by one."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="returned")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # Whose words they are, where somebody brings another's file.
    answered_by = models.CharField(_("who filled it in"), max_length=200, blank=True)
    # Questions of the pack that the file no longer held, by their numbers.
    missing: ArrayField = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("returned pack")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "sha256", "by"], name="pack_returned_once")
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("quality_markers:returned_pack", args=[self.review_id, self.pk])


class ReturnedAnswer(CaseModel):
    """One answer of a returned pack, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not settled")
        TAKEN = "taken", _("Taken")
        LEFT = "left", _("Left as it is")

    returned = models.ForeignKey(ReturnedPack, on_delete=models.CASCADE, related_name="answers")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="+")
    # None: it is the overall reflection on the marker.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the file says of the fields that it changed; once taken, what stood there before.
    texts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    settled_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("returned answer")
        constraints = [
            models.UniqueConstraint(
                fields=["returned", "marker", "question"],
                nulls_distinct=False,
                name="returned_answer_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | Q(state__in=["taken", "left"], settled_at__isnull=False),
                name="returned_answer_settled_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question or self.marker)
