"""A review, its stages, and the people on it: what its one door asks."""

import uuid
from datetime import date
from functools import lru_cache
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from reviews.case.lifecycle import Stage, illegal_move_sql
from reviews.permissions import REVIEW_ROLES, Permission, Role, on_reviews, roles_with
from scr_portal.accounts.models import BoardRole, DatedQuerySet
from scr_portal.core import clock
from scr_portal.core.one_of import OneOf

USER = settings.AUTH_USER_MODEL


@lru_cache(maxsize=2_000)
def _address(review: uuid.UUID) -> str:
    """Working it out is half of the time that a row of a list takes."""
    return reverse("reviews:detail", args=[review])


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any, permission: Permission = Permission.VIEW) -> Self:
        """The only door to reviews: pages, search, counts, pickers, feeds, exports and tasks.

        By board role or by guardian's direct table, and a recusal closes both.
        """
        return self.visible_to_any(user, permission)

    def visible_to_any(self, user: Any, *permissions: Permission) -> Self:
        """With one of the permissions at least."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        roles = frozenset[Role]().union(*(roles_with(each) for each in permissions))
        boards = BoardRole.objects.active().filter(user=user, role__in=roles)
        codenames = [each.codename for each in permissions]
        granted = ReviewUserObjectPermission.objects.active().filter(
            user=user, permission__codename__in=codenames
        )
        recused = Recusal.objects.active().filter(user=user)
        return self.filter(
            OneOf("board", boards.values("board")) | OneOf("pk", granted.values("content_object"))
        ).exclude(OneOf("pk", recused.values("review")))

    def locked(self, pk: Any) -> "Review":
        """The row with its board, nobody else's to write until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("board").get(pk=pk)


class Review(models.Model):
    """A Serious Case Review from referral to closure."""

    class Marking(models.TextChoices):
        OFFICIAL = "official", "OFFICIAL"
        SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"
        SECRET = "secret", "SECRET"

    class Outcome(models.TextChoices):
        UNDECIDED = "", _("Not decided yet")
        REVIEW = "review", _("Serious case review")
        OTHER_LEARNING = "other_learning", _("Other learning")
        NO_ACTION = "no_action", _("No further action")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="reviews")
    partner_boards: models.ManyToManyField = models.ManyToManyField(
        "accounts.Board",
        blank=True,
        related_name="partner_reviews",
        verbose_name=_("partner boards"),
    )
    reference = models.CharField(_("reference"), max_length=40)
    pseudonym = models.CharField(_("pseudonym"), max_length=60)
    marking = models.CharField(
        _("protective marking"), max_length=10, choices=Marking, default=Marking.SENSITIVE
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.REFERRED)
    stage_since = models.DateTimeField(default=clock.now)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    profile = models.CharField(_("timetable"), max_length=20)

    # The anchors from which timetable.py counts.
    incident_on = models.DateField(_("date of the incident"))
    aware_on = models.DateField(_("date the board learned of it"), null=True, blank=True)
    notified_on = models.DateField(_("date of notification"), null=True, blank=True)
    referred_on = models.DateField(_("date of referral"))
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    completed_on = models.DateField(_("date of completion"), null=True, blank=True)
    publication_planned_on = models.DateField(_("planned publication"), null=True, blank=True)
    published_on = models.DateField(_("date of publication"), null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering = ["-referred_on", "reference"]
        default_permissions = ()
        permissions = on_reviews()
        indexes = [
            models.Index(fields=["board", "-referred_on", "reference"], name="review_list"),
            models.Index(fields=["-referred_on", "reference", "id"], name="review_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "reference"], name="review_reference_once_on_a_board"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="review_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "review", "other_learning", "no_action"]),
                name="review_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(marking__in=["official", "sensitive", "secret"]),
                name="review_marking_is_known",
            ),
            models.CheckConstraint(
                condition=Q(referred_on__gte=F("incident_on")),
                name="review_referred_after_the_incident",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lifecycle_begins",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=illegal_move_sql(),
            ),
            pgtrigger.Trigger(
                name="lifecycle",
                operation=pgtrigger.UpdateOf("stage"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__stage__df=pgtrigger.F("new__stage")),
                func=illegal_move_sql(),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return _address(self.pk)

    @property
    def anchors(self) -> dict[str, Any]:
        """Dates by the names that the timetables use for them."""
        return {
            "incident": self.incident_on,
            "aware": self.aware_on,
            "notified": self.notified_on,
            "referred": self.referred_on,
            "decided": self.decided_on,
            "completed": self._since_the_decision(self.completed_on),
            "publication_planned": self.publication_planned_on,
            "published": self._since_the_decision(self.published_on),
        }

    def _since_the_decision(self, day: date | None) -> date | None:
        """A report completed before the decision was made anew does not meet the new decision."""
        return None if day and self.decided_on and day < self.decided_on else day

    @property
    def pause(self) -> Any:
        """The Pause that is open now, or None; looked up once per fetched review."""
        if "_pause" not in self.__dict__:
            self.__dict__["_pause"] = self.pauses.filter(ended_on__isnull=True).first()
        return self.__dict__["_pause"]


class CaseModel(models.Model):
    """Content of a case carries both keys of its own, so that row-level security is cheap."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="%(class)ss")
    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.board_id = self.review.board_id
        super().save(*args, **kwargs)


class Appointment(CaseModel):
    """A role on one review from a day to a day."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(
        _("role"), max_length=10, choices=[c for c in Role.choices if c[0] in REVIEW_ROLES]
    )
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField(_("starts"), default=clock.today)
    ends = models.DateField(_("ends"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        ordering = ["role", "starts", "pk"]
        indexes = [models.Index(fields=["user", "review"], name="appointment_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(REVIEW_ROLES)), name="appointment_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="appointment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["review", "user", "role"],
                condition=Q(ends__isnull=True),
                name="appointment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class GrantQuerySet(DatedQuerySet):
    def active(self, on: date | None = None) -> Self:
        return super().active(on).filter(Q(until__isnull=True) | Q(until__gt=clock.now()))

    def by_name(self) -> Self:
        """Leaves that somebody was given; what an emergency opened is none."""
        return self.filter(appointment__isnull=True, until__isnull=True)


class ReviewUserObjectPermission(UserObjectPermissionBase):
    """guardian's direct table. A row without an appointment is a grant by name, with its reason.

    Only the operations of appointments, grants and emergencies write it, from the matrix.
    """

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="grants")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    starts = models.DateField(default=clock.today)
    ends = models.DateField(null=True, blank=True)
    # The moment at which what an emergency opened is closed again; of nothing else.
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = GrantQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("permission on a review")
        indexes = [
            models.Index(fields=["user", "permission", "content_object"], name="grant_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "appointment"],
                name="grant_once_per_appointment",
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False) | ~Q(reason=""),
                name="grant_by_name_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(appointment__isnull=True),
                name="grant_until_a_moment_is_of_no_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.permission_id}"


class RecusalQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Recusal(CaseModel):
    """A conflict of interest closes one review to one person, whatever roles they hold."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="recusals")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("recusal")
        indexes = [models.Index(fields=["user", "review"], name="recusal_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"],
                condition=Q(ended_at__isnull=True),
                name="recusal_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="recusal_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class StageChange(CaseModel):
    source = models.CharField(max_length=20, choices=Stage, blank=True)
    target = models.CharField(max_length=20, choices=Stage)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("change of stage")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_source_display()} → {self.get_target_display()}"
