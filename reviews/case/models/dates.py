from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models.review import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Pause(CaseModel):
    """While it is open our own target dates move; no duty to notify does (statutory.md)."""

    kind = models.CharField(_("reason"), max_length=30)
    reason = models.TextField(_("in your own words"), blank=True)
    started_on = models.DateField(_("paused from"), default=clock.today)
    ended_on = models.DateField(_("resumed on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pause")
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(ended_on__isnull=True), name="pause_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="pause_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="pause_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_on} – {self.ended_on or ''}"


class Deadline(CaseModel):
    """A date worked out by timetable.py and stored; recalculated, never edited by hand.

    ``remind_on`` is the day of the next step of the ladder, empty when none is left.
    """

    key = models.CharField(max_length=60)
    label = models.CharField(_("what is due"), max_length=200)
    statutory = models.BooleanField(default=False)
    limit_on = models.DateField(_("limit"), help_text=_("By the timetable alone"))
    due_on = models.DateField(_("due"), help_text=_("With pauses and extensions"))
    met_on = models.DateField(_("met on"), null=True, blank=True)
    met_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    remind_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("date")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["remind_on"],
                condition=Q(met_on__isnull=True, remind_on__isnull=False),
                name="deadline_to_remind",
            ),
            models.Index(
                fields=["board", "due_on"],
                condition=Q(met_on__isnull=True),
                name="deadline_open_of_board",
            ),
            models.Index(
                fields=["review", "due_on", "id"],
                condition=Q(met_on__isnull=True),
                name="deadline_next_of_review",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="deadline_once_in_a_review"),
        ]

    def __str__(self) -> str:
        return self.label


class Extension(CaseModel):
    """A later date for one deadline. Where the limit is statutory the chair must agree."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the chair")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")

    key = models.CharField(max_length=60)
    due_on = models.DateField(_("new date"))
    kind = models.CharField(_("reason"), max_length=30)
    reason = models.TextField(_("in your own words"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("extension")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "refused"]), name="extension_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(state="asked") & Q(settled_at__isnull=False) & Q(settled_by__isnull=False)),
                name="extension_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["review", "key"],
                condition=Q(state="asked"),
                name="extension_asked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.due_on}"
