"""What agencies know of a case before the decision, and what they must keep (QM 2.1 to 2.3)."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.asking import Asked, AskedQuerySet
from reviews.case.models import Appointment, CaseModel, Review
from reviews.permissions import Permission, Role
from scr_portal.accounts.models import BoardRole
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class ReturnQuestion(models.Model):
    """One line of the short form by which a board asks agencies for minimum data (QM 2.2)."""

    class Kind(models.TextChoices):
        TEXT = "text", _("A few sentences")
        YES_NO = "yes_no", _("Yes or no")
        DATE = "date", _("A date")

    board = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, related_name="return_questions"
    )
    position = models.PositiveSmallIntegerField(_("place"))
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("answered by"), max_length=10, choices=Kind, default=Kind.TEXT)
    required = models.BooleanField(_("must be answered"), default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question of the agency return")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class OfAgencyQuerySet(AskedQuerySet):
    def of(self, user: Any) -> Self:
        """As long as the person speaks for that agency, too."""
        agency = {"user": user, "agency": OuterRef("agency")}
        # An appointment that was ended today has lost its grants.
        author = Appointment.objects.active().filter(
            review=OuterRef("review"), role=Role.AGENCY, grants__isnull=False, **agency
        )
        member = BoardRole.objects.active().filter(
            board=OuterRef("board"), role=Role.MEMBER, **agency
        )
        return super().of(user).filter(Exists(author) | Exists(member))


class AgencyReturn(Asked):
    """Minimum data asked of one agency; ``questions`` is the form of the day of asking.

    What was answered stays. An agency that has answered may be asked again, as another return.
    """

    permission: ClassVar[Permission] = Permission.ANSWER_REQUESTS

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        NOTHING_KNOWN = "nothing_known", _("Nothing known of the family")
        NOT_RETURNED = "not_returned", _("Not returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, choices=State, default=State.ASKED)
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    note = models.TextField(_("anything else the board should know"), blank=True)
    answered_name = models.CharField(_("answered by"), max_length=200, blank=True)
    # Set where the business unit wrote down what an agency said by telephone or on paper.
    written_down_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfAgencyQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("agency return")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "agency"],
                condition=Q(answered_at__isnull=True, ended_at__isnull=True),
                name="agency_return_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "nothing_known"], answered_at__isnull=False)
                | Q(state__in=["asked", "not_returned", "withdrawn"], answered_at__isnull=True),
                name="agency_return_answered_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not_returned", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=["asked", "answered", "nothing_known"], ended_at__isnull=True),
                name="agency_return_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return _("return of %(agency)s") % {"agency": self.agency}

    def get_absolute_url(self) -> str:
        return reverse("reviews:return_answer", args=[self.review_id, self.pk])

    def get_list_url(self) -> str:
        return reverse("reviews:information", args=[self.review_id])


class PreservationNotice(Asked):
    """On day 0 an agency is asked to keep what it has, and says that it has read it."""

    permission: ClassVar[Permission] = Permission.ANSWER_REQUESTS

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what is to be kept"))
    acknowledged_name = models.CharField(_("acknowledged by"), max_length=200, blank=True)
    note = models.TextField(_("what the agency says to it"), blank=True)

    objects = OfAgencyQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Asked.Meta):
        abstract = False
        verbose_name = _("preservation notice")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "agency"],
                condition=Q(answered_at__isnull=True, ended_at__isnull=True),
                name="preservation_notice_open_once",
            ),
        ]

    def __str__(self) -> str:
        return _("preservation notice to %(agency)s") % {"agency": self.agency}

    def get_absolute_url(self) -> str:
        return reverse("reviews:preservation_acknowledge", args=[self.review_id, self.pk])

    def get_list_url(self) -> str:
        return reverse("reviews:information", args=[self.review_id])


class Gathering(CaseModel):
    """What the decision rests on besides the returns, and whether that is enough (QM 2.1, 2.3)."""

    class Elsewhere(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No, as far as is known")
        UNKNOWN = "unknown", _("Not known yet")

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="gathering")
    lived_elsewhere = models.CharField(
        _("has the family lived in the area of another board?"), max_length=10, choices=Elsewhere
    )
    context = models.TextField(_("the local context"), blank=True)
    sufficient = models.TextField(_("whether this is enough to decide on, and why"), blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("information for the decision")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class NeighbourCheck(CaseModel):
    """Another board asked because the family has lived in its area (QM 2.3)."""

    board_name = models.CharField(_("board asked"), max_length=200)
    period = models.CharField(_("when the family lived there"), max_length=100, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("what it said"), blank=True)
    not_asked_reason = models.TextField(_("why it was not asked"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("check with another board")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(asked_on__isnull=False),
                name="neighbour_asked_before_it_answers",
            )
        ]

    def __str__(self) -> str:
        return self.board_name
