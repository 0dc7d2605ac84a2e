"""Planning a contact, and recording one that was made."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.contacts import ContactForm
from families.involvement.models import Contact, Refusal
from families.involvement.needs import plan_page
from families.involvement.operations import contacts as operations
from families.involvement.queries import contacts as queries
from families.involvement.queries.waiting import YES, next_offer
from families.involvement.rules import contacting
from families.people.models import Life, Person
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import CONFLICT, carried_out
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into

State = Contact.State
TEMPLATE = "families/involvement/contact_form.html"


@review_view(Permission.KEEP_FAMILY)
def contact_plan(request: HttpRequest, review: Review) -> HttpResponse:
    return _new(request, review, is_made=False)


@review_view(Permission.KEEP_FAMILY)
def contact_record(request: HttpRequest, review: Review) -> HttpResponse:
    return _new(request, review, is_made=True)


def _new(request: HttpRequest, review: Review, *, is_made: bool) -> HttpResponse:
    """First who it is with, so that what keeps them safe is read before anything is planned."""
    people = _chosen(request, review)
    if not people:
        return _choose(request, review, is_made)
    key = f"contact-{'made' if is_made else 'plan'}:{review.pk}:{_digest(people)}"
    initial = _initial(request, review, people, is_made) | (restore_into(request, key) or {})
    form = ContactForm(posted(request), people=people, is_made=is_made, initial=initial)
    made: list[Contact] = []

    def act(by: Any, token: str, **_unused: Any) -> None:
        given = form.said | {"review": review, "people": people, "token": token, "by": by}
        if is_made:
            given |= {"answers": form.answers, "not_asked_from": form.not_asked_from}
        made.append((operations.make if is_made else operations.plan)(**given))

    if carried_out(request, form, act, draft_key=key):
        return onwards(request, made[0])
    heading = _("Record a contact with %(who)s") if is_made else _("Get in touch with %(who)s")
    button = _("Save") if is_made else _("Plan it")
    return form_for(request, review, people, form, heading=heading, button=button, draft_key=key)


def _chosen(request: HttpRequest, review: Review) -> list[Person]:
    """Of the register alone: any other number in the address counts as not said."""
    pks = [int(pk) for pk in request.GET.getlist("person") if pk.isdecimal() and len(pk) < 10]
    return list(review.family.filter(pk__in=pks)) if pks else []


def _choose(request: HttpRequest, review: Review, is_made: bool) -> HttpResponse:
    never = {Life.UNBORN} if is_made else contacting.OUT_OF_REACH
    context = {
        "review": review,
        "people": list(review.family.exclude(life__in=never)),
        "is_made": is_made,
        "missed": "chosen" in request.GET,
    }
    return render(request, "families/involvement/contact_choose.html", context)


def _digest(people: Iterable[Person]) -> str:
    return sha256(",".join(str(person.pk) for person in people).encode()).hexdigest()[:16]


def _initial(
    request: HttpRequest, review: Review, people: Sequence[Person], is_made: bool
) -> dict[str, Any]:
    """As the offer that is repeated, else begun today by whoever types."""
    begun = {
        "token": secrets.token_hex(16),
        "on": clock.today() if is_made else None,
        "by_whom": str(request.user),
        "interpreter": queries.interpreter_for(people),
    }
    after = request.GET.get("after", "")
    last = after.isdecimal() and len(after) < 10 and review.contacts.filter(pk=after).first()
    if not last:
        return begun
    same = {name: getattr(last, name) for name in ("phase", "how", "by_whom", "where")}
    on = max(next_offer(last.on), clock.today())
    return begun | same | {"on": on, "is_offer": True, "interpreter": last.interpreter}


def form_for(
    request: HttpRequest,
    review: Review,
    people: Sequence[Person],
    form: Any,
    *,
    heading: str,
    is_past: bool = False,
    contact: Contact | None = None,
    **more: Any,
) -> HttpResponse:
    """``is_past``: a record is put right, against which nothing can stand any more.

    What came after the reason of ``contact`` was kept asks for another one.
    """
    stands = [] if is_past else _stands(request, people, form)
    if contact and contacting.unanswered(stands, contact):
        form.initial["despite"] = ""
    if not stands and not form["despite"].value() and not form.non_field_errors():
        del form.fields["despite"]
    context = {
        "review": review,
        "form": form,
        "care": queries.care_for(people),
        "stands": [each.reason for each in stands],
        "shut": any(each.absolute for each in stands),
        "heading": heading % {"who": contacting.named(people)},
        "back": reverse("families:contacts", args=[review.pk]),
    }
    status = CONFLICT if form.stale else 200
    return render(request, TEMPLATE, context | more, status=status)


def _stands(request: HttpRequest, people: Sequence[Person], form: Any) -> list[contacting.Obstacle]:
    """As the page opens; once it was sent, the summary of errors says what stands against it."""
    if request.method == "POST":
        return []
    begun = form.initial
    return contacting.against(
        people,
        on=on if isinstance(on := begun.get("on"), date) else clock.today(),
        is_offer=bool(begun.get("is_offer")),
        user=request.user,
        how=begun.get("how", ""),
    )


def onwards(request: HttpRequest, contact: Contact) -> HttpResponse:
    """An offer that brought no yes is repeated: the next one is begun, and may be left."""
    left = _without_yes(contact) if contact.is_offer and contact.state == State.MADE else []
    if not left:
        messages.success(request, _("The contact is on the record."))
        return redirect("families:contacts", contact.review_id)
    words = _("On the record. %(who)s: no yes so far. Plan the next offer here, or leave it.")
    messages.success(request, words % {"who": contacting.named(left)})
    return redirect(plan_page(*left, after=contact.pk))


def _without_yes(contact: Contact) -> list[Person]:
    refused = Refusal.objects.filter(review=contact.review_id, ended_on__isnull=True)
    rows = contact.with_people.exclude(answer__in=YES).exclude(person__in=refused.values("person"))
    alive = rows.exclude(person__life__in=contacting.OUT_OF_REACH)
    return [row.person for row in alive.select_related("person")]
