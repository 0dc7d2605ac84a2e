"""What the chair decided (QM 2)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Factor(models.TextChoices):
    """What the chair weighs when the size and scope of a review are first thought of (QM 2)."""

    LEARNING = "learning", _("What could usefully be learned")
    EARLIER = "earlier", _("What earlier reviews have taught already")
    RESOURCES = "resources", _("The people, time and money there are for it")
    PRACTITIONERS = "practitioners", _("What it would mean for the practitioners")
    FAMILY = "family", _("What it would mean for the family")
    PARALLEL = "parallel", _("Other inquiries going on at the same time")
    INTEREST = "interest", _("Attention from politics and the press")
    TRUST = "trust", _("Public confidence in those who safeguard children")


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
    recommendation = models.ForeignKey(
        "reviews.Recommendation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("recommendation considered"),
    )
    departs_reason = models.TextField(_("why it departs from the recommendation"), blank=True)
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

    @property
    def weighed(self) -> list["FactorNote"]:
        """In the order of the list of factors; from a prefetch where there is one."""
        return sorted(self.factors.all(), key=lambda row: Factor.values.index(row.factor))


class FactorNote(CaseModel):
    """One of the factors that size a review, weighed in one version of a decision (QM 2)."""

    class Bearing(models.TextChoices):
        TOWARDS = "towards", _("Speaks for a review, or for a wider one")
        AGAINST = "against", _("Speaks against a review, or for a narrower one")
        NEITHER = "neither", _("Weighed, and changes nothing")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="factors")
    factor = models.CharField(max_length=30)
    bearing = models.CharField(_("bearing"), max_length=10, choices=Bearing)
    note = models.TextField(_("why"))

    class Meta:
        verbose_name = _("factor of the decision")
        constraints = [
            models.UniqueConstraint(fields=["decision", "factor"], name="factor_weighed_once")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="factors_stand_with_a_signed_decision",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM reviews_decision
                                WHERE id IN (NEW.decision_id, OLD.decision_id)
                                  AND state = 'signed') THEN
                        RAISE EXCEPTION 'The decision is signed.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(Factor(self.factor).label)


class NationalNotification(CaseModel):
    """A national body was told: who, by what route, when. The copy hangs on it as a document."""

    body = models.CharField(_("who was told"), max_length=200)
    # The clock of the timetable profile that it meets; empty where none asks for it.
    clock_key = models.CharField(max_length=40, blank=True)
    sent_on = models.DateField(_("sent on"))
    route = models.CharField(_("by what route"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("notification to a national body")
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return self.body

    def get_absolute_url(self) -> str:
        return reverse("reviews:national_one", args=[self.review_id, self.pk])
