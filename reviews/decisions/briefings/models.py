"""What board members are told of a decision, and who has read it (QM 3)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.asking import Asked
from reviews.case.models import CaseModel
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Briefing(CaseModel):
    """Written by the unit, issued by the chair, who so chooses how much of the case is told."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("Waits for the chair")
        ISSUED = "issued", _("Issued")

    number = models.PositiveSmallIntegerField(_("number"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="briefings"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    tells_outcome = models.BooleanField(_("the outcome, and whether the criteria are met"))
    tells_nature = models.BooleanField(_("the nature and scale of the review"), default=False)
    tells_rationale = models.BooleanField(_("the chair's reasons, word for word"), default=False)
    text = models.TextField(_("in words for the members"), blank=True)
    read_by = models.DateField(_("to be read by"), null=True, blank=True)
    return_reasons = models.TextField(_("why it comes back"), blank=True)
    # What was issued, word for word: the decision may get another version later.
    issued_text = models.TextField(blank=True)
    issued_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("briefing")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="briefing_number_once"),
            models.UniqueConstraint(
                fields=["review"], condition=~Q(state="issued"), name="briefing_one_in_work"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ready"], issued_at__isnull=True)
                | Q(state="issued", issued_at__isnull=False, issued_by__isnull=False),
                name="briefing_issued_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(Asked):
    """One member has one briefing to read; ``answered_at`` is when they said that they have."""

    permission = Permission.RECEIVE_BRIEFINGS

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="receipts")
    opened_at = models.DateTimeField(_("first opened"), null=True, blank=True)

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("receipt of a briefing")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(fields=["briefing", "user"], name="receipt_once_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.briefing}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:briefing", args=[self.review_id, self.briefing_id])
