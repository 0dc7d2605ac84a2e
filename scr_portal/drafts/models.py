from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person has typed into one form and not sent yet: it outlives the session.

    ``key`` names form and object. Only its writer ever reads it, and sending the form deletes it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    key = models.CharField(max_length=150)
    board_id = models.BigIntegerField(null=True)
    review_id = models.UUIDField(null=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]

    def __str__(self) -> str:
        return self.key
