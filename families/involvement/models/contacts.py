"""Every contact attempted and its answer, what was declined, and what was promised."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.involvement.models.deciding import Phase
from families.people.models import Person
from reviews.case.models import CaseModel
from scr_portal.core import clock
from scr_portal.core.fields import EncryptedTextField

USER = settings.AUTH_USER_MODEL


class How(models.TextChoices):
    VISIT = "visit", _("At their home")
    MEETING = "meeting", _("At a meeting elsewhere")
    TELEPHONE = "telephone", _("By telephone")
    VIDEO = "video", _("By video call")
    TEXT = "text", _("By text or messaging")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")
    THROUGH = "through", _("Through somebody they trust")
    OTHER = "other", _("In another way")


TOGETHER = frozenset({How.VISIT, How.MEETING, How.VIDEO})


class Answer(models.TextChoices):
    WAITING = "waiting", _("No answer yet")
    NO_ANSWER = "no_answer", _("Did not answer")
    TOOK_PART = "took_part", _("Took part")
    ACCEPTED = "accepted", _("Said yes")
    LATER = "later", _("Perhaps later")
    DECLINED = "declined", _("Said no")


class Contact(CaseModel):
    """An offer, a conversation or a meeting with one or more people: planned, or made."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        MADE = "made", _("Made")
        CALLED_OFF = "called_off", _("Called off")

    phase = models.CharField(_("what it is for"), max_length=15, choices=Phase)
    # An offer to take part; repeated offers are normal (Ofsted 2009).
    is_offer = models.BooleanField(_("it offers them to take part"), default=False)
    how = models.CharField(_("how"), max_length=10, choices=How)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    on = models.DateField(_("day"))
    where = EncryptedTextField(_("where"), blank=True)
    by_whom = models.CharField(_("who gets in touch"), max_length=200)
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)
    note = EncryptedTextField(_("what was said, in short"), blank=True)
    # Why it goes on against a rule: no officer consulted, or somebody who had said no.
    despite = EncryptedTextField(_("why nevertheless"), blank=True)
    # Keys of the obstacles that the reason answered: one that comes later asks again.
    despite_for = models.JSONField(_("what it answers"), default=list, blank=True)
    people: models.ManyToManyField = models.ManyToManyField(
        Person, through="ContactPerson", related_name="contacts"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("contact")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["review", "-on"], name="contact_list"),
            models.Index(
                fields=["board", "on"], condition=Q(state="planned"), name="contact_planned"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "made", "called_off"]),
                name="contact_state_known",
            ),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="contact_phase_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}, {self.on}"


class ContactPerson(CaseModel):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="with_people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="with_contacts")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.WAITING)
    words = EncryptedTextField(_("in their words"), blank=True)

    class Meta:
        verbose_name = _("person in a contact")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="contact_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"


class Refusal(CaseModel):
    """Somebody said no, which is theirs to say: from a day on nobody asks without a reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refusals")
    said_on = models.DateField(_("said on"))
    not_asked_from = models.DateField(_("nobody asks without a reason from"))
    words = EncryptedTextField(_("in their words"), blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_on = models.DateField(_("changed their mind on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("refusal")
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="refusal_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="refusal_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.said_on}"


class Promise(CaseModel):
    """What somebody of the board said that they would do for a person, by a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises")
    text = EncryptedTextField(_("what was promised"))
    promised_by = models.CharField(_("who promised it"), max_length=200)
    promised_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("to be done by"))
    kept_on = models.DateField(_("kept on"), null=True, blank=True)
    outcome = EncryptedTextField(_("what came of it"), blank=True)
    # It could not be kept: the person is told, and why is kept.
    given_up_on = models.DateField(_("given up on"), null=True, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    token = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("promise")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["board", "due_on"],
                condition=Q(kept_on__isnull=True, given_up_on__isnull=True),
                name="promise_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(given_up_on__isnull=True),
                name="promise_kept_or_given_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.due_on}"
