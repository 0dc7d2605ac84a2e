"""A review, the people on it, its stages and its dates (all markers)."""

import uuid
from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from reviews.case.lifecycle import Stage, illegal_move_sql
from reviews.permissions import REVIEW_ROLES, Permission, Role, on_reviews, roles_with
from scr_portal.accounts.models import BoardRole, DatedQuerySet
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any, permission: Permission = Permission.VIEW) -> Self:
        """The only door to reviews: pages, search, counts, pickers, feeds, exports and tasks.

        Two EXISTS in SQL, by board role and by guardian's direct table, and a recusal closes both.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        here = OuterRef("pk")
        board_role = BoardRole.objects.active().filter(
            user=user, board=OuterRef("board_id"), role__in=roles_with(permission)
        )
        grant = ReviewUserObjectPermission.objects.active().filter(
            user=user, content_object=here, permission__codename=permission.codename
        )
        recused = Recusal.objects.active().filter(user=user, review=here)
        return self.filter(Exists(board_role) | Exists(grant)).exclude(Exists(recused))

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
        return reverse("reviews:detail", args=[self.pk])

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
    def pause(self) -> "Pause | None":
        """The pause that is open now; looked up once per fetched review."""
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


class Child(CaseModel):
    """A child who is the subject of the review."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Not known")

    class Harm(models.TextChoices):
        DIED = "died", _("Died")
        SERIOUSLY_HARMED = "harmed", _("Seriously harmed")

    class LegalStatus(models.TextChoices):
        NONE = "none", _("No order or plan")
        CHILD_IN_NEED = "in_need", _("Child in need plan")
        PROTECTION_PLAN = "protection_plan", _("Child protection plan")
        LOOKED_AFTER = "looked_after", _("Looked after, by agreement")
        CARE_ORDER = "care_order", _("Care order or interim care order")
        SUPERVISION = "supervision", _("Supervision order")
        OTHER = "other", _("Other order")
        UNKNOWN = "unknown", _("Not known")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="children")
    pseudonym = models.CharField(_("pseudonym"), max_length=60)
    real_name = EncryptedTextField(_("real name"), blank=True)
    date_of_birth = EncryptedTextField(_("date of birth"), blank=True)
    age_at_incident = models.CharField(
        _("age at the incident"), max_length=40, blank=True, help_text=_("Such as 7 months or 12")
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    harm = models.CharField(_("what happened to the child"), max_length=10, choices=Harm)
    ethnicity = models.CharField(_("ethnicity"), max_length=100, blank=True)
    language = models.CharField(_("first language"), max_length=100, blank=True)
    religion = models.CharField(_("religion"), max_length=100, blank=True)
    disability = models.CharField(_("disability"), max_length=200, blank=True)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=LegalStatus, default=LegalStatus.UNKNOWN
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "pseudonym"], name="child_pseudonym_once_in_a_review"
            ),
            models.CheckConstraint(
                condition=Q(harm__in=["died", "harmed"]), name="child_harm_known"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym


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


class ReviewUserObjectPermission(UserObjectPermissionBase):
    """guardian's direct table. A row without an appointment is a grant by name, with its reason.

    Only the operations of appointments and grants write it, from the matrix.
    """

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="grants")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    starts = models.DateField(default=clock.today)
    ends = models.DateField(null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()  # type: ignore[assignment,misc]

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
