"""Asking members, what they answered, and the one page that a member sees."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import asked_view, review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice import queries, rules
from reviews.decisions.advice.forms import AnswerForm, AskForm, GiveUpForm
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.advice.operations import inputs as operations
from reviews.decisions.advice.views.saving import saved
from reviews.permissions import Permission
from scr_portal.drafts.restoring import restore_into


def _inputs(request: HttpRequest, review: Review, about: str) -> HttpResponse:
    rows = list(queries.inputs_of(review, about))
    return render(
        request,
        "reviews/decisions/advice/inputs.html",
        {
            "review": review,
            "heading": rules.HEADINGS[about],
            "asked": rows,
            "answered": [row for row in rows if row.answered_at],
            "waiting": [row for row in rows if row.is_waiting],
            "may_give_up": request.user.has_perm(Permission.EDIT, review),
            "ask_page": rules.ASK_PAGES[about],
            "closed": _closed(review, about),
        },
    )


def _closed(review: Review, about: str) -> str:
    return rules.against_advising(review) if about == rules.About.DECISION else ""


def _ask(request: HttpRequest, review: Review, about: str) -> HttpResponse:
    if closed := _closed(review, about):
        messages.info(request, closed)
        return redirect(rules.PAGES[about], review.pk)
    key = f"ask-{about}:{review.pk}"
    kept = restore_into(request, key)
    form = AskForm(posted(request), initial=kept, review=review, about=about)

    def act(by: Any, **_unused: Any) -> None:
        operations.ask(review=review, about=about, by=by, **form.said)

    if saved(request, form, key, act):
        messages.success(request, _("Asked. Each of them has been told."))
        return redirect(rules.PAGES[about], review.pk)
    context = {
        "review": review,
        "form": form,
        "draft_key": key,
        "heading": rules.HEADINGS[about],
        "back": rules.PAGES[about],
    }
    return render(request, "reviews/decisions/advice/ask.html", context)


@review_view(Permission.EDIT, Permission.SIGN)
def inputs(request: HttpRequest, review: Review) -> HttpResponse:
    return _inputs(request, review, rules.About.DECISION)


@review_view(Permission.EDIT, Permission.SIGN)
def inputs_ask(request: HttpRequest, review: Review) -> HttpResponse:
    return _ask(request, review, rules.About.DECISION)


@review_view(Permission.WRITE_SCOPE, Permission.SIGN)
def terms_inputs(request: HttpRequest, review: Review) -> HttpResponse:
    return _inputs(request, review, rules.About.TERMS)


@review_view(Permission.WRITE_SCOPE, Permission.SIGN)
def terms_inputs_ask(request: HttpRequest, review: Review) -> HttpResponse:
    return _ask(request, review, rules.About.TERMS)


@review_view(Permission.EDIT)
def input_give_up(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(InputRequest.objects.select_related("user"), review=review, pk=pk)
    form = GiveUpForm(posted(request))

    def act(by: Any, reason: str) -> None:
        operations.give_up(asked=found, by=by, reason=reason)

    if saved(request, form, f"give-up:{pk}", act):
        messages.success(request, _("Nobody waits for it any more."))
        return redirect(rules.PAGES[found.about], review.pk)
    context = {"review": review, "form": form, "asked": found, "back": rules.PAGES[found.about]}
    return render(request, "reviews/decisions/advice/give_up.html", context)


@asked_view(Permission.GIVE_INPUT)
def input_answer(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """All that a member sees: the question, what they may know, and their own answer."""
    found = queries.asked_of(request.user, review, pk)
    if found is None:
        raise Http404
    key = f"input:{found.pk}"
    kept = restore_into(request, key) if found.is_waiting else None
    form = AnswerForm(posted(request), initial={"version": found.version} | (kept or {}))

    def act(by: Any, **said: Any) -> None:
        operations.answer(asked=found, by=by, **said)

    if saved(request, form, key, act):
        messages.success(request, _("Thank you. Your answer has been sent."))
        return redirect(found)
    context = {"review": review, "form": form, "asked": found, "draft_key": key}
    return render(request, "reviews/decisions/advice/answer.html", context)
