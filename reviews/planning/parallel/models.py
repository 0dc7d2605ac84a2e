"""Other processes about the same case: police, courts, coroner, employers (QM 9)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class ParallelProcess(CaseModel):
    class Kind(models.TextChoices):
        CRIMINAL = "criminal", _("Criminal investigation or trial")
        CARE = "care", _("Care proceedings")
        INQUEST = "inquest", _("Inquest")
        DISCIPLINARY = "disciplinary", _("Disciplinary or professional conduct process")
        HEALTH = "health", _("Investigation within the health service")
        OTHER_REVIEW = "other_review", _("Another review, such as a domestic homicide review")
        COMPLAINT = "complaint", _("Complaint")
        OTHER = "other", _("Another process")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("what it is called here"), max_length=200)
    body = models.CharField(_("who leads it"), max_length=200)
    contact = models.CharField(_("whom to speak to"), max_length=200, blank=True)
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    bearing = models.TextField(_("what it means for the review"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("parallel process")
        verbose_name_plural = _("parallel processes")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(began_on__isnull=True)
                | Q(ended_on__gte=F("began_on")),
                name="parallel_process_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.name
