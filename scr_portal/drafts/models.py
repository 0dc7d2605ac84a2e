import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scr_portal.core.fields import EncryptedTextField


class Draft(models.Model):
    """What a person has typed into one form and not sent yet: it outlives the session.

    ``key`` names form and object. Only its writer ever reads it, and sending the form deletes it.
    It is text of a case that no permission guards yet, so it is unreadable in the database.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    key = models.CharField(max_length=150)
    board_id = models.BigIntegerField(null=True)
    review_id = models.UUIDField(null=True)
    content = EncryptedTextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return self.key

    @property
    def fields(self) -> dict[str, Any]:
        return json.loads(self.content) if self.content else {}

    @fields.setter
    def fields(self, value: dict[str, Any]) -> None:
        self.content = json.dumps(value)
