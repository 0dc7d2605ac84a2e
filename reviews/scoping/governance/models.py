"""Who answers for what, how the report is assured, and what happens in an impasse (QM 7)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Governance(CaseModel):
    """How challenge is raised and an impasse handled, agreed before the work (QM 7.3-7.5)."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="governance")
    challenge = models.TextField(_("where and how challenge is raised"), blank=True)
    balance = models.TextField(
        _("how independence and the board's ownership are balanced"), blank=True
    )
    impasse = models.TextField(_("what happens when no agreement is reached"), blank=True)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("governance")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Responsibility(CaseModel):
    """One person or body answers for one thing (QM 7.1)."""

    class Duty(models.TextChoices):
        CONDUCTS = "conducts", _("Conducts the review")
        ASSURES = "assures", _("Assures its quality")
        CHALLENGES = "challenges", _("Challenges information and analysis")
        SIGNS = "signs", _("Signs the report off")
        ACCOUNTABLE = "accountable", _("Is accountable in the end")

    duty = models.CharField(_("what"), max_length=15, choices=Duty)
    user = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("who"), max_length=200)
    note = models.CharField(_("in what capacity"), max_length=300, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "duty", "name"], name="responsibility_once_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.name}"


class AssuranceStep(CaseModel):
    """A step on the way of the report from draft to signature, with its day (QM 7.2)."""

    position = models.PositiveSmallIntegerField(_("place"))
    what = models.CharField(_("step"), max_length=200)
    who = models.CharField(_("who does it"), max_length=200)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    # When it first got a day: the route is to stand before the work begins.
    planned_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("step of the assurance")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.what


class Impasse(CaseModel):
    """Where reviewer and board did not agree: both positions stand, for the report (QM 7.5)."""

    about = models.CharField(_("about"), max_length=200)
    reviewer_position = models.TextField(_("position of the reviewer"))
    board_position = models.TextField(_("position of the board"))
    arose_on = models.DateField(_("arose on"))
    outcome = models.TextField(_("what came of it"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("impasse")
        verbose_name_plural = _("impasses")
        ordering = ["arose_on", "pk"]
        triggers = [pgtrigger.Protect(name="impasse_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.about
