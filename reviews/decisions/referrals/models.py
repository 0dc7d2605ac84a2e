"""How a case was referred (QM 1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review


class Referral(CaseModel):
    class Ground(models.TextChoices):
        CRITERIA = "criteria", _("The statutory criteria are met")
        OTHER = "other", _("Another reason to learn from the case")

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="referral")
    referrer_name = models.CharField(_("referred by"), max_length=200)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, null=True, blank=True)
    ground = models.CharField(_("ground for the referral"), max_length=10, choices=Ground)
    rationale = models.TextField(_("why the case is referred"))
    support = models.TextField(_("information that supports it"), blank=True)
    delay_reason = models.TextField(_("why the referral took this long"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("referral")
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=["criteria", "other"]), name="referral_ground_is_known"
            )
        ]

    def __str__(self) -> str:
        return _("Referral of %(reference)s") % {"reference": self.review.reference}
