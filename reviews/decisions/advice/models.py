"""What the chair hears before deciding: members, the sub-group, a peer (QM 2.4, 2.6, 2.9)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.asking import Asked
from reviews.case.models import CaseModel, Review
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.dates import on_screen

USER = settings.AUTH_USER_MODEL
OUTCOMES = [choice for choice in Review.Outcome.choices if choice[0]]


class InputRequest(Asked):
    """A member is asked what they think. ``told`` is all that they learn of the case by it."""

    permission = Permission.GIVE_INPUT

    class About(models.TextChoices):
        DECISION = "decision", _("The decision")
        TERMS = "terms", _("The terms of reference")

    about = models.CharField(max_length=10, choices=About, default=About.DECISION)
    question = models.TextField(_("what is asked"))
    told = models.TextField(_("what they are told of the case"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    nothing_to_add = models.BooleanField(_("nothing to add"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("request for input")
        constraints = [
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(user__isnull=False, link__isnull=True),
                name="input_asked_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["review", "user", "about"],
                condition=Q(answered_at__isnull=True, ended_at__isnull=True),
                name="input_asked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return _("Input of %(person)s") % {"person": self.user}

    def get_absolute_url(self) -> str:
        """Terms of reference are read and commented on in their own room."""
        page = "terms_asked" if self.about == self.About.TERMS else "input_answer"
        return reverse(f"reviews:{page}", args=[self.review_id, self.pk])


class Meeting(CaseModel):
    """The sub-group or panel that advises the chair came together (QM 2.4)."""

    held_on = models.DateField(_("held on"))
    present = models.TextField(_("who was there"))
    absent = models.TextField(_("who was not"), blank=True)
    considered = models.TextField(_("what was considered"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("meeting of the sub-group")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return _("Meeting of %(day)s") % {"day": on_screen(self.held_on)}

    def get_absolute_url(self) -> str:
        return reverse("reviews:meeting", args=[self.review_id, self.pk])


class Recommendation(CaseModel):
    """Made once; what is thought better of becomes the next number (QM 2.4)."""

    number = models.PositiveSmallIntegerField(_("number"))
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    outcome = models.CharField(_("recommended"), max_length=20, choices=OUTCOMES)
    nature = models.TextField(_("nature and scale of the review"), blank=True)
    rationale = models.TextField(_("reasons"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("recommendation")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="recommendation_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"


class Dissent(CaseModel):
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="dissents"
    )
    who = models.CharField(_("who does not agree"), max_length=200)
    text = models.TextField(_("what they hold instead, and why"))

    class Meta:
        verbose_name = _("dissent")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.who


class PeerChallenge(CaseModel):
    """The chair of another board looks at the decision, or why nobody was asked (QM 2.6)."""

    sought = models.BooleanField(_("a peer was asked"))
    peer = models.CharField(_("who was asked"), max_length=200, blank=True)
    peer_board = models.CharField(_("chair of"), max_length=200, blank=True)
    held_on = models.DateField(_("when"), null=True, blank=True)
    asked = models.TextField(_("what was asked"), blank=True)
    said = models.TextField(_("what they said"), blank=True)
    became = models.TextField(_("what came of it"), blank=True)
    not_sought_reason = models.TextField(_("why nobody was asked"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("independent challenge")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sought=True, held_on__isnull=False) & ~Q(peer="")
                | Q(sought=False) & ~Q(not_sought_reason=""),
                name="peer_challenge_had_or_explained",
            )
        ]

    def __str__(self) -> str:
        return self.peer or str(_("Not sought"))
