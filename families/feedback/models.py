"""After the review: what each person was told of it, and what they say of having taken part."""

import json
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel, Review
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Told(CaseModel):
    """A line: what a person was told of the learning, of what changes, or of their own words."""

    class About(models.TextChoices):
        THEIR_WORDS = "their_words", _("What became of what they said")
        REPORT = "report", _("The report, before it was published")
        LEARNING = "learning", _("What was learned")
        ACTION = "action", _("What changes because of it")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told")
    about = models.CharField(_("of what"), max_length=12, choices=About)
    on = models.DateField(_("on"))
    how = models.CharField(_("how"), max_length=200)
    told_by = models.CharField(_("by whom"), max_length=200)
    text = EncryptedTextField(_("what they were told"))
    response = EncryptedTextField(_("what they said to it"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("telling of the learning")
        ordering = ["-on", "-pk"]
        triggers = [
            pgtrigger.Protect(name="told_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.on}"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def readable(self, user: Any, review: Review) -> Self:
        """The only door: who sees the family register. The form says so to whoever fills it in."""
        if not user.has_perm(Permission.SEE_FAMILY, review):
            return self.none()
        return self.filter(review=review)


class Evaluation(CaseModel):
    """How it was for a person to take part: by a link that runs out, or written down for them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evaluations")
    link = models.OneToOneField(
        "guests.GuestLink", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField(_("asked on"), default=clock.today)
    answered_at = models.DateTimeField(null=True, blank=True)
    written_down_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = EncryptedTextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation by a family member")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, content="")
                | Q(answered_at__isnull=False) & ~Q(content=""),
                name="evaluation_answered_with_content",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="evaluation_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked_on}"

    @property
    def answers(self) -> list[dict[str, str]]:
        """Each question as it was put, with its answer; what was passed over is left out."""
        return json.loads(self.content) if self.content else []

    @property
    def state(self) -> str:
        """``waiting`` is a link that opens, ``paper`` a sheet that was not written down yet."""
        if self.answered_at:
            return "answered"
        if self.link is None:
            return "paper"
        return "waiting" if self.link.is_open else str(self.link.state)
