"""For who writes down what family members said, and says who may read it."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.contributions import queries
from families.contributions.forms.writing import EditForm, ReadersForm, WriteForm, initial_of
from families.contributions.models import Contribution
from families.contributions.operations import readers, writing
from families.contributions.views.reading import one
from families.involvement.models import Contact
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.KEEP_CONTRIBUTIONS)
def contribution_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"contribution:{review.pk}:new"
    kept = restore_into(request, key) or {}
    token = {"token": secrets.token_hex(16)}
    form = WriteForm(
        posted(request), initial=_begun(request, review) | kept | token, user=request.user,
        review=review,
    )  # fmt: skip

    def act(by: Any, **said: Any) -> None:
        form.made = writing.write_down(review=review, by=by, **said)  # type: ignore[attr-defined]

    if carried_out(request, form, act, draft_key=key):
        made: Contribution = form.made  # type: ignore[attr-defined]
        messages.success(
            request,
            _("It is written down. Next, show it to %(person)s.") % {"person": made.person},
        )
        return redirect(made)
    context = {
        "review": review,
        "form": form,
        "heading": _("Write down what somebody said"),
        "button": _("Save"),
        "draft_key": key,
        "back": reverse("families:contributions", args=[review.pk]),
    }
    return render(request, "families/contributions/write.html", context)


def _begun(request: HttpRequest, review: Review) -> dict[str, Any]:
    """Of the person or the contact that the link names."""
    begun: dict[str, Any] = {"said_on": clock.today(), "said_to": str(request.user)}
    register = queries.register(request.user, review)
    person = request.GET.get("person", "")
    if person.isdecimal():
        begun["person"] = register.filter(pk=person).first()
    number = request.GET.get("contact", "")
    contacts = Contact.objects.filter(review=review, people__in=register)
    if number.isdecimal() and (contact := contacts.filter(pk=number).first()):
        begun |= {"contact": contact, "said_on": contact.on, "said_to": contact.by_whom}
        begun |= {"interpreter": contact.interpreter}
    return begun


@review_view(Permission.KEEP_CONTRIBUTIONS)
def contribution_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    key = f"contribution:{review.pk}:{pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = EditForm(posted(request), initial=initial, user=request.user, review=review)

    def act(**said: Any) -> None:
        writing.rewrite(contribution=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Saved. The earlier text is kept."),
        back=found.get_absolute_url(),
        template="families/contributions/write.html",
        review=review,
        heading=_("Change what was written down"),
        button=_("Save"),
        draft_key=key,
        was_checked=found.checks.exists(),
    )


@review_view(Permission.KEEP_CONTRIBUTIONS)
def contribution_readers(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = one(request, review, pk)
    initial = {"visibility": found.visibility, "version": found.version}
    form = ReadersForm(posted(request), initial=initial, contribution=found, user=request.user)

    def act(by: Any, **said: Any) -> None:
        readers.let_read(contribution=found, by=by, readers=said.pop("readers", ()), **said)

    return form_page(
        request,
        form,
        act,
        done=_("Saved. Whoever may read it newly is told."),
        back=found.get_absolute_url(),
        template="families/contributions/readers.html",
        review=review,
        it=found,
        named=found.readers.filter(ended_at__isnull=True).select_related("user", "by"),
        ended=found.readers.filter(ended_at__isnull=False).select_related("user", "ended_by"),
    )


@review_view(Permission.KEEP_CONTRIBUTIONS)
@require_POST
def contribution_reader_end(
    request: HttpRequest, review: Review, pk: int, reader: int
) -> HttpResponse:
    found = one(request, review, pk)
    row = get_object_or_404(found.readers, pk=reader)
    try:
        readers.end_reader(contribution=found, reader=row, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("%(who)s can't read it any more.") % {"who": row.user})
    if row.user_id == request.user.pk and not queries.readable(request.user, review).filter(pk=pk):
        return redirect("families:contributions", review.pk)
    return redirect("families:contribution_readers", review.pk, pk)
