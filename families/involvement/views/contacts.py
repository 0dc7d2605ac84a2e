"""The log of contacts, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from families.involvement import needs
from families.involvement.models import Contact, Phase
from families.involvement.queries import contacts as queries
from families.involvement.rules import contacting
from families.people.models import Person
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock


@review_view(Permission.SEE_FAMILY)
def contacts(request: HttpRequest, review: Review) -> HttpResponse:
    """What is planned and promised on top, then what was done, the newest first."""
    wanted = queries.Wanted.from_query(request.GET)
    may_keep = request.user.has_perm(Permission.KEEP_FAMILY, review)
    people = list(review.family.all())
    planned = list(queries.planned(review, wanted))
    promises = list(queries.promises(review, wanted))
    refusals, is_open = list(queries.refusals(review)), review.stage != Stage.CLOSED
    page = Paginator(queries.done(review, wanted), queries.PER_PAGE)
    context = {
        "review": review,
        "may_keep": may_keep,
        "people": people,
        "wanted": wanted,
        "filters": _filters(people, wanted),
        "planned": _with_obstacles(request.user, people, planned) if may_keep else planned,
        "open_promises": [row for row in promises if not (row.kept_on or row.given_up_on)],
        "settled_promises": [row for row in promises if row.kept_on or row.given_up_on],
        "refusals": refusals,
        "to_ask": _to_ask(people, {row.person_id for row in refusals}) if may_keep else [],
        "page": page.get_page(request.GET.get("page")),
        "needs": needs.to_reach([review.pk], clock.today()) if may_keep and is_open else [],
    }
    return render(request, "families/involvement/contacts.html", context)


def _to_ask(people: list[Person], refused: set[int]) -> list[Person]:
    alive = [person for person in people if person.life not in contacting.OUT_OF_REACH]
    return [person for person in alive if person.pk not in refused]


def _filters(people: list[Person], wanted: queries.Wanted) -> list[dict[str, Any]]:
    named = [(str(person.pk), person.pseudonym) for person in people]
    states = [each for each in Contact.State.choices if each[0] != Contact.State.PLANNED]
    asked = [
        ("person", _("With whom"), _("Everybody"), named, str(wanted.person or "")),
        ("phase", _("What for"), _("Everything"), Phase.choices, wanted.phase),
        ("state", _("State"), _("Any"), states, wanted.state),
    ]
    return [
        {"name": name, "label": label, "empty": empty, "chosen": chosen, "options": options}
        for name, label, empty, options, chosen in asked
    ]


def _with_obstacles(user: Any, people: list[Person], rows: list[Contact]) -> list[Contact]:
    """Something may stand against a contact that nothing stood against when it was planned."""
    if not rows:
        return rows
    record, by_pk = contacting.known(people), {person.pk: person for person in people}
    for row in rows:
        found = contacting.obstacles(
            [by_pk[each.person_id] for each in row.with_people.all()],
            record,
            on=row.on,
            is_offer=row.is_offer,
            user=user,
            how=row.how,
        )
        left = contacting.unanswered(found, row)
        row.obstacles = [each.reason for each in left]  # type: ignore[attr-defined]
    return rows


@review_view(Permission.SEE_FAMILY)
def contact(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.contacts(review, queries.Wanted()), pk=pk)
    people = list(review.family.filter(contacts=found))
    may_keep = request.user.has_perm(Permission.KEEP_FAMILY, review)
    is_planned = found.state == Contact.State.PLANNED
    context = {
        "review": review,
        "contact": found,
        "who": contacting.named(people),
        "may_keep": may_keep,
        "care": queries.care_for(people) if may_keep and is_planned else [],
    }
    if may_keep and is_planned:
        _with_obstacles(request.user, people, [found])
    return render(request, "families/involvement/contact.html", context)
