"""The documents of a review: what they are, who may read them, and their versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Document(CaseModel):
    """``permission`` is what a reader must hold on the review, asked anew at every look."""

    class Kind(models.TextChoices):
        """The documents of a review (statutory.md, "Documents of a review")."""

        REFERRAL = "referral", _("Referral")
        INVOLVEMENT = "involvement", _("Agency involvement form")
        RECOMMENDATION = "recommendation", _("Recommendation to the chair")
        DECISION = "decision", _("Decision letter")
        NOTIFICATION = "notification", _("Notification to a national body")
        TERMS = "terms", _("Terms of reference")
        FAMILY = "family", _("Letter or information for the family")
        CONTRACT = "contract", _("Reviewer specification or contract")
        AGENCY_REPORT = "agency_report", _("Agency report")
        CHRONOLOGY = "chronology", _("Chronology")
        CONVERSATION = "conversation", _("Conversation notes")
        NETWORK = "network", _("Network or genogram")
        MINUTES = "minutes", _("Minutes")
        REPORT = "report", _("Overview report or summary")
        ACTION_PLAN = "action_plan", _("Action plan or board response")
        MEDIA = "media", _("Media strategy")
        EVALUATION = "evaluation", _("Evaluation")
        OTHER = "other", _("Another document")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    owner = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    marking = models.CharField(
        _("protective marking"),
        max_length=10,
        choices=Review.Marking,
        default=Review.Marking.SENSITIVE,
    )
    permission = models.CharField(_("who may read it"), max_length=60)
    # A zone of one board in a review that several boards share (QM 6, cross-border).
    private_to = models.ForeignKey(
        "accounts.Board",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the people of one board alone"),
    )
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("document")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["review", "-created_at"], name="document_list"),
            models.Index(fields=["about_type", "about_id"], name="document_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="document_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(about_type="", about_id="") | ~Q(about_type="") & ~Q(about_id=""),
                name="document_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(CaseModel):
    """Never overwritten: what is put right becomes the next version."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.OneToOneField(
        "documents.StoredFile", on_delete=models.PROTECT, related_name="version"
    )
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    # One version per click, whatever the mouse does.
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("version of a document")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"
