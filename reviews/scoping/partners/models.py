"""Other boards that share a review across a border (QM 6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Partnership(CaseModel):
    """``partner`` is a board of this portal; one that is not is kept by its name alone."""

    partner = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("partner board"), max_length=200)
    contact = models.CharField(_("whom to speak to there"), max_length=200, blank=True)
    agreed = models.TextField(_("what the boards have agreed"), blank=True)
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("partner board")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "partner"],
                condition=Q(partner__isnull=False, ends__isnull=True),
                name="partner_open_once",
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(partner=models.F("board")),
                name="partner_is_another_board",
            ),
        ]

    def __str__(self) -> str:
        return self.name
