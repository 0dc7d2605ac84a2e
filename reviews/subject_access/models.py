"""What somebody asks to be told of what is held about them (UK GDPR, articles 12 and 15)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class AccessRequest(models.Model):
    """``due_on`` follows from the other dates (rules.py) and is stored for the worklist."""

    class Who(models.TextChoices):
        FAMILY = "family", _("A child or a member of a family")
        PROFESSIONAL = "professional", _("Somebody who worked with a family or on a review")
        OTHER = "other", _("Somebody else")

    class State(models.TextChoices):
        OPEN = "open", _("Being prepared")
        PUT = "put", _("Waits for a second person")
        SIGNED = "signed", _("Signed off")
        SENT = "sent", _("Sent")
        CLOSED = "closed", _("Closed without an answer")

    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, related_name="access_requests"
    )
    number = models.PositiveIntegerField()
    who = models.CharField(_("who asks"), max_length=12, choices=Who)
    name = EncryptedTextField(_("name"))
    also_called = EncryptedTextField(_("other names, email and telephone"), blank=True)
    user = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asks_for = EncryptedTextField(_("what they ask for"), blank=True)
    received_on = models.DateField(_("received on"))
    received_how = models.CharField(_("how it came"), max_length=100)
    identity_asked_on = models.DateField(_("asked for proof of identity on"), null=True, blank=True)
    identity_on = models.DateField(_("identity confirmed on"), null=True, blank=True)
    identity_how = models.CharField(_("how it was confirmed"), max_length=200, blank=True)
    due_on = models.DateField(_("due"))
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    extended_reason = models.TextField(_("why more time is needed"), blank=True)
    searched_at = models.DateTimeField(_("searched"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    put_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("Of the answer as signed"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_how = models.CharField(_("how it was sent"), max_length=100, blank=True)
    closed_reason = models.TextField(_("why it was closed"), blank=True)
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("request for personal information")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="access_request_numbered"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("put_by")),
                name="access_request_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True, extended_reason="")
                | Q(extended_on__isnull=False) & ~Q(extended_reason=""),
                name="access_request_extended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"])
                | Q(state="put", put_by__isnull=False)
                | Q(state__in=["signed", "sent"], signed_by__isnull=False),
                name="access_request_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Without the name: this stands in histories."""
        return f"SAR-{self.received_on:%Y}-{self.number:03d}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:access_request", args=[self.board.slug, self.number])


class AccessPart(CaseModel):
    """One review in which the person is looked for. ``rows`` are those that are the person.

    What only the people close to the family may read, one of them goes through: ``close_by``.
    """

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="parts")
    rows: Any = models.JSONField(default=list)
    close_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    close_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review of a request for personal information")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "review"], name="access_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.request}, {self.review}"


class AccessItem(CaseModel):
    """One row that speaks of the person, as it stood when found, and what is done with it."""

    class Decision(models.TextChoices):
        GIVE = "give", _("Give")
        WITHHOLD = "withhold", _("Withhold")

    class Ground(models.TextChoices):
        THIRD_PARTY = "third_party", _("It is about somebody else, who has not agreed")
        CONFIDENTIAL = "confidential", _("It was told in confidence")
        PRIVILEGE = "privilege", _("Legal privilege")
        HARM = "harm", _("It would be likely to cause serious harm")
        NOT_THEIRS = "not_theirs", _("It is not about this person")

    part = models.ForeignKey(AccessPart, on_delete=models.CASCADE, related_name="items")
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    permission = models.CharField(max_length=60)
    is_close = models.BooleanField(default=False)
    is_about = models.BooleanField(default=False)
    text = EncryptedTextField()
    decision = models.CharField(_("what is done"), max_length=10, choices=Decision, blank=True)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground, blank=True)
    reason = EncryptedTextField(_("reason"), blank=True)
    hide = EncryptedTextField(_("also black out"), blank=True)
    leave = EncryptedTextField(_("leave open"), blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("item of a request for personal information")
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "target_type", "target_id"], name="access_item_once"
            ),
            models.CheckConstraint(
                condition=Q(decision="", ground="", decided_by__isnull=True)
                | Q(decision="give", ground="", decided_by__isnull=False)
                | Q(decision="withhold", decided_by__isnull=False) & ~Q(ground=""),
                name="access_item_withheld_on_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.label
