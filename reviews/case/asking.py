"""What is asked of one person, with or without an account, and chased until it is answered.

Each room that asks derives a model from ``Asked`` and names its rows in the contribution "chased".
A pause of the review moves none of these days: who was asked still owes the answer.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case import ladder
from reviews.case.models import CaseModel, Review
from reviews.permissions import Permission
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class AskedQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(answered_at__isnull=True, ended_at__isnull=True)

    def of(self, user: Any) -> Self:
        """What was asked of this person, as long as they may still answer on that review."""
        reviews = Review.objects.visible_to(user, self.model.permission)  # type: ignore[attr-defined]
        return self.filter(user=user, review__in=reviews, ended_at__isnull=True)


class Asked(CaseModel):
    """``chase_on`` is the day of the ladder's next step, empty once nobody is waited for."""

    # What the person must be allowed to do on the review, today as on the day of asking.
    permission: ClassVar[Permission]

    user = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="asked_%(class)ss"
    )
    link = models.OneToOneField(
        "guests.GuestLink",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_%(class)s",
    )
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(_("wanted by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_reason = models.TextField(_("why it was given up"), blank=True)
    chase_on = models.DateField(null=True, blank=True)
    chased = models.PositiveSmallIntegerField(_("reminders sent"), default=0)

    objects = AskedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["chase_on"],
                condition=Q(chase_on__isnull=False),
                name="%(class)s_to_chase",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="%(class)s_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(chase_on__isnull=True)
                | Q(answered_at__isnull=True, ended_at__isnull=True),
                name="%(class)s_chased_while_it_waits",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.ended_at is None

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.due_on < clock.today()

    def get_absolute_url(self) -> str:
        """Where the person who was asked answers."""
        raise NotImplementedError

    def get_list_url(self) -> str:
        """Where the business unit sees who has not answered."""
        return self.review.get_absolute_url()

    def begin_chasing(self) -> None:
        """From tomorrow: whoever is asked today hears of it today."""
        self.chase_on = ladder.next_step_on(self.due_on, clock.today())
