"""What is written in a pass: answers and reflections, and what they said before."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models.passes import Pass, stands_with_its_pass
from quality_markers.catalogue.models import Marker, Question
from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Written(CaseModel):
    """What several people write on together: who and when, and a count of the changes."""

    FIELDS: ClassVar[tuple[str, ...]]

    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # When this person's present sitting began: within it no earlier text is kept (rules.py).
    since = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class Kept(CaseModel):
    """What a text said before it was changed, so that it can be read and restored."""

    version = models.PositiveIntegerField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-version"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Answer(Written):
    FIELDS = ("judgement", "not_applicable_reason", "narrative", "evidence")

    class Judgement(models.TextChoices):
        NOT_CONSIDERED = "not_considered", _("Not yet considered")
        IN_PLACE = "in_place", _("In place")
        PARTLY = "partly", _("Partly in place")
        NOT_IN_PLACE = "not_in_place", _("Not in place")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    judgement = models.CharField(
        _("judgement"), max_length=15, choices=Judgement, default=Judgement.NOT_CONSIDERED
    )
    not_applicable_reason = models.TextField(_("why it does not apply"), blank=True)
    narrative = models.TextField(_("narrative"), blank=True)
    evidence = models.TextField(_("notes of evidence"), blank=True)
    # Where a pass was copied: the answer with the wording of its question that it was given to.
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="answer_once_in_a_pass"
            ),
            models.CheckConstraint(
                condition=Q(
                    judgement__in=[
                        "not_considered",
                        "in_place",
                        "partly",
                        "not_in_place",
                        "not_applicable",
                    ]
                ),
                name="answer_judgement_is_known",
            ),
        ]
        triggers = [stands_with_its_pass()]

    def __str__(self) -> str:
        return self.question.reference


class Reflection(Written):
    """The overall reflection on one marker."""

    FIELDS = ("text",)

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="reflections")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("overall reflection"), blank=True)

    class Meta:
        verbose_name = _("reflection")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "marker"], name="reflection_once_in_a_pass"
            )
        ]
        triggers = [stands_with_its_pass()]

    def __str__(self) -> str:
        return str(self.marker)


class AnswerText(Kept):
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="texts")
    judgement = models.CharField(max_length=15, choices=Answer.Judgement)
    not_applicable_reason = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    evidence = models.TextField(blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("earlier text")
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="answer_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}, {self.version}"


class ReflectionText(Kept):
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField(blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("earlier reflection")
        constraints = [
            models.UniqueConstraint(fields=["reflection", "version"], name="reflection_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.reflection_id}, {self.version}"
