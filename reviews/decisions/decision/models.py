"""What the chair decided (QM 2)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Decision(CaseModel):
    """One version of the chair's decision. Signed it stands; later information makes the next."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("Waits for the chair")
        SIGNED = "signed", _("Signed")

    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=[c for c in Review.Outcome.choices if c[0]], blank=True
    )
    criteria_met = models.BooleanField(_("the statutory criteria are met"), null=True)
    nature = models.TextField(_("nature and scale of the review"), blank=True)
    rationale = models.TextField(_("reasons for the decision"), blank=True)
    delay_reason = models.TextField(_("why the decision took longer than the limit"), blank=True)
    changed = models.TextField(_("what is new since the last version"), blank=True)
    return_reasons = models.TextField(_("why it comes back"), blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    # Everybody who ever wrote in it: none of them may sign it.
    writers: models.ManyToManyField = models.ManyToManyField(USER, related_name="+")
    signature = models.OneToOneField(
        "reviews.Signature",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("decision")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="decision_version_once"),
            models.UniqueConstraint(
                fields=["review"], condition=~Q(state="signed"), name="decision_one_in_work"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ready"], signature__isnull=True)
                | Q(state="signed", signature__isnull=False),
                name="decision_signed_by_a_signature",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            )
        ]

    def __str__(self) -> str:
        return _("Decision on %(reference)s, version %(number)s") % {
            "reference": self.review.reference,
            "number": self.number,
        }
