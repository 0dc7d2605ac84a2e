"""What deciding, proceedings, safety and support say on the page of one person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import Safety
from families.involvement.queries import deciding
from families.involvement.rules import deciding as rules
from families.involvement.rules import proceedings
from families.involvement.rules.support import STILL_OPEN
from families.people.models import Person
from families.people.panels import Panel
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.dates import on_screen


def about_person(person: Person, user: Any) -> list[Panel]:
    if not user.has_perm(Permission.SEE_FAMILY, person.review):
        return []
    url = reverse("families:involved", args=[person.review_id, person.pk])
    lines = [*_decision(person), *_proceedings(person), *_safety(person), *_support(person)]
    nothing = _("Not considered yet") if rules.needs_decision(person) else ""
    return [Panel(_("Taking part"), url, lines, nothing)]


def _decision(person: Person) -> Iterator[str]:
    row = deciding.ledger(person).first()
    if row is None:
        return
    words = _("%(choice)s, decided on %(day)s")
    yield words % {"choice": row.get_choice_display(), "day": on_screen(row.decided_on)}
    if rules.is_due(row, clock.today(), person.standings.all()):
        yield _("The decision is to be looked at again")


def _proceedings(person: Person) -> Iterator[str]:
    leave = proceedings.contact_allowed(
        person.standings.all(), person.consultations.all(), clock.today()
    )
    if not leave.allowed:
        yield str(leave.words)


def _safety(person: Person) -> Iterator[str]:
    row = Safety.objects.filter(person=person).first()
    if row is None:
        return
    if row.no_letters:
        yield _("Never write letters to them")
    elif row.letters_do_not_suit:
        yield _("Letters do not suit this person")
    if row.safe_channels or row.safe_times or row.not_told:
        yield _("Read the safety instructions before you get in touch")


def _support(person: Person) -> Iterator[str]:
    if n := person.supports.filter(state__in=STILL_OPEN).count():
        words = ngettext("%(n)s support to be arranged", "%(n)s supports to be arranged", n)
        yield words % {"n": n}
