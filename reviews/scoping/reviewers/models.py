"""Who could review, and who does: experience, independence, capacity, contract (QM 6)."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Reviewer(models.Model):
    """An entry of one board's register. ``user`` is set once the person has an account."""

    board = models.ForeignKey("accounts.Board", on_delete=models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewer_entries"
    )
    name = models.CharField(_("name"), max_length=200)
    contact = EncryptedTextField(_("how to reach them"), blank=True)
    experience = models.TextField(_("experience of reviews"), blank=True)
    skills = models.TextField(_("knowledge and skills"), blank=True)
    capacity = models.TextField(_("capacity: other work and dates"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("reviewer")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["board", "name"], name="reviewer_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "user"],
                condition=Q(user__isnull=False),
                name="reviewer_once_on_a_board",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Reference(models.Model):
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="references")
    given_by = models.CharField(_("given by"), max_length=200)
    given_on = models.DateField(_("given on"))
    text = models.TextField(_("what it says"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("reference")
        ordering = ["-given_on", "pk"]

    def __str__(self) -> str:
        return self.given_by


class IndependenceDeclaration(CaseModel):
    """Before a reviewer is engaged: what ties them to the case or its agencies (QM 6, 7).

    It stands as it was made; what changes is said in a new one, and the newest counts: the one of
    the latest day, and of a day the one that was recorded last.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="declarations")
    employed = models.BooleanField(_("employed by an agency of the case"))
    # Which one, where it is on the board's list; another is named in the details.
    agency = models.ForeignKey(
        "accounts.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    managed = models.BooleanField(_("managed or advised on the case"))
    related = models.BooleanField(_("related to the family or to somebody who worked with it"))
    other = models.TextField(_("anything else that a reader would want to know"), blank=True)
    details = models.TextField(_("details"), blank=True)
    declared_on = models.DateField(_("declared on"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("declaration of independence")
        ordering = ["-declared_on", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(employed=False, managed=False, related=False) | ~Q(details=""),
                name="tie_is_described",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="declaration_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.declared_on}"

    @property
    def is_independent(self) -> bool:
        return not (self.employed or self.managed or self.related)


class Engagement(CaseModel):
    """A reviewer works on a review: contract and days."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="engagements")
    part = models.CharField(_("as"), max_length=100)
    starts = models.DateField(_("contract from"))
    ends = models.DateField(_("contract until"), null=True, blank=True)
    days = models.DecimalField(
        _("days agreed"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MaxValueValidator(1000)],
    )
    note = models.TextField(_("note"), blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("engagement of a reviewer")
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reviewer"],
                condition=Q(ends__isnull=True),
                name="engagement_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="engagement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.part}"
