"""What the next reviews of a board should do otherwise, gathered from those that are over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Theme(models.Model):
    """Of a board, to group what was learned."""

    board = models.ForeignKey("accounts.Board", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("theme"), max_length=80)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("theme")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                condition=Q(retired_at__isnull=True),
                name="theme_once_on_a_board",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Improvement(CaseModel):
    """For future reviews, from looking back at one: ``quote`` is what was said, word for word."""

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="improvements")
    marker = models.ForeignKey(
        Marker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("what to do otherwise"))
    quote = models.TextField(_("in somebody’s own words"), blank=True)
    themes: models.ManyToManyField = models.ManyToManyField(Theme, blank=True, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # What becomes of it in the board; nothing is gathered before the review is closed.
    gathered_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gathered_at = models.DateTimeField(null=True, blank=True)
    gathered_text = models.TextField(_("as the board reads it"), blank=True)
    gathered_quote = models.TextField(_("quote, as the board reads it"), blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("improvement for future reviews")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gathered_at__isnull=True, gathered_text="", gathered_quote="")
                | Q(gathered_at__isnull=False, gathered_by__isnull=False) & ~Q(gathered_text=""),
                name="improvement_gathered_with_words",
            )
        ]

    def __str__(self) -> str:
        return str(self.marker or _("The whole self-assessment"))
