"""A review opened to one person for some days, because the case could not wait."""

from datetime import timedelta
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL
LASTS = timedelta(hours=72)


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True, until__gt=clock.now())

    def ended(self) -> Self:
        """By somebody, or by themselves a moment ago, before the sweep came."""
        return self.exclude(ended_at__isnull=True, until__gt=clock.now())

    def not_looked_at(self) -> Self:
        return self.filter(looked_at__isnull=True)


class Emergency(CaseModel):
    """It gives rows of guardian's table ``until`` its end, and is what the chair looks back at."""

    class Why(models.TextChoices):
        HARM = "harm", _("Somebody may come to harm")
        COURT = "court", _("A court or the police need an answer now")
        NOBODY = "nobody", _("Nobody who may open it can be reached")
        OTHER = "other", _("Something else")

    class Found(models.TextChoices):
        RIGHT = "right", _("It was right to open the review")
        WRONG = "wrong", _("The review should not have been opened")

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="emergencies")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    reason = models.TextField(_("reason"))
    token = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Nobody, where it ended by itself.
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    found = models.CharField(_("what you found"), max_length=10, choices=Found, blank=True)
    said = models.TextField(_("what you say of it"), blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["board", "-at"], name="emergency_of_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "review"],
                condition=Q(ended_at__isnull=True),
                name="emergency_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + LASTS),
                name="emergency_lasts_72_hours",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("at"), ended_at__lte=F("until")),
                name="emergency_ends_within_its_time",
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True, found="")
                | Q(looked_at__isnull=False, looked_by__isnull=False, ended_at__isnull=False)
                & Q(found__in=["right", "wrong"])
                & ~Q(looked_by=F("user")),
                name="emergency_looked_at_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_has_a_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="stands_as_opened",
                fields=["review", "board", "user", "why", "reason", "token", "at", "until"],
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("reviews:emergency", args=[self.review_id, self.pk])

    def __str__(self) -> str:
        return str(_("emergency %(number)s") % {"number": self.pk})

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.until > clock.now()

    @property
    def closed_at(self) -> Any:
        return self.ended_at or (None if self.is_open else self.until)
