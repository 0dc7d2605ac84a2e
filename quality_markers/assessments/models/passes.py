"""A review looked at through the markers: judgement and words, never a score."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from reviews.case.models import CaseModel, Review
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class PassQuerySet(models.QuerySet["Pass"]):
    def visible_to(self, user: Any) -> Self:
        """Passes of which this person may read at least one marker."""
        whole = Review.objects.visible_to(user, Permission.READ_MARKERS)
        family = Review.objects.visible_to(user, Permission.READ_FAMILY_MARKERS)
        about_family = Pass.markers.through.objects.filter(
            pass_id=OuterRef("pk"), marker__is_family=True
        )
        return self.filter(Q(review__in=whole) | Q(Exists(about_family), review__in=family))


class Pass(CaseModel):
    """One use of the markers, with one of the purposes of the document's table of "when"."""

    class Purpose(models.TextChoices):
        CLARITY = "clarity", _("Clarity at the start")
        PLANNING = "planning", _("Planning and preparation")
        PROGRESSIVE = "progressive", _("Progressive, as the review goes on")
        RETROSPECTIVE = "retrospective", _("Looking back at the end")

    class State(models.TextChoices):
        OPEN = "open", _("Being filled in")
        SUBMITTED = "submitted", _("With the chair")
        RETURNED = "returned", _("Returned with reasons")
        ACCEPTED = "accepted", _("Accepted and signed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    EDITABLE = frozenset({State.OPEN, State.RETURNED})

    catalogue = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    markers: models.ManyToManyField = models.ManyToManyField(
        Marker, related_name="+", verbose_name=_("markers")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    submitted_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reasons = models.TextField(_("why it comes back"), blank=True)
    withdrawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it is withdrawn"), blank=True)
    # A signed pass that is taken up again, or one that moved to a newer catalogue, is a copy.
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    copied_because = models.TextField(_("why it was begun again"), blank=True)
    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, null=True, blank=True, related_name="accepted_pass"
    )

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-assessment")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="pass_number_once"),
            models.CheckConstraint(
                condition=Q(purpose__in=["clarity", "planning", "progressive", "retrospective"]),
                name="pass_purpose_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "submitted", "returned", "withdrawn"], signature__isnull=True
                )
                | Q(state="accepted", signature__isnull=False),
                name="pass_accepted_by_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="pass_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True, returned_at__isnull=True, return_reasons="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reasons="")),
                name="pass_returned_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"])
                | Q(state="returned", returned_at__isnull=False)
                | Q(state__in=["submitted", "accepted"], submitted_at__isnull=False),
                name="pass_state_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason=""
                )
                & ~Q(state="withdrawn")
                | Q(state="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="pass_withdrawn_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="accepted_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="accepted"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_purpose_display()}"

    def get_absolute_url(self) -> str:
        return reverse("quality_markers:pass", args=[self.review_id, self.number])

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


# An answer or a reflection of an accepted pass is as fixed as the signature over it.
SIGNED_TEXTS_STAND = """
    IF EXISTS (SELECT FROM quality_markers_pass
                WHERE id IN (NEW.assessment_id, OLD.assessment_id) AND state = 'accepted') THEN
        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def stands_with_its_pass() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="stands_with_its_pass",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=SIGNED_TEXTS_STAND,
    )


class Submission(CaseModel):
    """What was put to the chair, word for word, so that the next one can show what changed.

    ``texts``: id of a question to its fields, and "r" with the id of a marker to its reflection.
    """

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("submission")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="submission_number_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="submission_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.number}"


class QuestionReturn(CaseModel):
    """One question of a submission that the chair sends back, and why."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="returns")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why it comes back"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("question returned")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question"], name="question_returned_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="question_returned_with_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="return_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.question_id}"
