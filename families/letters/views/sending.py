"""What leaves: the file, the record that it was sent, and what came back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.involvement.rules import contacting
from families.letters import rules
from families.letters.forms.letters import ReplyForm, SendForm
from families.letters.models import Kind, Letter
from families.letters.operations import sending as operations
from families.letters.views.letters import FOLDER, find, own_draft
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.core import clock, sheet
from scr_portal.core.paper import KINDS


@review_view(Permission.SEE_NAMES)
@require_POST
def letter_file(request: HttpRequest, review: Review, pk: int, kind: str) -> HttpResponse:
    """PDF or Word. It holds real names, so it comes in answer to a POST and is in the history."""
    found = find(review, pk)
    mine = found.written_by_id == request.user.pk
    if kind not in KINDS or found.dropped_at or (found.is_draft and not mine):
        raise Http404
    if not request.user.has_perm(Permission.EXPORT, review):
        raise PermissionDenied
    response = sheet.response(rules.sheet_of(found), kind, what=f"letter-{found.pk}")
    operations.downloaded(letter=found, kind=kind, by=request.user)
    return response


@review_view(Permission.KEEP_FAMILY)
def letter_send(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """Record that it has gone. It can't be changed after that."""
    found = own_draft(request, review, pk)
    if request.method == "GET" and not found.is_draft:
        return redirect(found)
    findings = operations.found_in(found)
    against = _against(found, request.user)
    # What stood against it on the day that it went is known once that day is said.
    is_sent = request.method == "POST"
    asks_why = is_sent or bool(against) or any(each.asks_why for each in findings)
    initial = {"version": found.version}
    form = SendForm(posted(request), initial=initial, asks_why=asks_why)

    def act(**said: Any) -> None:
        operations.send(letter=found, **said)

    if carried_out(request, form, act):
        messages.success(request, _("The letter is recorded as sent, and stands."))
        return redirect(found)
    context = {
        "review": review,
        "letter": found,
        "form": form,
        "findings": findings,
        "against": against,
        "stopped": any(each.blocks for each in findings),
    }
    return render(request, f"{FOLDER}/send.html", context)


def _against(letter: Letter, user: Any) -> list[contacting.Obstacle]:
    """Against getting in touch at all; what is about letters themselves the checks say."""
    return contacting.against(
        [letter.person], on=clock.today(), is_offer=letter.kind == Kind.INVITATION, user=user
    )


@review_view(Permission.KEEP_FAMILY)
def letter_reply(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = find(review, pk)
    form = ReplyForm(posted(request))

    def act(**said: Any) -> None:
        operations.record_reply(letter=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The reply is recorded."),
        back=found.get_absolute_url(),
        review=review,
        heading=_("Reply to a letter to %(person)s") % {"person": found.person},
        button=_("Record the reply"),
        intro=_(
            "In short, what they said to the letter. Whether they said yes or no belongs under "
            "Contacts as well, and what they told about the child under Contributions."
        ),
    )
