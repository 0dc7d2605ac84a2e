"""What contacts, promises, questions and influence tell the rooms below."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement import needs
from families.involvement.models import Contact, ContactPerson, FamilyQuestion, Influence, Phase
from families.involvement.phases import PhaseFact
from families.involvement.queries import focus
from families.involvement.queries.waiting import OPEN
from families.people.models import Person
from families.people.panels import Panel
from reviews.case.lifecycle import Stage
from reviews.case.models import Appointment, Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission, Role
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason

State = Contact.State
CLOSE = (Role.LIAISON, Role.LEAD)
# The business unit hears of what the liaison and the lead reviewer have let lie for so long.
PATIENCE = timedelta(days=14)


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    pages = [(_("Contacts"), "families:contacts"), (_("Questions"), "families:questions")]
    return [
        {"part": Part.FAMILY, "label": label, "name": name, "url": reverse(name, args=[review.pk])}
        for label, name in pages
    ]


def worklist(user: Any) -> list[Need]:
    """All of it for liaison and lead reviewer; for the unit what has waited two weeks too long.

    Where nobody is appointed to be near the family, the unit is the one who is.
    """
    reviews = Review.objects.visible_to(user, Permission.KEEP_FAMILY).exclude(stage=Stage.CLOSED)
    today = clock.today()
    found = needs.all_of(reviews.values("pk"), today)
    mine = _nearest(user, {need.review.pk for need in found}) if found else set()
    late = today - PATIENCE
    others = [need for need in found if need.review.pk not in mine and need.due and need.due < late]
    return [need for need in found if need.review.pk in mine] + [
        replace(need, holder=Role.LIAISON.label) for need in others
    ]


def _nearest(user: Any, pks: set[Any]) -> set[Any]:
    """Reviews on which nobody is nearer to the family than this person."""
    near = Appointment.objects.active().filter(
        review=OuterRef("pk"), role__in=CLOSE, grants__isnull=False
    )
    reviews = Review.objects.filter(pk__in=pks)
    close = Review.objects.visible_to(user, Permission.KEEP_CONTRIBUTIONS).filter(pk__in=pks)
    alone = reviews.exclude(Exists(near))
    return set(close.values_list("pk", flat=True).union(alone.values_list("pk", flat=True)))


def terms_remarks(review: Review, user: Any) -> list[Reason]:
    """What the family asked of the terms, and nobody has weighed yet (QM 12.4)."""
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url = reverse("families:questions", args=[review.pk]) + "#terms"
    words = _("%(person)s asked something of the terms on %(day)s, and it has not been weighed.")
    return [
        Reason(
            words % {"person": row.person.pseudonym, "day": on_screen(row.asked_on)},
            url,
            _("Say what became of it"),
        )
        for row in focus.unweighed(review)
    ]


def family_phases(review: Review, user: Any) -> list[PhaseFact]:
    """The last contact made with each person in each phase."""
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    rows = ContactPerson.objects.filter(review=review, contact__state=State.MADE)
    last = rows.order_by("person_id", "contact__phase", "-contact__on", "-contact_id")
    return [
        PhaseFact(
            row.person_id,
            Phase(row.contact.phase),
            _("%(how)s: %(answer)s")
            % {"how": row.contact.get_how_display(), "answer": row.get_answer_display()},
            row.contact.on,
            reverse("families:contact", args=[review.pk, row.contact_id]),
        )
        for row in last.distinct("person_id", "contact__phase").select_related("contact")
    ]


def about_person(person: Person, user: Any) -> list[Panel]:
    if not user.has_perm(Permission.SEE_FAMILY, person.review):
        return []
    of_person = f"?person={person.pk}"
    return [
        Panel(
            _("Contacts"),
            reverse("families:contacts", args=[person.review_id]) + of_person,
            [*_contacts(person), *_promises(person)],
            _("Nobody has been in touch with them yet"),
        ),
        Panel(
            _("Questions"),
            reverse("families:questions", args=[person.review_id]),
            [*_questions(person), *_influences(person)],
            _("Nothing they ask or are asked is written down yet"),
        ),
    ]


def _contacts(person: Person) -> Iterator[str]:
    rows = person.with_contacts.select_related("contact")
    last = rows.filter(contact__state=State.MADE).order_by("-contact__on", "-contact_id").first()
    if last:
        words = _("Last contact on %(day)s: %(answer)s")
        yield words % {"day": on_screen(last.contact.on), "answer": last.get_answer_display()}
    following = rows.filter(contact__state=State.PLANNED).order_by("contact__on").first()
    if following:
        yield _("Planned for %(day)s") % {"day": on_screen(following.contact.on)}
    if no := person.refusals.filter(ended_on__isnull=True).first():
        yield _("Said no on %(day)s, and is left in peace") % {"day": on_screen(no.said_on)}


def _promises(person: Person) -> Iterator[str]:
    if n := person.promises.filter(OPEN).count():
        yield ngettext("%(n)s promise is open", "%(n)s promises are open", n) % {"n": n}


def _questions(person: Person) -> Iterator[str]:
    rows = list(person.questions.defer("text", "answer"))
    theirs = [row for row in rows if row.direction == FamilyQuestion.Direction.THEIRS]
    if theirs:
        answered = sum(row.answered_on is not None for row in theirs)
        words = ngettext(
            "Asked %(n)s question; answered: %(answered)s",
            "Asked %(n)s questions; answered: %(answered)s",
            len(theirs),
        )
        yield words % {"n": len(theirs), "answered": answered}
    if ours := len(rows) - len(theirs):
        words = ngettext("Is asked %(n)s question", "Is asked %(n)s questions", ours)
        yield words % {"n": ours}


def _influences(person: Person) -> Iterator[str]:
    for row in person.influences.defer("text", "why"):
        words = _("Asked something of the terms of reference on %(day)s: %(outcome)s")
        said = {"day": on_screen(row.asked_on), "outcome": row.get_outcome_display().lower()}
        if row.outcome != Influence.Outcome.OPEN and row.told_on is None:
            words = _("Asked something of the terms on %(day)s: %(outcome)s, and not told yet")
        yield words % said
