import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock


class Signature(CaseModel):
    """A statement by one person over content that never changes again.

    ``content`` is the canonical text (JSON, sorted keys) of what was signed, ``sha256`` its hash.
    """

    class Method(models.TextChoices):
        PASSWORD = "password", _("Password given again")
        PASSKEY = "passkey", _("Passkey given again")

    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    title = models.CharField(_("what was signed"), max_length=300)
    statement = models.TextField(_("statement"))
    content = models.TextField(_("content"))
    sha256 = models.CharField(max_length=64)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    signer_name = models.CharField(_("signed by"), max_length=200)
    # Who may read what was signed is asked anew at every look: a permission of the matrix.
    permission = models.CharField(max_length=60)
    method = models.CharField(_("how"), max_length=10, choices=Method)
    at = models.DateTimeField(_("signed at"), default=clock.now)

    class Meta:
        verbose_name = _("signature")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"], name="signature_once_per_version"
            ),
            models.CheckConstraint(
                condition=models.Q(method__in=["password", "passkey"]),
                name="signature_method_is_known",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.title
