"""What the family asks and is asked, and what they changed in the terms (QM 12.4, 12.5)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class FamilyQuestion(CaseModel):
    class Direction(models.TextChoices):
        THEIRS = "theirs", _("What they want to ask")
        OURS = "ours", _("What they are asked")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions")
    direction = models.CharField(_("whose question"), max_length=10, choices=Direction)
    text = EncryptedTextField(_("question"))
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answer = EncryptedTextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("question")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_direction_display()}"


class Influence(CaseModel):
    """What a person asked of the terms of reference, and what became of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Not weighed yet")
        CHANGED = "changed", _("Changed")
        PARTLY = "partly", _("Changed in part")
        NOT_CHANGED = "not_changed", _("Not changed")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="influences")
    text = EncryptedTextField(_("what they asked for"))
    asked_on = models.DateField(_("asked on"))
    outcome = models.CharField(
        _("what became of it"), max_length=15, choices=Outcome, default=Outcome.OPEN
    )
    why = EncryptedTextField(_("why"), blank=True)
    settled_on = models.DateField(_("weighed on"), null=True, blank=True)
    told_on = models.DateField(_("they were told on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("influence on the terms")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open", settled_on__isnull=True)
                | ~Q(outcome="open") & Q(settled_on__isnull=False) & ~Q(why=""),
                name="influence_settled_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked_on}"


class EarlierOutcome(CaseModel):
    """What was said of a wish before it was weighed anew; it stays as it was."""

    influence = models.ForeignKey(Influence, on_delete=models.PROTECT, related_name="earlier")
    outcome = models.CharField(_("what became of it"), max_length=15, choices=Influence.Outcome)
    why = EncryptedTextField(_("why"))
    settled_on = models.DateField(_("weighed on"))
    told_on = models.DateField(_("they were told on"), null=True, blank=True)
    replaced_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("earlier outcome of a wish")
        ordering = ["-replaced_at", "-pk"]
        triggers = [
            pgtrigger.Protect(
                name="earlier_outcome_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.influence}: {self.get_outcome_display()}"
