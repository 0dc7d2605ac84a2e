"""What the review is for, what makes that harder, and who has been told (QM 5)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class PurposeStatement(CaseModel):
    """Agreed it stands, and people are told of that version; a change begins the next."""

    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what the review is for"))
    complications = models.TextField(_("what makes that harder, said openly"), blank=True)
    no_complications = models.BooleanField(
        _("nothing is known that complicates the purpose"), default=False
    )
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    # Everybody who ever wrote in this version: none of them may agree to it.
    writers: models.ManyToManyField = models.ManyToManyField(USER, related_name="+")
    agreed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("statement of purpose")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="purpose_number_once"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(agreed_at__isnull=True), name="purpose_one_in_work"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="purpose_agreed_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__agreed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return _("Purpose, %(number)s") % {"number": self.number}


class Group(models.TextChoices):
    """Who must know what a review is for (QM 5.1)."""

    MEMBERS = "members", _("Board members")
    AGENCY_LEADS = "agency_leads", _("Leaders of the agencies involved")
    PRACTITIONERS = "practitioners", _("Practitioners who worked with the family")
    FAMILY = "family", _("The family")
    REVIEWERS = "reviewers", _("Those who conduct the review")


class Telling(CaseModel):
    """A line of the ledger: who was told of the purpose, when, how and by whom."""

    class How(models.TextChoices):
        MEETING = "meeting", _("At a meeting")
        CONVERSATION = "conversation", _("In a conversation")
        TELEPHONE = "telephone", _("By telephone")
        LETTER = "letter", _("By letter")
        EMAIL = "email", _("By email")
        BRIEFING = "briefing", _("By a briefing in the portal")
        OTHER = "other", _("In another way")

    statement = models.ForeignKey(
        PurposeStatement, on_delete=models.PROTECT, related_name="tellings"
    )
    group = models.CharField(_("group"), max_length=15, choices=Group)
    who = models.CharField(_("who exactly"), max_length=300, blank=True)
    told_on = models.DateField(_("told on"))
    how = models.CharField(_("how"), max_length=15, choices=How)
    told_by = models.CharField(_("by whom"), max_length=200)
    note = models.TextField(_("what they said or asked"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_reason = models.TextField(_("why the line was struck out"), blank=True)

    class Meta:
        verbose_name = _("telling of the purpose")
        ordering = ["told_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=Group.values), name="telling_group_is_known"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="telling_struck_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.told_on}"


class TellingWaiver(CaseModel):
    """A group that is not told before the work begins, and why."""

    group = models.CharField(_("group"), max_length=15, choices=Group)
    reason = models.TextField(_("why they are not told yet"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("waiver")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "group"],
                condition=Q(ended_at__isnull=True),
                name="telling_waived_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())
