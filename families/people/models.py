"""Family and significant others: who they are, how they are related, and who lives with whom."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import CaseModel, Review
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class Relationship(models.TextChoices):
    """To the child, or the children, of the review (QM 12: wider family and networks)."""

    SUBJECT = "subject", _("The child")
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    STEP_PARENT = "step_parent", _("Step-parent")
    PARENTS_PARTNER = "parents_partner", _("Partner of a parent")
    ADOPTIVE_PARENT = "adoptive_parent", _("Adoptive parent")
    FOSTER_CARER = "foster_carer", _("Foster carer")
    GUARDIAN = "guardian", _("Special guardian or other carer")
    SIBLING = "sibling", _("Brother or sister")
    HALF_SIBLING = "half_sibling", _("Half-brother or half-sister")
    STEP_SIBLING = "step_sibling", _("Step-brother or step-sister")
    ADOPTIVE_SIBLING = "adoptive_sibling", _("Brother or sister by adoption")
    GRANDPARENT = "grandparent", _("Grandparent")
    AUNT_OR_UNCLE = "aunt_or_uncle", _("Aunt or uncle")
    OTHER_FAMILY = "other_family", _("Other family")
    FRIEND = "friend", _("Friend")
    NEIGHBOUR = "neighbour", _("Neighbour")
    COMMUNITY = "community", _("Faith or community")
    OTHER = "other", _("Somebody else")


PARENTS = frozenset({Relationship.MOTHER, Relationship.FATHER})
SIBLINGS = frozenset(
    {
        Relationship.SIBLING,
        Relationship.HALF_SIBLING,
        Relationship.STEP_SIBLING,
        Relationship.ADOPTIVE_SIBLING,
    }
)


class Life(models.TextChoices):
    ALIVE = "alive", _("Alive")
    DIED = "died", _("Died")
    UNBORN = "unborn", _("Not born yet")
    UNKNOWN = "unknown", _("Not known")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class Person(CaseModel):
    """One of the family and its network, called by a pseudonym everywhere.

    A child of the review is a Child of the record as well: what both hold is changed there, and
    kept in step here by ``operations.child_changed``.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="family")
    child = models.OneToOneField(
        "reviews.Child", on_delete=models.CASCADE, null=True, blank=True, related_name="person"
    )
    pseudonym = models.CharField(_("pseudonym"), max_length=60)
    relationship = models.CharField(
        _("relationship to the child"), max_length=20, choices=Relationship
    )
    relationship_words = models.CharField(
        _("the relationship in your own words"), max_length=200, blank=True
    )
    real_name = EncryptedTextField(_("real name"), blank=True)
    date_of_birth = EncryptedTextField(_("date of birth"), blank=True)
    age = models.CharField(_("age"), max_length=40, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    life = models.CharField(_("alive"), max_length=10, choices=Life, default=Life.ALIVE)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    address = EncryptedTextField(_("address"), blank=True)
    telephone = EncryptedTextField(_("telephone"), blank=True)
    email = EncryptedTextField(_("email address"), blank=True)
    other_channels = EncryptedTextField(_("other ways to reach them"), blank=True)
    language = models.CharField(_("language and dialect"), max_length=100, blank=True)
    literacy = models.CharField(_("reading and writing"), max_length=200, blank=True)
    religion = models.CharField(_("religion"), max_length=100, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=100, blank=True)
    disability = models.CharField(_("disability"), max_length=200, blank=True)
    contact_note = EncryptedTextField(_("what matters for contact"), blank=True)
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("family member")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "pseudonym"], name="person_pseudonym_once_in_a_review"
            ),
            models.CheckConstraint(
                condition=Q(relationship__in=Relationship.values), name="person_relationship_known"
            ),
            models.CheckConstraint(condition=Q(life__in=Life.values), name="person_life_known"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_sex_known"),
            models.CheckConstraint(
                condition=Q(child__isnull=True) | Q(relationship="subject"),
                name="person_child_is_the_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        return reverse("families:person", args=[self.review_id, self.pk])

    @property
    def what_matters(self) -> list[str]:
        """For whoever speaks or writes to them."""
        return [text for text in (self.literacy, self.disability, self.contact_note) if text]

    @property
    def born_on(self) -> date | None:
        return date.fromisoformat(self.date_of_birth) if self.date_of_birth else None


class RelationKind(models.TextChoices):
    """``one`` is the parent, or whichever of two that are alike."""

    BIRTH_PARENT = "birth", _("Birth parent of")
    ADOPTIVE_PARENT = "adoptive", _("Adoptive parent of")
    FOSTER_CARER = "foster", _("Foster carer of")
    STEP_PARENT = "step", _("Step-parent of")
    GUARDIAN = "guardian", _("Guardian of")
    PARTNER = "partner", _("Partner of")
    SIBLING = "sibling", _("Brother or sister of")
    HALF_SIBLING = "half_sibling", _("Half-brother or half-sister of")
    STEP_SIBLING = "step_sibling", _("Step-brother or step-sister of")
    ADOPTIVE_SIBLING = "adoptive_sibling", _("Brother or sister by adoption of")
    OTHER = "other", _("Otherwise close to")


PARENT_KINDS = frozenset(
    {
        RelationKind.BIRTH_PARENT,
        RelationKind.ADOPTIVE_PARENT,
        RelationKind.FOSTER_CARER,
        RelationKind.STEP_PARENT,
        RelationKind.GUARDIAN,
    }
)


class Relation(CaseModel):
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_to")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_from")
    words = models.CharField(_("in your own words"), max_length=200, blank=True)
    is_past = models.BooleanField(_("it is over"), default=False)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("relation")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="relation_is_between_two_people"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="relation_kind_known"
            ),
            models.UniqueConstraint(fields=["kind", "one", "other"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="relation_ends_after_it_started",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(is_past=True), name="relation_ended_is_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}: {self.get_kind_display()} {self.other}"


class Household(CaseModel):
    """People under one roof, called so that nobody is traced: "Mother's home"."""

    name = models.CharField(_("what it is called here"), max_length=100)
    address = EncryptedTextField(_("address"), blank=True)
    note = EncryptedTextField(_("what matters about it"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("household")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "name"], name="household_name_once_in_a_review"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Living(CaseModel):
    """That a person lives in a household; somebody may live in two at a time."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="livings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="livings")
    note = models.CharField(_("when"), max_length=100, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("place in a household")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(ended_on__isnull=True),
                name="living_open_once_in_a_household",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="living_ends_after_it_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.household}"
