"""Terms of reference, written together: sections, rounds of comments, versions (QM 6)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel
from scr_portal.core import clock

USER = settings.AUTH_USER_MODEL


class Terms(CaseModel):
    """One edition. Signed it stands; a change of scope begins the next with a copy."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONSULTING = "consulting", _("Out for comments")
        READY = "ready", _("Waits for the chair")
        SIGNED = "signed", _("Signed")

    number = models.PositiveSmallIntegerField(_("edition"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    return_reasons = models.TextField(_("why it comes back"), blank=True)
    writers: models.ManyToManyField = models.ManyToManyField(USER, related_name="+")
    signature = models.OneToOneField(
        "reviews.Signature", on_delete=models.PROTECT, null=True, blank=True, related_name="terms"
    )
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="terms_edition_once"),
            models.UniqueConstraint(
                fields=["review"], condition=~Q(state="signed"), name="terms_one_in_work"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "consulting", "ready"], signature__isnull=True)
                | Q(state="signed", signature__isnull=False),
                name="terms_signed_by_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="terms_period_in_order",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_terms_stand",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            )
        ]

    def __str__(self) -> str:
        return _("Terms of reference of %(reference)s, edition %(number)s") % {
            "reference": self.review.reference,
            "number": self.number,
        }


# What was signed is as fixed as the signature over it.
SIGNED_STANDS = """
    IF EXISTS (SELECT FROM reviews_terms
                WHERE id IN (NEW.terms_id, OLD.terms_id) AND state = 'signed') THEN
        RAISE EXCEPTION 'The terms of reference are signed.' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def _stands_with_its_terms(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=SIGNED_STANDS,
    )


class Section(CaseModel):
    """``key`` names a section or a factor of proportionality in data/sections.toml."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    text = models.TextField(_("text"), blank=True)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("section of the terms of reference")
        constraints = [models.UniqueConstraint(fields=["terms", "key"], name="terms_section_once")]
        triggers = [_stands_with_its_terms("section_stands_with_signed_terms")]

    def __str__(self) -> str:
        return self.key


class EarlierText(CaseModel):
    """What a section said before somebody else wrote it over, or before much of it was cut."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="earlier")
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("earlier text of the terms of reference")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="earlier_texts_stand", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return str(self.section_id)


class TermsAgency(CaseModel):
    """An agency that takes part, and what is asked of it."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="agencies")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    asked = models.TextField(_("what is asked of it, and why"), blank=True)

    class Meta:
        verbose_name = _("agency in the terms of reference")
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "agency"], name="terms_agency_once")
        ]
        triggers = [_stands_with_its_terms("agency_stands_with_signed_terms")]

    def __str__(self) -> str:
        return str(self.agency)


class TermsVersion(CaseModel):
    """The text as it stood when it went out for comments or was put to the chair.

    ``content`` is that of rules.content(), so that two versions can be compared.
    """

    class Why(models.TextChoices):
        ROUND = "round", _("Sent out for comments")
        CHAIR = "chair", _("Put to the chair")

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="kept")
    number = models.PositiveSmallIntegerField(_("version"))
    why = models.CharField(max_length=10, choices=Why)
    content = models.JSONField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("version of the terms of reference")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "number"], name="terms_version_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="kept_terms_stand", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.terms.number}.{self.number}"


class Round(CaseModel):
    """Members and reviewers are invited to comment on one version until a day."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    version = models.OneToOneField(TermsVersion, on_delete=models.PROTECT, related_name="round")
    closes_on = models.DateField(_("comments until"))
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("round of comments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "number"], name="terms_round_once"),
            models.UniqueConstraint(
                fields=["terms"], condition=Q(closed_at__isnull=True), name="terms_round_open_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Comment(CaseModel):
    """On one section, in one round; an answer to another comment has ``parent``."""

    class Disposition(models.TextChoices):
        OPEN = "open", _("Not dealt with yet")
        TAKEN = "taken", _("Taken up")
        PARTLY = "partly", _("Taken up in part")
        NOT_TAKEN = "not_taken", _("Not taken up")
        ANSWERED = "answered", _("A question, answered")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=40)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(_("comment"))
    # A zone of one board in a review that several boards share.
    private_to = models.ForeignKey(
        "accounts.Board", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    disposition = models.CharField(
        _("what became of it"), max_length=10, choices=Disposition, default=Disposition.OPEN
    )
    disposition_note = models.TextField(_("why"), blank=True)
    disposed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    disposed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment on the terms of reference")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["round", "section", "at"], name="terms_comment_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition="open", disposed_at__isnull=True)
                | ~Q(disposition="open") & Q(disposed_at__isnull=False, disposed_by__isnull=False),
                name="terms_comment_disposed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section}, {self.at:%Y-%m-%d}"
