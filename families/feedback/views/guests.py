"""The evaluation for the person themselves: no account, no name, nothing of the case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from families.feedback.forms import EvaluationForm
from families.feedback.operations import evaluating
from reviews.case.views.posting import posted
from scr_portal.guests import tokens
from scr_portal.guests.access import guest_view, restore_into
from scr_portal.guests.models import GuestLink, Purpose

FOLDER = "families/feedback"


@guest_view(Purpose.EVALUATION)
def guest_evaluation(request: HttpRequest, link: GuestLink) -> HttpResponse:
    form = EvaluationForm(posted(request), initial=restore_into(request, link))
    if form.is_valid():
        evaluating.answer_by_link(link=link, answers=form.answers)
        return redirect("families:guest_evaluation_sent", tokens.receipt_of(link))
    return render(request, f"{FOLDER}/guest_evaluation.html", {"link": link, "form": form})


@guest_view(Purpose.EVALUATION, receipt=True)
def guest_evaluation_sent(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """Without the answers: whoever goes back in this browser finds nothing to read."""
    return render(request, f"{FOLDER}/guest_sent.html", {"link": link})
