import json
import re
from base64 import urlsafe_b64encode
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField
from scr_portal.core.outbox import Leased, LeasedQuerySet

# Words of notifications.delivery.in_short: the mailbox or the message is refused for good.
FOR_GOOD = re.compile(r"SMTP(RecipientsRefused|DataError) 5\d\d")


class Purpose(models.TextChoices):
    REFERRAL = "referral", _("to refer a case")
    RETURN = "return", _("to say what an agency knows")
    PRESERVATION = "preservation", _("to confirm that records are kept")
    EVALUATION = "evaluation", _("to say how it was to take part")


class Letter(models.TextChoices):
    INVITE = "invite", _("the link")
    REMINDER = "reminder", _("a reminder")
    WITHDRAWN = "withdrawn", _("that the link was withdrawn")
    ARRIVED = "arrived", _("that it has arrived")
    ANSWERED = "answered", _("that the board has looked at it")


class State(models.TextChoices):
    OPEN = "open", _("Open")
    USED = "used", _("Used")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Run out")


class GuestLinkQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those that can still be used."""
        return self.filter(
            used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now()
        )


class GuestLink(models.Model):
    """A single-use way in for one purpose. Only the token's hash is kept.

    ``review_id`` is a plain column, since nothing here knows of reviews. ``draft`` is what was
    typed so far, by part of the form; it goes when the link is used or withdrawn.
    """

    # One of Purpose; as choices every new purpose would ask for a migration.
    purpose = models.CharField(_("purpose"), max_length=30)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="guest_links")
    review_id = models.UUIDField(null=True, blank=True)
    recipient_name = EncryptedTextField(_("name"))
    recipient_email = EncryptedTextField(_("email address"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guest_links"
    )
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(_("runs out"))
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    draft = EncryptedTextField(blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_version = models.PositiveIntegerField(default=0)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for a guest")
        indexes = [
            models.Index(fields=["board", "purpose", "-created_at"], name="guest_link_of_board"),
            models.Index(
                fields=["review_id"],
                condition=Q(review_id__isnull=False),
                name="guest_link_of_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="guest_link_used_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        """Without a name: this stands in histories."""
        return str(self.purpose_words)

    @property
    def token(self) -> str:
        """Made again whenever it is needed, see tokens.py."""
        row = f"{self.pk}:{self.purpose}:{self.board_id}:{self.created_at.timestamp():.6f}"
        made = salted_hmac("scr_portal.guests", row, algorithm="sha256")
        return urlsafe_b64encode(made.digest()).decode().rstrip("=")

    @property
    def purpose_words(self) -> Any:
        return Purpose(self.purpose).label if self.purpose in Purpose else self.purpose

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def state(self) -> State:
        if self.used_at:
            return State.USED
        if self.withdrawn_at:
            return State.WITHDRAWN
        return State.OPEN if self.expires_at > clock.now() else State.EXPIRED

    @property
    def parts(self) -> dict[str, Any]:
        """What was typed so far: fields by part of the form."""
        return json.loads(self.draft) if self.draft else {}

    @property
    def trouble(self) -> str:
        """Why the newest letter did not arrive, in short; empty where nothing is wrong with it."""
        newest = max(self.letters.all(), key=lambda letter: letter.pk, default=None)
        return newest.last_error if newest and (newest.refused_at or not newest.done_at) else ""


class GuestLetterQuerySet(LeasedQuerySet):
    def fail(self, row: Any, error: str) -> None:
        """A mailbox that does not exist is not asked every hour: somebody has to put it right."""
        if not FOR_GOOD.fullmatch(error):
            return super().fail(row, error)
        now = timezone.now()
        self.held(row).update(done_at=now, refused_at=now, lease_until=None, last_error=error)


class GuestLetter(Leased):
    """The outbox of letters to people without an account; ``key`` names the act it comes from."""

    link = models.ForeignKey(GuestLink, on_delete=models.CASCADE, related_name="letters")
    letter = models.CharField(max_length=30)
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLetterQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("letter to a guest")
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at__isnull=True),
                name="guest_letter_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(Letter(self.letter).label)
