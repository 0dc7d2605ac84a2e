"""Dialogue at a question: threads, and who is spoken to in them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Question
from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class QuestionComment(CaseModel):
    """The first of a thread has no ``parent``, and is what is resolved and opened again."""

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("comment"))
    mentions: models.ManyToManyField = models.ManyToManyField(
        USER, related_name="+", blank=True, verbose_name=_("people spoken to")
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    resolved_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["assessment", "question"], name="comment_of_a_question")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False, parent__isnull=True),
                name="comment_resolved_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="comment_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="comment_stands",
                fields=["assessment", "question", "parent", "text", "by", "at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.question_id}"
