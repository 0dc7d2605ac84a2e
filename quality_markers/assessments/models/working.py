"""Who looks at what, and when: the plan of a pass, and what is assigned to people."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models.passes import Pass
from quality_markers.catalogue.models import Marker, Question
from reviews.case.lifecycle import Stage
from reviews.case.models import CaseModel
from reviews.permissions import Role
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class MarkerPlan(CaseModel):
    """When a marker is looked at in a pass, who leads it and which roles join.

    In a progressive pass the marker may not be part of the pass yet: it is taken up when the review
    has come that far.
    """

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="plan")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("at the stage"), max_length=20, choices=Stage, blank=True)
    on = models.DateField(_("by the day"), null=True, blank=True)
    lead = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who leads it"),
    )
    joins: ArrayField = ArrayField(
        models.CharField(max_length=20, choices=Role), default=list, blank=True
    )
    note = models.TextField(_("what to look at"), blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("plan of a marker")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "marker"], name="marker_planned_once")
        ]

    def __str__(self) -> str:
        return str(self.marker)


class Assignment(CaseModel):
    """A marker, or one question of it, that somebody is to fill in."""

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="assignments")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="assignments")
    wanted_on = models.DateField(_("wanted by"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "marker", "question", "person"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="assigned_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="assigned_to_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.question or self.marker)


class Delegation(CaseModel):
    """While somebody is away, what is assigned to them on a review is another's to fill in too."""

    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("who stands in")
    )
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("stand-in")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="delegation_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")), name="delegation_to_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins}, {self.ends}"
