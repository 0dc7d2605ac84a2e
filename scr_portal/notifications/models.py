from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.outbox import Leased, LeasedQuerySet
from scr_portal.notifications.kinds import LETTERS, TO_WHOM_IT_ASKS, Kind

NONE = Q(pk__in=[])


def _of_reviews(user: Any, *asked: bool) -> Q:
    found = collect("visible_reviews", user, *asked)
    return reduce(or_, (Q(Exists(rows.filter(pk=OuterRef("review_id")))) for rows in found), NONE)


class NotificationQuerySet(LeasedQuerySet):
    def for_person(self, user: Any) -> Self:
        """The only door to what a person is told: inbox, counts and emails.

        What is about a review that they may no longer see is not there, nor is a letter with a
        link that opens the door.
        """
        allowed = _of_reviews(user) | _of_reviews(user, True) & Q(kind__in=TO_WHOM_IT_ASKS)
        return self.filter(allowed | Q(review_id__isnull=True), user=user).exclude(kind__in=LETTERS)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def for_the_days_message(self) -> Self:
        """Unread, never sent by itself and in no day's message so far."""
        return self.unread().filter(
            done_at__isnull=False, attempts=0, digest__isnull=True, user__is_active=True
        )


class Notification(Leased):
    """A line in a person's inbox, and the outbox of the email that says so.

    ``key`` names the act it comes from: the same act never tells a person twice. ``done_at`` is
    set when the email has gone, or at once where none is due by itself (a daily digest).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    # One of kinds.Kind; as choices every new sentence would ask for a migration.
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(max_length=200)
    board_id = models.BigIntegerField(null=True)
    review_id = models.UUIDField(null=True)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey("Digest", on_delete=models.SET_NULL, null=True, blank=True)

    objects = NotificationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at__isnull=True),
                name="notification_waiting",
            ),
            models.Index(fields=["user", "-created_at"], name="notification_inbox"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_once_per_person")
        ]

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> str:
        return str(Kind(self.kind).label).format(reference=self.reference)


class Digest(Leased):
    """One person's message of one day: what came since the last, as counts and links."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    date = models.DateField()

    class Meta:
        verbose_name = _("daily message")
        constraints = [models.UniqueConstraint(fields=["user", "date"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.date}"


class Heartbeat(models.Model):
    """When beat and worker were last alive; ``/health`` shows a dead one."""

    class Process(models.TextChoices):
        BEAT = "beat", _("Scheduler")
        WORKER = "worker", _("Worker")

    process = models.CharField(max_length=10, choices=Process, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self) -> str:
        return f"{self.get_process_display()}: {self.at}"
