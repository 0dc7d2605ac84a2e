"""What keeps a person safe while they take part, and what helps them to (QM 12.3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Safety(CaseModel):
    """Instructions for everybody who works with the family; why is in SafetyReason."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safety")
    no_letters = models.BooleanField(_("never write letters"), default=False)
    letters_do_not_suit = models.BooleanField(_("letters do not suit this person"), default=False)
    safe_channels = EncryptedTextField(_("safe ways to reach them"), blank=True)
    safe_times = EncryptedTextField(_("safe times"), blank=True)
    not_told = EncryptedTextField(_("who must not be told"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("safety")
        verbose_name_plural = _("safety")

    def __str__(self) -> str:
        return str(self.person)


class SafetyReason(CaseModel):
    """Why: a row of its own, so that whoever lacks SEE_SAFETY meets not even its version."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safety_reason")
    domestic_abuse = models.BooleanField(_("domestic abuse is known or suspected"), default=False)
    reason = EncryptedTextField(_("why"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("reason for safety")

    def __str__(self) -> str:
        return str(self.person)


class Apart(CaseModel):
    """Two people who must not be in one meeting. Why is for those alone who may see it."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = EncryptedTextField(_("why"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("two people to keep apart")
        ordering = ["pk"]
        constraints = [
            # The smaller number first, so that a pair is one row whichever was named first.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_in_order"),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(ended_at__isnull=True),
                name="apart_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="apart_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"


class Support(CaseModel):
    """What somebody needs in order to take part: agreed, then arranged, then done."""

    class Kind(models.TextChoices):
        INTERPRETER = "interpreter", _("Interpreter")
        TRANSLATION = "translation", _("Translation")
        EASY_READ = "easy_read", _("Easy read or large print")
        ADVOCATE = "advocate", _("Advocate or specialist organisation")
        CHILDRENS_WORKER = "childrens_worker", _("Worker for children")
        OWN_CHANNELS = "own_channels", _("A young person's own channels")
        ADJUSTMENTS = "adjustments", _("Adjustments for a disability")
        CHILDCARE = "childcare", _("Childcare")
        TRAVEL = "travel", _("Travel")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        WANTED = "wanted", _("To be agreed")
        AGREED = "agreed", _("Agreed")
        ARRANGED = "arranged", _("Arranged")
        DONE = "done", _("Done")
        NOT_NEEDED = "not_needed", _("Not needed after all")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(_("support"), max_length=20, choices=Kind)
    # Of an interpreter or a translation: the language with its dialect.
    language = models.CharField(_("language and dialect"), max_length=100, blank=True)
    not_a_relative = models.BooleanField(
        _("not a relative, a friend or somebody of the same community"), default=False
    )
    provider = models.CharField(_("who gives it"), max_length=200, blank=True)
    detail = EncryptedTextField(_("what exactly"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WANTED)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    arranged_on = models.DateField(_("arranged on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("support")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["wanted", "agreed", "arranged", "done", "not_needed"]),
                name="support_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="interpreter", state__in=["arranged", "done"])
                | Q(not_a_relative=True),
                name="support_interpreter_is_no_relative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
