"""How long what a board holds is kept, what stops its end, and the proof of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from scr_portal.core import clock
from scr_portal.core.outbox import Leased

USER = settings.AUTH_USER_MODEL


class Act(models.TextChoices):
    DESTROY = "destroy", _("Destroy")
    ANONYMISE = "anonymise", _("Anonymise")


class Schedule(models.Model):
    """One version of a board's agreement on how long it keeps what: proposed, then decided."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for the chair")
        AGREED = "agreed", _("Agreed")
        RETURNED = "returned", _("Returned")

    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, related_name="retention_schedules"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    why = models.TextField(_("why it is as it is"))
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("retention schedule")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="retention_schedule_numbered"),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(state="proposed"),
                name="retention_schedule_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", settled_by__isnull=True, settled_at__isnull=True)
                | Q(
                    state__in=["agreed", "returned"],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="retention_schedule_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("proposed_by")),
                name="retention_schedule_by_two_people",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["agreed", "returned"]),
            )
        ]

    def __str__(self) -> str:
        return _("Retention schedule, version %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reviews:retention_schedule", args=[self.board.slug])


class Line(models.Model):
    """One kind of thing in a schedule. ``months`` empty: it is kept for good."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField(_("kept for"), null=True, blank=True)
    act = models.CharField(_("what happens then"), max_length=10, choices=Act)
    source = models.CharField(_("what the period rests on"), max_length=300)

    class Meta:
        verbose_name = _("line of a retention schedule")
        constraints = [
            models.UniqueConstraint(fields=["schedule", "kind"], name="retention_line_once"),
            models.CheckConstraint(
                condition=Q(act__in=["destroy", "anonymise"]), name="retention_line_act_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="line_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.kind


class OfOne(models.Model):
    """About one review, or about one referral that came in and was declined."""

    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    received = models.ForeignKey(
        "reviews.ReceivedReferral",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(review__isnull=False, received__isnull=True)
                | Q(review__isnull=True, received__isnull=False),
                name="%(class)s_of_one",
            )
        ]

    @property
    def about(self) -> str:
        """What it is about, without a word of the case."""
        found = self.review or self.received
        return found.reference if isinstance(found, Review) else str(found)


class Hold(OfOne):
    """Nothing of it is destroyed, anonymised or purged, whatever the schedule says."""

    asked_by = models.CharField(_("who asked for it"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    look_again_on = models.DateField(_("look again on"))
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_reason = models.TextField(_("why it is lifted"), blank=True)

    class Meta(OfOne.Meta):
        verbose_name = _("legal hold")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["review"], condition=Q(lifted_at__isnull=True), name="hold_that_stands"
            )
        ]
        constraints = [
            *OfOne.Meta.constraints,
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="hold_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return _("Legal hold of %(day)s") % {"day": f"{self.asked_on:%d.%m.%Y}"}


class Longer(OfOne):
    """It was looked at when its time was over, and is kept until a later day."""

    until = models.DateField(_("kept until"))

    class Meta(OfOne.Meta):
        verbose_name = _("longer keeping")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return _("Kept until %(day)s") % {"day": f"{self.until:%d.%m.%Y}"}


class Disposal(Leased):
    """Destroying or anonymising one thing: proposed, decided by another, carried out, certified.

    It names the review by plain columns, because it outlives it. ``certificate`` is canonical JSON
    and ``sha256`` its hash; neither holds a word of the case.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for the chair")
        REFUSED = "refused", _("Not agreed")
        AGREED = "agreed", _("Agreed, and not carried out yet")
        ROWS_GONE = "rows_gone", _("Rows gone, files going")
        DONE = "done", _("Carried out")

    OPEN = (State.PROPOSED, State.AGREED, State.ROWS_GONE)

    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="disposals")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    act = models.CharField(_("what happens"), max_length=10, choices=Act)
    review_id = models.UUIDField(null=True)
    received_id = models.BigIntegerField(null=True)
    reference = models.CharField(_("what it is about"), max_length=60)
    due_on = models.DateField(_("kept until"))
    rule = models.CharField(_("by which rule"), max_length=400)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    reason = models.TextField(_("what was looked at"))
    settled_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.TextField(_("reason"), blank=True)
    counts = models.JSONField(default=dict)
    certificate = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    certified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("end of keeping")
        ordering = ["-number"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=["agreed", "rows_gone"]),
                name="disposal_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="disposal_numbered"),
            models.UniqueConstraint(
                fields=["review_id"],
                condition=Q(state__in=["proposed", "agreed", "rows_gone"]),
                name="disposal_of_a_review_open_once",
            ),
            models.UniqueConstraint(
                fields=["received_id"],
                condition=Q(state__in=["proposed", "agreed", "rows_gone"]),
                name="disposal_of_a_referral_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", settled_by__isnull=True)
                | ~Q(state="proposed") & Q(settled_by__isnull=False, settled_at__isnull=False),
                name="disposal_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("proposed_by")),
                name="disposal_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="done") ^ Q(sha256=""), name="disposal_certified_when_done"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="certificate_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="done"),
            )
        ]

    def __str__(self) -> str:
        return _("Certificate %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reviews:disposal", args=[self.board.slug, self.number])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class DisposalFile(models.Model):
    """A file whose row is gone and whose bytes must follow; the name was drawn at random."""

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60, unique=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file to remove")

    def __str__(self) -> str:
        return self.name
