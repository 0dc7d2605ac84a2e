"""What an answer rests on, and what is said where the record speaks against it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models.passes import Pass, stands_with_its_pass
from quality_markers.catalogue.models import Question
from reviews.case.models import CaseModel
from reviews.documents.models import Document
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class EvidenceItem(CaseModel):
    """A document, a fact of the record, an address, or a note of where something lies."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document of the review")
        RECORD = "record", _("What the record says")
        WEB = "web", _("Web address")
        NOTE = "note", _("Where it lies")

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="evidence_items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the record: the fact as it stood on the day. It is asked anew whether it still stands.
    text = models.TextField(_("what it is"), blank=True)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # Somebody opened it and it was not there.
    broken_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    broken_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["assessment", "question"], name="evidence_of_an_answer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document", document__isnull=False)
                | Q(kind__in=["record", "note"], document__isnull=True) & ~Q(text="")
                | Q(kind="web", document__isnull=True) & ~Q(url=""),
                name="evidence_is_something",
            )
        ]
        triggers = [stands_with_its_pass()]

    def __str__(self) -> str:
        return str(self.document or self.text or self.url)


class Explanation(CaseModel):
    """Judged in place although the record says otherwise, and why that is no contradiction.

    ``facts``: the sentences of the record that it speaks of. A fact that is not among them is
    unexplained.
    """

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="explanations")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    facts: ArrayField = ArrayField(models.TextField(), default=list)
    words = models.TextField(_("what explains it"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("explanation")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="explained_once_in_a_pass"
            )
        ]
        triggers = [stands_with_its_pass()]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.question_id}"
