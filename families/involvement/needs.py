"""What a family waits for, as lines of the first page: pseudonyms, and no word of anybody's."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import Influence
from families.involvement.queries import waiting
from families.involvement.rules.contacting import named
from families.people.models import Person
from reviews.case.needs import Need
from scr_portal.core.dates import on_screen


def all_of(reviews: Any, today: date) -> list[Need]:
    """Seven statements whatever the number of reviews."""
    return [
        *to_reach(reviews, today),
        *_planned(reviews, today),
        *_promised(reviews, today),
        *_to_answer(reviews),
        *_to_settle(reviews),
    ]


def to_reach(reviews: Any, today: date) -> list[Need]:
    """Who has heard of nobody for too long, and to whom it is time to offer it again."""
    silent = list(waiting.silent(reviews, today))
    pks = {person.pk for person in silent}
    offers = [row for row in waiting.to_offer_again(reviews, today) if row.person_id not in pks]
    return [_silent(person, today) for person in silent] + [_offer(row) for row in offers]


def _silent(person: Any, today: date) -> Need:
    words = _("Nobody has been in touch with %(person)s yet")
    said = {"person": person.pseudonym}
    if person.last:
        weeks = (today - person.last).days // 7
        said["n"] = str(apnumber(weeks))
        words = ngettext(
            "Nobody has been in touch with %(person)s for %(n)s week",
            "Nobody has been in touch with %(person)s for %(n)s weeks",
            weeks,
        )
    return Need(
        text=words % said,
        url=plan_page(person),
        due=(person.last or person.invited_on) + waiting.SILENT_AFTER,
        review=person.review,
    )


def _offer(row: Any) -> Need:
    return Need(
        text=_("Offer %(person)s again to take part") % {"person": row.person.pseudonym},
        url=plan_page(row.person, after=row.contact_id),
        due=waiting.next_offer(row.contact.on),
        review=row.review,
    )


def plan_page(*people: Person, after: int | None = None) -> str:
    """``after``: the offer that this one repeats."""
    query = [("person", person.pk) for person in people]
    query += [("after", after)] if after else []
    url = reverse("families:contact_plan", args=[people[0].review_id])
    return f"{url}?{urlencode(query)}"


def _planned(reviews: Any, today: date) -> Iterator[Need]:
    for contact in waiting.planned_by(reviews, today + waiting.SOON):
        words = _("Get in touch with %(who)s as planned: %(phase)s")
        if contact.on < today:
            words = _("Say what came of the contact planned with %(who)s: %(phase)s")
        said = {
            "who": named([row.person for row in contact.with_people.all()]),
            "phase": str(contact.get_phase_display()).lower(),
        }
        url = reverse("families:contact", args=[contact.review_id, contact.pk])
        yield Need(text=words % said, url=url, due=contact.on, review=contact.review)


def _promised(reviews: Any, today: date) -> Iterator[Need]:
    for row in waiting.promised_by(reviews, today + waiting.SOON):
        words = _("Keep the promise to %(person)s of %(day)s")
        yield Need(
            text=words % {"person": row.person.pseudonym, "day": on_screen(row.promised_on)},
            url=reverse("families:contacts", args=[row.review_id]) + f"#promise-{row.pk}",
            due=row.due_on,
            review=row.review,
        )


def _to_answer(reviews: Any) -> Iterator[Need]:
    for row in waiting.unanswered(reviews):
        asked = row.asked_on or localdate(row.at)
        yield Need(
            text=_("Answer the question of %(person)s") % {"person": row.person.pseudonym},
            url=reverse("families:question_answer", args=[row.review_id, row.pk]),
            due=asked + waiting.ANSWERED_WITHIN,
            review=row.review,
        )


def _to_settle(reviews: Any) -> Iterator[Need]:
    for row in waiting.unsettled(reviews):
        is_open = row.outcome == Influence.Outcome.OPEN
        words = _("Weigh what %(person)s asked of the terms of reference")
        if not is_open:
            words = _("Tell %(person)s what became of what they asked of the terms of reference")
        page = "families:influence_weigh" if is_open else "families:influence_told"
        yield Need(
            text=words % {"person": row.person.pseudonym},
            url=reverse(page, args=[row.review_id, row.pk]),
            due=(row.settled_on or row.asked_on) + waiting.ANSWERED_WITHIN,
            review=row.review,
        )
