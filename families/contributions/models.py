"""What family members said, as they said it, and what became of it (QM 12.6, 12.7, 12.9)."""

from functools import partial
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel, Review
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def readable(self, user: Any, review: Review) -> Self:
        """The only door. Marked for the review team: who reads those. For named people: they and
        whoever wrote it down; the team's permission opens none of them.
        """
        if not user.has_perm(Permission.VIEW, review):
            return self.none()
        named = Reader.objects.filter(user=user, ended_at__isnull=True)
        mine = Q(author=user) if user.has_perm(Permission.KEEP_CONTRIBUTIONS, review) else Q()
        theirs = Q(pk__in=named.values("contribution"))
        if user.has_perm(Permission.READ_CONTRIBUTIONS, review):
            theirs |= Q(visibility=Contribution.Visibility.TEAM)
        return self.filter(theirs | mine if mine else theirs, review=review)

    def readable_anywhere(self, user: Any) -> Self:
        """The same door on all reviews at once, for the first page; a test holds them alike."""
        named = Reader.objects.filter(user=user, ended_at__isnull=True)
        on = partial(Review.objects.visible_to, user)
        return self.filter(
            Q(pk__in=named.values("contribution"))
            | Q(author=user, review__in=on(Permission.KEEP_CONTRIBUTIONS))
            | Q(
                visibility=Contribution.Visibility.TEAM,
                review__in=on(Permission.READ_CONTRIBUTIONS),
            ),
            review__in=on(Permission.VIEW),
        )


class Contribution(CaseModel):
    class Visibility(models.TextChoices):
        TEAM = "team", _("The review team")
        NAMED = "named", _("People named here alone")

    class Check(models.TextChoices):
        """The person's own check of what was written down."""

        NOT_SHOWN = "not_shown", _("Not shown to them yet")
        SHOWN = "shown", _("Shown to them")
        CORRECTED = "corrected", _("Corrected by them")
        AGREED = "agreed", _("They agree with it")
        NOT_WANTED = "not_wanted", _("They do not want to check it")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    contact = models.ForeignKey(
        "families.Contact",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("said at"),
    )
    said_on = models.DateField(_("said on"))
    said_to = models.CharField(_("to whom"), max_length=200)
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=200)
    period_from = models.DateField(_("speaks of the time from"), null=True, blank=True)
    period_to = models.DateField(_("until"), null=True, blank=True)
    text = EncryptedTextField(_("what they said"))
    in_their_words = models.BooleanField(
        _("in their own words, as agreed with them"), default=False
    )
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility)
    check_state = models.CharField(
        _("their check"), max_length=12, choices=Check, default=Check.NOT_SHOWN
    )
    author = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        ordering = ["-said_on", "-pk"]
        indexes = [models.Index(fields=["review", "-said_on"], name="contribution_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["team", "named"]), name="contribution_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="contribution_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.topic}"

    def get_absolute_url(self) -> str:
        return reverse("families:contribution", args=[self.review_id, self.pk])

    @property
    def in_history(self) -> str:
        """Neither who spoke nor of what: a history outlives who may read it."""
        return str(_("contribution %(number)s") % {"number": self.pk})


class Reader(CaseModel):
    """Somebody named as a reader of one contribution."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("named reader")
        ordering = ["pk"]
        indexes = [models.Index(fields=["user", "contribution"], name="reader_of_contribution")]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "user"],
                condition=Q(ended_at__isnull=True),
                name="reader_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="reader_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class ContributionText(CaseModel):
    """Every text that a contribution had before a change, so that a correction hides nothing."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = EncryptedTextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("earlier text of a contribution")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="contribution_text_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="contribution_text_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}, {self.number}"


class AccuracyCheck(CaseModel):
    """A line of the person's own check: shown, corrected, agreed, or not wanted."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="checks")
    step = models.CharField(
        _("what happened"),
        max_length=12,
        choices=[c for c in Contribution.Check.choices if c[0] != Contribution.Check.NOT_SHOWN],
    )
    on = models.DateField(_("on"))
    how = models.CharField(_("how"), max_length=200, blank=True)
    words = EncryptedTextField(_("what they said to it"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("check of accuracy")
        ordering = ["on", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="accuracy_check_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.get_step_display()}"


class Contradiction(CaseModel):
    """Another account of the same thing, beside this one: neither is made to give way."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="contradictions"
    )
    about = models.CharField(_("what the accounts differ in"), max_length=200)
    other = models.ForeignKey(
        Contribution,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contradicted_by",
        verbose_name=_("what another family member said"),
    )
    source = models.CharField(_("agency or record"), max_length=200, blank=True)
    account = EncryptedTextField(_("what that says"), blank=True)
    remark = EncryptedTextField(_("what the difference may mean for the learning"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("other account")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, source="") | Q(other__isnull=True) & ~Q(source=""),
                name="contradiction_has_one_other_side",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("contribution")),
                name="contradiction_is_between_two",
            ),
        ]

    def __str__(self) -> str:
        return self.about


class Use(CaseModel):
    """What became of a contribution: where it went, or why it was not used."""

    class Where(models.TextChoices):
        FINDING = "finding", _("In a finding")
        SECTION = "section", _("In a section of the report")
        ANALYSIS = "analysis", _("In the analysis")
        PRACTICE = "practice", _("Acted on at once by an agency")
        NOT_USED = "not_used", _("Not used")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="uses")
    where = models.CharField(_("how it was used"), max_length=10, choices=Where)
    place = models.CharField(_("where exactly"), max_length=200, blank=True)
    reason = EncryptedTextField(_("how, or why not"))
    person_told_on = models.DateField(_("the person was told on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("use of a contribution")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(where__in=["finding", "section", "analysis", "practice", "not_used"]),
                name="use_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_where_display())


class Keepsake(CaseModel):
    """A photograph or object that gives the child an identity, with the consent for its use."""

    class Consent(models.TextChoices):
        TEAM = "team", _("For the review team to see")
        REPORT = "report", _("In the report")
        PUBLISHED = "published", _("In what is published")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keepsakes")
    document = models.ForeignKey(
        "reviews.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    what = models.CharField(_("what it is"), max_length=200)
    consent = models.CharField(_("consent"), max_length=10, choices=Consent)
    consent_by = models.CharField(_("who gave consent"), max_length=200)
    consent_on = models.DateField(_("consent given on"))
    ended_on = models.DateField(_("consent taken back on"), null=True, blank=True)
    returned_on = models.DateField(_("given back on"), null=True, blank=True)
    note = EncryptedTextField(_("what it says of the child"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("keepsake")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("families:keepsake", args=[self.review_id, self.pk])

    @property
    def in_history(self) -> str:
        return str(_("keepsake %(number)s") % {"number": self.pk})
