"""A review looked at through the markers: judgement and words, never a score."""

from typing import Any, ClassVar, Self

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
                condition=Q(state__in=["open", "submitted", "returned"], signature__isnull=True)
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
                condition=Q(state="open")
                | Q(state="returned", returned_at__isnull=False)
                | Q(state__in=["submitted", "accepted"], submitted_at__isnull=False),
                name="pass_state_has_its_date",
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


def _stands_with_its_pass() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="stands_with_its_pass",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=SIGNED_TEXTS_STAND,
    )


class Written(CaseModel):
    """What several people write on together: who and when, and a count of the changes."""

    FIELDS: ClassVar[tuple[str, ...]]

    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # When this person's present sitting began: within it no earlier text is kept (rules.py).
    since = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class Kept(CaseModel):
    """What a text said before it was changed, so that it can be read and restored."""

    version = models.PositiveIntegerField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-version"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Answer(Written):
    FIELDS = ("judgement", "not_applicable_reason", "narrative", "evidence")

    class Judgement(models.TextChoices):
        NOT_CONSIDERED = "not_considered", _("Not yet considered")
        IN_PLACE = "in_place", _("In place")
        PARTLY = "partly", _("Partly in place")
        NOT_IN_PLACE = "not_in_place", _("Not in place")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    judgement = models.CharField(
        _("judgement"), max_length=15, choices=Judgement, default=Judgement.NOT_CONSIDERED
    )
    not_applicable_reason = models.TextField(_("why it does not apply"), blank=True)
    narrative = models.TextField(_("narrative"), blank=True)
    evidence = models.TextField(_("notes of evidence"), blank=True)

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="answer_once_in_a_pass"
            ),
            models.CheckConstraint(
                condition=Q(
                    judgement__in=[
                        "not_considered",
                        "in_place",
                        "partly",
                        "not_in_place",
                        "not_applicable",
                    ]
                ),
                name="answer_judgement_is_known",
            ),
        ]
        triggers = [_stands_with_its_pass()]

    def __str__(self) -> str:
        return self.question.reference


class Reflection(Written):
    """The overall reflection on one marker."""

    FIELDS = ("text",)

    assessment = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="reflections")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("overall reflection"), blank=True)

    class Meta:
        verbose_name = _("reflection")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "marker"], name="reflection_once_in_a_pass"
            )
        ]
        triggers = [_stands_with_its_pass()]

    def __str__(self) -> str:
        return str(self.marker)


class AnswerText(Kept):
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="texts")
    judgement = models.CharField(max_length=15, choices=Answer.Judgement)
    not_applicable_reason = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    evidence = models.TextField(blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("earlier text")
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="answer_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}, {self.version}"


class ReflectionText(Kept):
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField(blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("earlier reflection")
        constraints = [
            models.UniqueConstraint(fields=["reflection", "version"], name="reflection_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.reflection_id}, {self.version}"
