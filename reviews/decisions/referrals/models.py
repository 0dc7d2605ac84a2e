"""How a case was referred, and by whom (QM 1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class LearningPriority(models.Model):
    """What a board has set out to learn about: a reason to refer beyond the criteria (QM 1)."""

    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, related_name="learning_priorities"
    )
    title = models.CharField(_("learning priority"), max_length=200)
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("learning priority")
        verbose_name_plural = _("learning priorities")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="learning_priority_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Tag(models.Model):
    """By which a board sees that two cases share an adult or a place. Never a real name."""

    class Kind(models.TextChoices):
        ADULT = "adult", _("An adult, by a token")
        SETTING = "setting", _("A setting, such as a school or a ward")
        OTHER = "other", _("Something else")

    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="tags")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(_("tag"), max_length=80)

    class Meta:
        verbose_name = _("tag")
        ordering = ["kind", "label"]
        constraints = [
            models.UniqueConstraint(fields=["board", "kind", "label"], name="tag_once_on_a_board")
        ]

    def __str__(self) -> str:
        return self.label


class Referral(CaseModel):
    class Ground(models.TextChoices):
        CRITERIA = "criteria", _("The statutory criteria are met")
        OTHER = "other", _("Another reason to learn from the case")

    class Route(models.TextChoices):
        UNIT = "unit", _("The business unit")
        MEMBER = "member", _("A board member")
        OUTSIDE = "outside", _("A professional outside the board")

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="referral")
    route = models.CharField(_("made by"), max_length=10, choices=Route, default=Route.UNIT)
    referrer_name = models.CharField(_("referred by"), max_length=200)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, null=True, blank=True)
    ground = models.CharField(_("ground for the referral"), max_length=10, choices=Ground)
    priority = models.ForeignKey(
        LearningPriority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("learning priority"),
    )
    rationale = models.TextField(_("why the case is referred"))
    support = models.TextField(_("information that supports it"), blank=True)
    urgent_risks = models.TextField(_("risks that cannot wait"), blank=True)
    delay_reason = models.TextField(_("why the referral took this long"), blank=True)
    tags: models.ManyToManyField = models.ManyToManyField(
        Tag, blank=True, related_name="referrals", verbose_name=_("tags")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("referral")
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=["criteria", "other"]), name="referral_ground_is_known"
            )
        ]

    def __str__(self) -> str:
        return _("Referral of %(reference)s") % {"reference": self.review.reference}


class ClauseTest(CaseModel):
    """One clause of the criteria in the review's timetable profile, tested (QM 1.2)."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not known yet")

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="clauses")
    clause = models.CharField(max_length=40)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    note = models.TextField(_("what it rests on"), blank=True)

    class Meta:
        verbose_name = _("clause of the criteria")
        constraints = [
            models.UniqueConstraint(fields=["referral", "clause"], name="clause_tested_once")
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.get_answer_display()}"


class ReceivedReferral(models.Model):
    """What a board member or an outside professional sent in, before there is a review.

    ``answers`` is JSON as it was sent and stays so; whoever may open a referral settles it.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Opened as a review")
        SAME = "same", _("About a review that is open already")
        DECLINED = "declined", _("Not taken further")

    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, related_name="received_referrals"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    link = models.OneToOneField(
        "guests.GuestLink", on_delete=models.PROTECT, null=True, related_name="received_referral"
    )
    answers = EncryptedTextField()
    received_at = models.DateTimeField(_("received"), default=clock.now)
    # One referral per click, whatever the mouse does.
    token = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="received_referrals"
    )
    settled_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("received referral")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["board", "state", "-received_at"], name="received_referral_list")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True, link__isnull=False)
                | Q(by__isnull=False, link__isnull=True),
                name="received_referral_from_one_sender",
            ),
            models.CheckConstraint(
                condition=Q(state="new", settled_at__isnull=True, settled_by__isnull=True)
                | Q(state__in=["accepted", "same", "declined"], settled_at__isnull=False),
                name="received_referral_settled_or_new",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the sender may name when they ask: it says nothing of the case."""
        return f"R-{self.received_at:%Y}-{self.pk:04d}"
