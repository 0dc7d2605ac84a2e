"""What somebody with an account sees who was asked for an agency: their own, and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import asked_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.returns import papers, queries, tables
from reviews.decisions.returns.forms.answering import AnswerForm, ConfirmForm, NothingForm
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering as operations
from reviews.decisions.returns.rules import Said
from reviews.decisions.returns.views import typed as steps
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import paper, typed
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.queries import restore
from scr_portal.drafts.restoring import restore_into

FOLDER = "reviews/decisions/returns"


def _own(request: HttpRequest, model: Any, review: Review, pk: int) -> Any:
    found = queries.own(model, request.user, review, pk)
    if found is None:
        raise Http404
    return found


def _key(row: Any) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _send(request: HttpRequest, row: Any, said: Said) -> HttpResponse:
    """A second click, or a page of before, is led to what was sent."""
    try:
        operations.answer(asked=row, said=said, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.info(request, str(reason))
    else:
        messages.success(request, _("Thank you. It has been sent."))
    drafts.discard(user=request.user, key=_key(row))
    return redirect(row)


@asked_view(Permission.ANSWER_REQUESTS)
def return_answer(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _own(request, AgencyReturn, review, pk)
    if row.answered_at:
        context = {"review": review, "row": row, "answers": tables.answers(row)}
        return render(request, f"{FOLDER}/answered.html", context)
    nothing = NothingForm(posted(request) if "nothing-name" in request.POST else None)
    if nothing.is_valid():
        return _send(request, row, nothing.said)
    data = None if nothing.is_bound else posted(request)
    initial = {"answered_name": str(request.user)} | (restore_into(request, _key(row)) or {})
    form = AnswerForm(data, initial=initial, questions=row.questions)
    if data is not None and _kept(request, row, form) and form.is_valid():
        return redirect("reviews:return_check", review.pk, row.pk)
    if not nothing.is_bound:
        nothing.initial["name"] = str(request.user)
    context = {
        "review": review,
        "row": row,
        "form": form,
        "nothing": nothing,
        "draft_key": _key(row),
    }
    return render(request, f"{FOLDER}/answer.html", context)


def _kept(request: HttpRequest, row: AgencyReturn, form: AnswerForm) -> bool:
    fields = typed.posted(request.POST)
    try:
        drafts.save(user=request.user, key=_key(row), fields=fields, review=row.review)
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    return True


@asked_view(Permission.ANSWER_REQUESTS)
def return_check(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _own(request, AgencyReturn, review, pk)
    form = steps.checked_form(row, restore(request.user, _key(row)))
    if row.answered_at or form is None:
        return redirect(row)
    digest = steps.digest(form)
    if request.method == "POST" and request.POST.get("digest") == digest:
        return _send(request, row, form.said)
    context = {
        "review": review,
        "row": row,
        "rows": steps.rows(form, row.get_absolute_url()),
        "digest": digest,
        "changed": request.method == "POST",
    }
    return render(request, f"{FOLDER}/check.html", context)


@asked_view(Permission.ANSWER_REQUESTS)
def return_copy(request: HttpRequest, review: Review, pk: int, kind: str) -> HttpResponse:
    row = _own(request, AgencyReturn, review, pk)
    if not row.answered_at:
        raise Http404
    response = paper.response(papers.of_return(row), kind, what="return")
    audit.record(kind=audit.Event.DOWNLOADED, by=request.user, target=row)
    return response


@asked_view(Permission.ANSWER_REQUESTS)
def preservation_acknowledge(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _own(request, PreservationNotice, review, pk)
    if row.answered_at:
        return render(request, f"{FOLDER}/acknowledged.html", {"review": review, "row": row})
    initial = {"name": str(request.user)} | (restore_into(request, _key(row)) or {})
    form = ConfirmForm(posted(request), initial=initial)
    if form.is_valid():
        return _send(request, row, form.said)
    context = {"review": review, "row": row, "form": form, "draft_key": _key(row)}
    return render(request, f"{FOLDER}/acknowledge.html", context)
