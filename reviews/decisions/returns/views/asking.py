"""The business unit asks agencies, gives more time, sends again, gives up, writes down."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.returns import rules
from reviews.decisions.returns.forms.answering import AnswerForm, ConfirmForm, NothingForm
from reviews.decisions.returns.forms.asking import AskForm, DueForm, GiveUpForm, NoticeForm
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering
from reviews.decisions.returns.operations import asking as operations
from reviews.decisions.returns.operations.form import questions_of
from reviews.permissions import Permission
from scr_portal.accounts.views.parts import attempt
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.restoring import restore_into

FOLDER = "reviews/decisions/returns"
PAGE = {AgencyReturn: "reviews:return", PreservationNotice: "reviews:preservation"}


def _sent(request: HttpRequest, form: Any, act: Callable[..., Any], key: str = "") -> bool:
    """Whether the form was sent and carried out; its draft is gone then."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    drafts.discard(user=request.user, key=key)
    return True


def _closed(request: HttpRequest, review: Review) -> HttpResponse | None:
    if reason := rules.against_asking(review):
        messages.info(request, reason)
        return redirect("reviews:information", review.pk)
    return None


@review_view(Permission.EDIT)
def returns_ask(request: HttpRequest, review: Review) -> HttpResponse:
    if closed := _closed(request, review):
        return closed
    key = f"returns:{review.pk}"
    form = AskForm(
        posted(request),
        review=review,
        rows=AgencyReturn.objects.filter(review=review).order_by("pk"),
        initial={"due_on": rules.due_by_default("return", review)}
        | (restore_into(request, key) or {}),
    )
    said = form.cleaned_data if form.is_valid() else {}

    def act() -> None:
        operations.ask_returns(review=review, to=said["to"], due_on=said["due_on"], by=request.user)

    if _sent(request, form, act, key):
        messages.success(request, _("Asked. Each of them has been told."))
        return redirect("reviews:information", review.pk)
    context = {
        "review": review,
        "form": form,
        "draft_key": key,
        "questions": questions_of(review.board),
    }
    return render(request, f"{FOLDER}/ask.html", context)


@review_view(Permission.EDIT)
def preservation_send(request: HttpRequest, review: Review) -> HttpResponse:
    if closed := _closed(request, review):
        return closed
    key = f"preservation:{review.pk}"
    form = NoticeForm(
        posted(request),
        review=review,
        rows=PreservationNotice.objects.filter(review=review, ended_at__isnull=True),
        initial={
            "due_on": rules.due_by_default("preservation", review),
            "text": rules.notice_text(),
        }
        | (restore_into(request, key) or {}),
    )
    said = form.cleaned_data if form.is_valid() else {}

    def act() -> None:
        names = ("to", "due_on", "text")
        operations.send_notices(
            review=review, by=request.user, **{name: said[name] for name in names}
        )

    if _sent(request, form, act, key):
        messages.success(request, _("Sent. Each of them has been told."))
        return redirect("reviews:information", review.pk)
    context = {"review": review, "form": form, "draft_key": key}
    return render(request, f"{FOLDER}/preserve.html", context)


Model = type[AgencyReturn] | type[PreservationNotice]


def _find(model: Model, review: Review, pk: int) -> Any:
    rows: Any = model.objects.select_related("agency", "link")
    row = get_object_or_404(rows, review=review, pk=pk)
    row.review = review
    return row


def _back(row: Any) -> HttpResponse:
    return redirect(PAGE[type(row)], row.review_id, row.pk)


@review_view(Permission.EDIT)
def due(request: HttpRequest, review: Review, pk: int, model: Model) -> HttpResponse:
    row = _find(model, review, pk)
    form = DueForm(posted(request), initial={"due_on": row.due_on})

    def act() -> None:
        operations.move_due(asked=row, by=request.user, **form.cleaned_data)

    if _sent(request, form, act):
        messages.success(request, _("The day has been changed. Reminders begin afresh."))
        return _back(row)
    context = {"review": review, "form": form, "row": row, "back": PAGE[model]}
    return render(request, f"{FOLDER}/due.html", context)


@review_view(Permission.EDIT)
@require_POST
def send_again(request: HttpRequest, review: Review, pk: int, model: Model) -> HttpResponse:
    row = _find(model, review, pk)
    after = request.POST.get("after", "")
    number = int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else 0
    attempt(
        request,
        lambda: operations.send_again(asked=row, by=request.user, after=number),
        _("The link goes out again now"),
    )
    return _back(row)


def _give_up(request: HttpRequest, review: Review, row: Any, how: Any, template: str) -> Any:
    form = GiveUpForm(posted(request))

    def act() -> None:
        how(asked=row, by=request.user, **form.cleaned_data)

    if _sent(request, form, act):
        messages.success(request, _("Nobody waits for it any more"))
        return _back(row)
    context = {"review": review, "form": form, "row": row, "back": PAGE[type(row)]}
    return render(request, f"{FOLDER}/{template}", context)


@review_view(Permission.EDIT)
def withdraw(request: HttpRequest, review: Review, pk: int, model: Model) -> HttpResponse:
    row = _find(model, review, pk)
    return _give_up(request, review, row, operations.withdraw, "withdraw.html")


@review_view(Permission.EDIT)
def not_returned(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _find(AgencyReturn, review, pk)
    return _give_up(request, review, row, operations.give_up_return, "not_returned.html")


@review_view(Permission.EDIT)
def return_write_down(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _find(AgencyReturn, review, pk)
    if not row.is_waiting:
        return _back(row)
    key = f"write-down:{row.pk}"
    nothing = NothingForm(posted(request) if "nothing-name" in request.POST else None)
    data = None if nothing.is_bound else posted(request)
    form = AnswerForm(data, initial=restore_into(request, key), questions=row.questions)
    form.fields["answered_name"].label = _("Who said it, and when")
    nothing.fields["name"].label = _("Who said it, and when")
    sent: Any = nothing if nothing.is_bound else form

    def act() -> None:
        answering.write_down(asked=row, said=sent.said, by=request.user)

    if _sent(request, sent, act, key):
        messages.success(request, _("Written down"))
        return _back(row)
    context = {"review": review, "form": form, "nothing": nothing, "row": row, "draft_key": key}
    return render(request, f"{FOLDER}/write_down.html", context)


@review_view(Permission.EDIT)
def preservation_write_down(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _find(PreservationNotice, review, pk)
    form = ConfirmForm(posted(request))
    form.fields["name"].label = _("Who said it, and when")

    def act() -> None:
        answering.write_down(asked=row, said=form.said, by=request.user)

    if _sent(request, form, act):
        messages.success(request, _("Written down"))
        return _back(row)
    back = PAGE[PreservationNotice]
    context = {"review": review, "form": form, "row": row, "back": back}
    return render(request, f"{FOLDER}/preservation_write_down.html", context)
