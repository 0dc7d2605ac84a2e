from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models.review import CaseModel, Review
from scr_portal.core.fields import EncryptedTextField


class Child(CaseModel):
    """A child who is the subject of the review."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Not known")

    class Harm(models.TextChoices):
        DIED = "died", _("Died")
        SERIOUSLY_HARMED = "harmed", _("Seriously harmed")

    class LegalStatus(models.TextChoices):
        NONE = "none", _("No order or plan")
        CHILD_IN_NEED = "in_need", _("Child in need plan")
        PROTECTION_PLAN = "protection_plan", _("Child protection plan")
        LOOKED_AFTER = "looked_after", _("Looked after, by agreement")
        CARE_ORDER = "care_order", _("Care order or interim care order")
        SUPERVISION = "supervision", _("Supervision order")
        OTHER = "other", _("Other order")
        UNKNOWN = "unknown", _("Not known")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="children")
    pseudonym = models.CharField(_("pseudonym"), max_length=60)
    real_name = EncryptedTextField(_("real name"), blank=True)
    date_of_birth = EncryptedTextField(_("date of birth"), blank=True)
    age_at_incident = models.CharField(
        _("age at the incident"), max_length=40, blank=True, help_text=_("Such as 7 months or 12")
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    harm = models.CharField(_("what happened to the child"), max_length=10, choices=Harm)
    ethnicity = models.CharField(_("ethnicity"), max_length=100, blank=True)
    language = models.CharField(_("first language"), max_length=100, blank=True)
    religion = models.CharField(_("religion"), max_length=100, blank=True)
    disability = models.CharField(_("disability"), max_length=200, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=LegalStatus, default=LegalStatus.UNKNOWN
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "pseudonym"], name="child_pseudonym_once_in_a_review"
            ),
            models.CheckConstraint(
                condition=Q(harm__in=["died", "harmed"]), name="child_harm_known"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym
