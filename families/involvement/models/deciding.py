"""Who takes part, why, who decided it, and what proceedings say to it (QM 12.1, 12.2)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Phase(models.TextChoices):
    """Taking part is not one event but several."""

    INFORMING = "informing", _("Informing")
    TERMS = "terms", _("Agreeing the terms")
    CONTRIBUTING = "contributing", _("Contributing")
    ACCURACY = "accuracy", _("Checking accuracy")
    REPORT = "report", _("Seeing the report")
    PUBLICATION = "publication", _("Publication")
    LEARNING = "learning", _("Learning afterwards")


class Inclusion(CaseModel):
    """A line of the ledger: that a person is or is not invited, and why. The newest one counts."""

    class Choice(models.TextChoices):
        INVITED = "invited", _("Invited to take part")
        LATER = "later", _("Not yet")
        NOT_INVITED = "not_invited", _("Not invited")

    class Why(models.TextChoices):
        """Why somebody does not take part, or not yet (QM 12.8)."""

        PROCEEDINGS = "proceedings", _("Criminal or civil proceedings go on")
        SAFETY = "safety", _("It would put them or somebody else at risk")
        CHILDS_WELFARE = "childs_welfare", _("It would harm a child, as those who know them advise")
        WHEREABOUTS = "whereabouts", _("Nobody knows where they are")
        NO_PART = "no_part", _("They had no part in the child's life in the period")
        HEALTH = "health", _("They are not well enough")
        OWN_WISH = "own_wish", _("It is their own wish")
        TOO_YOUNG = "too_young", _("They are too young to be asked")
        DIED = "died", _("They have died")
        OTHER = "other", _("Another reason, given below")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inclusions")
    choice = models.CharField(_("decision"), max_length=15, choices=Choice)
    why = models.CharField(_("reason"), max_length=20, choices=Why, blank=True)
    reason = EncryptedTextField(_("the reason in your own words"))
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("who decided"), max_length=200)
    decided_with = models.CharField(_("with whom"), max_length=300, blank=True)
    look_again_on = models.DateField(_("look at it again on"), null=True, blank=True)
    look_again_after = models.ForeignKey(
        "reviews.ParallelProcess",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("look at it again after"),
    )
    # Of the person's own parts in proceedings, for those who do not read the plan.
    look_again_kind = models.CharField(
        _("look at it again after proceedings"),
        max_length=10,
        blank=True,
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("decision on taking part")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="inclusion_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=["invited", "later", "not_invited"]),
                name="inclusion_choice_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="inclusion_has_a_reason"),
            models.CheckConstraint(
                condition=Q(choice="invited") | ~Q(why=""), name="inclusion_no_has_a_kind_of_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inclusion_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"

    @property
    def look_again_proceedings(self) -> str:
        return str(Standing.Kind(self.look_again_kind).label)


class GroupNote(CaseModel):
    """Who was looked for and is not there: grandparents, brothers and sisters (Ofsted 2009)."""

    class Group(models.TextChoices):
        GRANDPARENTS = "grandparents", _("Grandparents")
        CHILDREN = "children", _("Brothers and sisters, and other children")

    group = models.CharField(_("who"), max_length=15, choices=Group)
    words = EncryptedTextField(_("how it is known that there are none"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("note that there are none")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["grandparents", "children"]), name="group_note_group_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="group_note_has_words"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="group_note_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())


class Disagreement(CaseModel):
    """Somebody, as a rule the lead reviewer, does not agree with a decision on taking part."""

    inclusion = models.ForeignKey(Inclusion, on_delete=models.PROTECT, related_name="disagreements")
    text = EncryptedTextField(_("what they would have decided, and why"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("disagreement")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="disagreement_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}"


class Standing(CaseModel):
    """What a person is in criminal or civil proceedings."""

    class Kind(models.TextChoices):
        CRIMINAL = "criminal", _("Criminal investigation or trial")
        CIVIL = "civil", _("Civil, family or care proceedings")

    class Part(models.TextChoices):
        WITNESS = "witness", _("Witness")
        SUSPECT = "suspect", _("Suspect or charged")
        PARTY = "party", _("Party to civil or care proceedings")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    kind = models.CharField(_("proceedings"), max_length=10, choices=Kind)
    # Named only by those who read the plan.
    process = models.ForeignKey(
        "reviews.ParallelProcess",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("which of the parallel processes"),
    )
    part = models.CharField(_("as what"), max_length=10, choices=Part)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("part in proceedings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "part"],
                condition=Q(ended_on__isnull=True),
                name="standing_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_part_display()}"


class Consultation(CaseModel):
    """The investigating officer is asked before anybody gets in touch (QM 12, obstacles)."""

    class Agreed(models.TextChoices):
        YES = "yes", _("Contact may go on")
        FROM = "from", _("Contact may begin on a day")
        NOT_YET = "not_yet", _("No contact for now")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consultations")
    officer = models.CharField(_("who was asked"), max_length=200)
    consulted_on = models.DateField(_("when"))
    agreed = models.CharField(_("what was agreed"), max_length=10, choices=Agreed)
    contact_from = models.DateField(_("contact may begin on"), null=True, blank=True)
    terms = EncryptedTextField(_("what was agreed, in words"))
    not_to_discuss = EncryptedTextField(_("what may not be discussed"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("consultation of the investigating officer")
        ordering = ["-consulted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed="from", contact_from__isnull=False)
                | ~Q(agreed="from") & Q(contact_from__isnull=True),
                name="consultation_says_from_when",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="consultation_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.consulted_on}"


class Waiver(CaseModel):
    """The chair lets the review move on although something is not done, and says why."""

    class About(models.TextChoices):
        INFORMING = "informing", _("telling the family")
        DECIDING = "deciding", _("deciding who takes part, with reasons")
        ACCURACY = "accuracy", _("the family's check of accuracy")
        REPORT = "report", _("the family seeing the report")

    about = models.CharField(_("about"), max_length=10, choices=About)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="waivers"
    )
    reason = EncryptedTextField(_("why"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("waiver")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "about", "person"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="family_waived_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="family_waiver_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_about_display())
