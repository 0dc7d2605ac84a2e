"""Asking a person how it was, showing the link once, and writing down what came back on paper."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from families.feedback import papers, queries
from families.feedback.forms import AskForm, EvaluationForm
from families.feedback.models import Evaluation
from families.feedback.operations import evaluating
from families.feedback.operations.evaluating import How
from families.feedback.views.afterwards import FOLDER, page_of
from families.involvement.models import Safety
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into
from scr_portal.guests import tokens


@review_view(Permission.KEEP_FAMILY)
@never_cache
def evaluation_ask(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    """The link shows in the answer to this POST alone, and no more once somebody opened it."""
    found = get_object_or_404(queries.people_of(review), pk=person)
    form = AskForm(posted(request), initial={"token": secrets.token_hex(16)})
    asked: list[Evaluation] = []

    def act(**said: Any) -> None:
        asked.append(evaluating.ask(review=review, person=found, **said))

    if carried_out(request, form, act):
        return _asked(request, review, asked[0], form.cleaned_data["how"])
    context = {
        "review": review,
        "form": form,
        "person": found,
        "safety": Safety.objects.filter(person=found).first(),
        "back": page_of(review),
    }
    return render(request, f"{FOLDER}/ask.html", context)


def _asked(request: HttpRequest, review: Review, row: Evaluation, how: str) -> HttpResponse:
    path = tokens.path_of(row.link) if row.link and how == How.LINK else None
    if path and row.state == "waiting" and row.link and row.link.opened_at is None:
        context = {"review": review, "link": row.link, "url": settings.PORTAL_URL + path}
        return render(request, f"{FOLDER}/link_sheet.html", context)
    said = {
        How.LINK.value: _("The link was shown already. If it is lost, withdraw it and ask again."),
        How.EMAIL.value: _("The link is on its way."),
        How.PAPER.value: _("Print the form, and write the answers down when it comes back."),
    }
    messages.success(request, said[how])
    return redirect(page_of(review))


@review_view(Permission.KEEP_FAMILY)
@require_safe
def evaluation_paper(request: HttpRequest, review: Review) -> HttpResponse:
    audit.record(
        kind=audit.Event.DOWNLOADED, by=request.user, target=review, label=_("an empty form")
    )
    return papers.empty_form()


def _found(request: HttpRequest, review: Review, pk: int) -> Evaluation:
    row = queries.evaluation_of(pk, review, request.user)
    if row is None:
        raise Http404
    return row


@review_view(Permission.SEE_FAMILY)
@require_safe
def evaluation(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _found(request, review, pk)
    if row.answered_at is None:
        return redirect(page_of(review))
    context = {"review": review, "row": row, "back": page_of(review)}
    return render(request, f"{FOLDER}/evaluation.html", context)


@review_view(Permission.KEEP_FAMILY)
@require_POST
def evaluation_withdraw(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    try:
        evaluating.withdraw(evaluation=_found(request, review, pk), by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The link opens nothing any more."))
    return redirect(page_of(review))


@review_view(Permission.KEEP_FAMILY)
def evaluation_write_down(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _found(request, review, pk)
    key = f"family-evaluation:{review.pk}:{row.pk}"
    form = EvaluationForm(posted(request), initial=restore_into(request, key) or {})

    def act(by: Any, **_unused: Any) -> None:
        evaluating.write_down(evaluation=row, answers=form.answers, by=by)

    return form_page(
        request,
        form,
        act,
        done=_("Their answers are on the record."),
        back=page_of(review),
        review=review,
        heading=_("Write down what %(person)s says") % {"person": row.person},
        intro=_(
            "In their own words, as they stand on the paper or as you heard them. Your name stands "
            "beside them. Leave empty what they left empty."
        ),
        button=_("Save"),
        draft_key=key,
    )
