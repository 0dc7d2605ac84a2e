"""Why something moved between two passes, in people's own words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Question
from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Movement(CaseModel):
    """Of one question of the later pass, or, without one, of the whole comparison."""

    earlier = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="+")
    later = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="movements")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("what moved, and why"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("what moved and why")
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later", "question"],
                nulls_distinct=False,
                name="movement_once",
            ),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")), name="movement_between_two_passes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id}, {self.later_id}"
