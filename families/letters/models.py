"""Information sheet and letters to the family: templates, letters, replies (QM 4.2)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    INFORMATION = "information", _("Information sheet")
    INVITATION = "invitation", _("Invitation")
    MEETING = "meeting", _("Meeting")
    ACCURACY = "accuracy", _("Check of accuracy")
    REPORT = "report", _("The report before it is published")
    PUBLICATION = "publication", _("Day of publication")
    THANKS = "thanks", _("Thanks")


class Style(models.TextChoices):
    STANDARD = "standard", _("Standard")
    LARGE = "large", _("Large print")
    EASY = "easy", _("Easy read")


class Way(models.TextChoices):
    """How a letter reached its reader. The portal itself never writes to a family."""

    POST = "post", _("By post")
    HANDED = "handed", _("Handed over")
    READ_OUT = "read_out", _("Read out to them")
    EMAIL = "email", _("By email from the board’s own mailbox")


class Back(models.TextChoices):
    """How an answer came back."""

    POST = "post", _("By post")
    SPOKEN = "spoken", _("In a conversation")
    TELEPHONE = "telephone", _("By telephone")
    MESSAGE = "message", _("By email or message")
    THROUGH = "through", _("Through somebody they trust")


class LetterTemplate(models.Model):
    """A board's own text of a letter in one language; without a row the portal's own is used.

    Large print is the same text in larger type; easy read is a text of its own.
    """

    board = models.ForeignKey("accounts.Board", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("letter"), max_length=15, choices=Kind)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    is_easy_read = models.BooleanField(_("easy read"), default=False)
    subject = models.CharField(_("heading"), max_length=200)
    body = models.TextField(_("text"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("template of a letter")
        ordering = ["kind", "language", "is_easy_read"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind", "language", "is_easy_read"],
                condition=Q(retired_at__isnull=True),
                name="letter_template_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.language}"


class Letter(CaseModel):
    """To one person. Once sent it stands, as it was sent."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("letter"), max_length=15, choices=Kind)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    style = models.CharField(_("form"), max_length=10, choices=Style, default=Style.STANDARD)
    # The child may be named in the heading as well.
    subject = EncryptedTextField(_("heading"))
    body = EncryptedTextField(_("text"))
    # What the check found and its sender sent it in spite of.
    despite = EncryptedTextField(_("why it is sent nevertheless"), blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_how = models.CharField(_("how it was sent"), max_length=10, choices=Way, blank=True)
    sent_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("letter")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["review", "-written_at"], name="letter_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_by__isnull=True)
                | Q(sent_on__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(dropped_at__isnull=True),
                name="letter_sent_or_dropped",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="letter_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sent_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("families:letter", args=[self.review_id, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.sent_on is None and self.dropped_at is None

    @property
    def is_easy_read(self) -> bool:
        return self.style == Style.EASY


class Reply(CaseModel):
    """What came back, by whatever way: a telephone call after a letter is a reply too."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    on = models.DateField(_("on"))
    how = models.CharField(_("how it came"), max_length=10, choices=Back)
    words = EncryptedTextField(_("what they said"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["on", "pk"]
        triggers = [
            pgtrigger.Protect(name="reply_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}, {self.on}"
