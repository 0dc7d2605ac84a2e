"""The documents of a review: what they are, who may read them, and their versions."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from reviews.case.zones import visible_zone_q
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.documents.models import FileText

USER = settings.AUTH_USER_MODEL


class DocumentQuerySet(models.QuerySet["Document"]):
    def readable(self, user: Any, review: Review) -> Self:
        """The only door: this review's, by the permission of each and its zone.

        What was withdrawn is there for those alone who add documents, and may put it back.
        """
        if not user.has_perm(Permission.READ_DOCUMENTS, review):
            return self.none()
        held = [each for each in Permission if user.has_perm(each, review)]
        found = self.filter(visible_zone_q(user), review=review, permission__in=held)
        return found if Permission.ADD_DOCUMENTS in held else found.in_use()

    def in_use(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def with_versions(self) -> Self:
        """Each with its versions, the newest first, and whatever a row of a list shows."""
        rows = DocumentVersion.objects.select_related("file", "by").order_by("-number")
        return self.select_related("owner", "private_to").prefetch_related(
            Prefetch("versions", queryset=rows)
        )

    def about_words(self, words: str) -> Self:
        """By title, by the name of its newest file, or by what that says."""
        newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
        said = FileText.objects.about(words).values("file")
        hits = DocumentVersion.objects.filter(
            Q(file__in=said) | Q(file__original_name__icontains=words)
        )
        return self.annotate(last=Subquery(newest.values("pk")[:1])).filter(
            Q(title__icontains=words) | Q(last__in=hits.values("pk"))
        )


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

    objects = DocumentQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("reviews:document", args=[self.review_id, self.pk])

    @property
    def newest(self) -> "DocumentVersion":
        """Of those that were fetched with it (``with_versions``)."""
        return self.versions.all()[0]

    @property
    def in_history(self) -> str:
        """A history is read by people who may not read the document, its title included."""
        return f"{self.get_kind_display()} ({_('document')} {self.pk})"


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
        triggers = [
            pgtrigger.Protect(name="version_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"
