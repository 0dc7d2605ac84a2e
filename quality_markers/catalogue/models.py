"""The quality markers, as one board reads them: our own wording or the published one.

A version is read once and never edited, so that a review keeps the words that it began with.
Sections of text are plain: paragraphs parted by a blank line, bullets as lines that begin "- ".
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.standing import published_stands, stands
from reviews.case.models import Appointment
from reviews.permissions import Permission, roles_with
from scr_portal.accounts.models import BoardRole

SCR = "scr-quality-markers"
"""The framework that the portal's own rooms speak to (docs/evidence.md)."""

LOCAL = 100
"""A board's own questions are numbered from here on, and shown as L1, L2 (see ``reference``)."""


class Source(models.TextChoices):
    OWN = "own", _("Our own wording")
    OFFICIAL = "official", _("Official wording")
    IMPORTED = "imported", _("Imported from a sheet")
    BOARD = "board", _("With the board’s own questions")


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    def current(self, board: Any = None) -> "CatalogueVersion | None":
        """The version that a new review begins with; None where nothing has been loaded.

        A board's own, where it has published one.
        """
        wanted = self.filter(Q(board__isnull=True) | Q(board=board), is_current=True)
        return wanted.order_by(F("board").asc(nulls_last=True)).first()

    def visible_to(self, user: Any) -> Self:
        """What is for every board, what is one's own board's or that of a review one works on.

        A draft is for those who keep the board's registers.
        """
        roles = BoardRole.objects.active().filter(user=user)
        boards = Q(board__in=roles.values("board")) | Q(
            board__in=Appointment.objects.active().filter(user=user).values("review__board")
        )
        keepers = roles.filter(role__in=roles_with(Permission.KEEP_REGISTERS)).values("board")
        return self.filter(
            Q(state=VersionState.DRAFT, board__in=keepers)
            | ~Q(state=VersionState.DRAFT) & (Q(board__isnull=True) | boards)
        )


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class CatalogueVersion(models.Model):
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    edition = models.CharField(_("edition"), max_length=20)
    framework = models.SlugField(_("framework"), max_length=60, default=SCR)
    # None: for every board. Else one board's own, made from the version below it.
    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.PUBLISHED)
    # Of a draft there is none yet.
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )
    is_current = models.BooleanField(_("current"), default=False)

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        app_label = "quality_markers"
        ordering = ("-imported_at", "-pk")
        verbose_name = _("version of the catalogue")
        verbose_name_plural = _("versions of the catalogue")
        constraints = (
            models.UniqueConstraint(
                fields=("board",),
                condition=Q(is_current=True),
                nulls_distinct=False,
                name="catalogue_version_one_current",
            ),
            models.UniqueConstraint(
                fields=("board", "sha256"),
                condition=~Q(sha256=""),
                nulls_distinct=False,
                name="catalogue_version_text_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sha256="")
                | Q(state__in=["published", "retired"]) & ~Q(sha256=""),
                name="catalogue_version_published_with_its_text",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(state="published"),
                name="catalogue_version_current_is_published",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="catalogue_version_source_known"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^([0-9a-f]{64})?$"), name="catalogue_version_sha256_hex"
            ),
            models.UniqueConstraint(
                fields=("board",), condition=Q(state="draft"), name="catalogue_version_one_draft"
            ),
        )
        triggers = (published_stands(),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quality_markers:catalogue_version", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


class Marker(models.Model):
    version = models.ForeignKey(
        CatalogueVersion,
        on_delete=models.CASCADE,
        related_name="markers",
        verbose_name=_("version"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=100)
    cluster_number = models.PositiveSmallIntegerField(_("number of the cluster"))
    cluster_title = models.CharField(_("cluster"), max_length=100)
    statement = models.TextField(_("quality statement"))
    rationale = models.TextField(_("why it matters"), blank=True)
    knowledge = models.TextField(_("knowledge base"), blank=True)
    equality = models.TextField(_("equality and diversity"), blank=True)
    law = models.TextField(_("law and statutory guidance"), blank=True)
    obstacles = models.TextField(_("common obstacles"), blank=True)
    local_guidance = models.TextField(_("guidance of this board"), blank=True)
    # Of the board's own words, while they are a draft: ``version`` is the catalogue's.
    revision = models.PositiveIntegerField(default=0)
    is_family = models.BooleanField(
        _("about the family"),
        default=False,
        help_text=_("Family liaison may work on this marker."),
    )

    class Meta:
        app_label = "quality_markers"
        ordering = ("version", "number")
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "number"), name="catalogue_marker_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="catalogue_marker_number_range"
            ),
            models.CheckConstraint(
                condition=Q(cluster_number__gte=1),
                name="catalogue_marker_cluster_range",
            ),
        )
        triggers = (stands("NEW.version_id, OLD.version_id"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Question(models.Model):
    marker = models.ForeignKey(
        Marker, on_delete=models.CASCADE, related_name="questions", verbose_name=_("marker")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "quality_markers"
        ordering = ("marker", "number")
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = (
            models.UniqueConstraint(
                fields=("marker", "number"), name="catalogue_question_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=50)
                | Q(number__gt=LOCAL, number__lte=LOCAL + 50),
                name="catalogue_question_number_range",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="catalogue_question_has_text"),
        )
        triggers = (
            stands(
                "SELECT version_id FROM quality_markers_marker "
                "WHERE id IN (NEW.marker_id, OLD.marker_id)"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"

    @property
    def reference(self) -> str:
        """The published number, such as 12.4, or 12.L1. Fetch with `select_related("marker")`."""
        own = f"L{self.number - LOCAL}" if self.is_local else self.number
        return f"{self.marker.number}.{own}"

    @property
    def is_local(self) -> bool:
        return self.number > LOCAL
