"""What becomes of a contact: made as planned, changed, called off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.contacts import CallOffForm, ContactForm, MadeForm, initial_of
from families.involvement.models import Contact
from families.involvement.operations import contacts as operations
from families.involvement.queries import contacts as queries
from families.involvement.rules import contacting
from families.involvement.views.contacting import form_for, onwards
from families.people.models import Person
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into

State = Contact.State


def _found(review: Review, pk: int) -> tuple[Contact, list[Person]]:
    found = get_object_or_404(queries.contacts(review, queries.Wanted()), pk=pk)
    return found, list(review.family.filter(contacts=found))


def _gone(request: HttpRequest, contact: Contact) -> HttpResponse:
    messages.info(request, _("This contact is not planned any more."))
    return redirect("families:contact", contact.review_id, contact.pk)


@review_view(Permission.KEEP_FAMILY)
def contact_made(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found, people = _found(review, pk)
    if found.state != State.PLANNED and request.method == "GET":
        return _gone(request, found)
    key = f"contact-came:{found.pk}"
    names = ("how", "is_offer", "note", "despite", "version")
    begun = {name: getattr(found, name) for name in names}
    begun["on"] = min(found.on, clock.today())
    form = MadeForm(
        posted(request), people=people, initial=begun | (restore_into(request, key) or {})
    )

    def act(by: Any, version: int, on: Any, note: str, despite: str, **_unused: Any) -> None:
        given = {"answers": form.answers, "not_asked_from": form.not_asked_from, "by": by}
        with_answers(
            operations.made,
            contact=found,
            version=version,
            on=on,
            note=note,
            despite=despite,
            **given,
        )

    if carried_out(request, form, act, draft_key=key):
        found.refresh_from_db()
        return onwards(request, found)
    heading = _("What came of the contact with %(who)s?")
    said: dict[str, Any] = {"heading": heading, "button": _("Save"), "draft_key": key}
    return form_for(request, review, people, form, contact=found, **said)


@review_view(Permission.KEEP_FAMILY)
def contact_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found, people = _found(review, pk)
    if found.state == State.CALLED_OFF:
        return _gone(request, found)
    is_made, key = found.state == State.MADE, f"contact:{found.pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = ContactForm(posted(request), people=people, is_made=is_made, initial=initial)
    del form.fields["token"]

    def act(by: Any, version: int | None, **_unused: Any) -> None:
        given = form.said | {"contact": found, "version": version or 0, "by": by}
        if is_made:
            given |= {"answers": form.answers, "not_asked_from": form.not_asked_from}
        with_answers(operations.change, **given)

    if carried_out(request, form, act, draft_key=key):
        messages.success(request, _("The contact is saved."))
        return redirect("families:contact", review.pk, found.pk)
    heading = _("Change the contact with %(who)s")
    said: dict[str, Any] = {"heading": heading, "button": _("Save"), "draft_key": key}
    return form_for(request, review, people, form, is_past=is_made, contact=found, **said)


def with_answers(act: Any, **given: Any) -> None:
    """After a lost race the page shows both sides, the answers among them."""
    try:
        act(**given)
    except Stale as lost:
        for row in lost.current.with_people.all():
            pk = row.person_id
            setattr(lost.current, f"answer_{pk}", row.answer)
            setattr(lost.current, f"get_answer_{pk}_display", row.get_answer_display)
            setattr(lost.current, f"words_{pk}", row.words)
            setattr(lost.current, f"not_asked_from_{pk}", None)
        raise


@review_view(Permission.KEEP_FAMILY)
def contact_call_off(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found, people = _found(review, pk)
    form = CallOffForm(posted(request), initial={"version": found.version})

    def act(**said: Any) -> None:
        operations.call_off(contact=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The contact is called off. It stays in the log."),
        back=reverse("families:contacts", args=[review.pk]),
        review=review,
        heading=_("Call off the contact with %(who)s") % {"who": contacting.named(people)},
        button=_("Call it off"),
    )
