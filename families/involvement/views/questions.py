"""What the family asks, what it is asked, and what it asked of the terms: one page."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.forms.focus import AnswerForm, QuestionForm, initial_of
from families.involvement.models import FamilyQuestion
from families.involvement.operations import focus as operations
from families.involvement.queries import focus as queries
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into

Direction = FamilyQuestion.Direction


@review_view(Permission.SEE_FAMILY)
def questions(request: HttpRequest, review: Review) -> HttpResponse:
    found = queries.questions(review)
    context = {
        "review": review,
        "theirs": [row for row in found if row.direction == Direction.THEIRS],
        "ours": [row for row in found if row.direction == Direction.OURS],
        "influences": list(queries.influences(review)),
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
        "nobody": not review.family.exists(),
    }
    return render(request, "families/involvement/questions.html", context)


def _found(review: Review, pk: int) -> FamilyQuestion:
    return get_object_or_404(review.familyquestions.select_related("person"), pk=pk)


def _back(review: Review, direction: str) -> str:
    return reverse("families:questions", args=[review.pk]) + f"#{direction}"


@review_view(Permission.KEEP_FAMILY)
def question_new(request: HttpRequest, review: Review, direction: str) -> HttpResponse:
    if direction not in Direction.values:
        raise Http404
    key = f"family-question:{review.pk}:{direction}"
    theirs = direction == Direction.THEIRS
    begun = {
        "token": secrets.token_hex(16),
        "people": request.GET.getlist("person"),
        "asked_on": clock.today() if theirs else None,
    }
    form = QuestionForm(
        posted(request),
        initial=begun | (restore_into(request, key) or {}),
        review=review,
        direction=direction,
    )

    def act(**said: Any) -> None:
        operations.ask(review=review, direction=direction, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The question is on the record."),
        back=_back(review, direction),
        review=review,
        heading=_("What do they want to know?") if theirs else _("What is to be asked?"),
        intro="" if theirs else _("Agree it with the lead reviewer before anybody is asked."),
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def question_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    key = f"family-question:{review.pk}:{found.pk}"
    form = QuestionForm(
        posted(request),
        initial=initial_of(found, "text", "asked_on") | (restore_into(request, key) or {}),
        review=review,
        direction=found.direction,
        is_new=False,
    )

    def act(**said: Any) -> None:
        operations.change_question(question=found, **said)

    who = {"person": found.person.pseudonym}
    theirs = found.direction == Direction.THEIRS
    return form_page(
        request,
        form,
        act,
        done=_("The question is saved."),
        back=_back(review, found.direction),
        review=review,
        heading=(_("A question of %(person)s") if theirs else _("A question to %(person)s")) % who,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def question_answer(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _found(review, pk)
    if found.direction != Direction.THEIRS:
        raise Http404
    key = f"family-answer:{found.pk}"
    begun = initial_of(found, "answer")
    begun["answered_on"] = found.answered_on or clock.today()
    form = AnswerForm(posted(request), initial=begun | (restore_into(request, key) or {}))

    def act(**said: Any) -> None:
        operations.answer(question=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The answer is on the record."),
        back=_back(review, found.direction),
        review=review,
        heading=_("The answer to %(person)s") % {"person": found.person.pseudonym},
        intro=found.text,
        button=_("Save"),
        draft_key=key,
    )
