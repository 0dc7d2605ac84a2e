"""The same two forms for somebody without an account, who sees what they typed and no more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reviews.case.views.posting import posted
from reviews.decisions.returns import papers, tables
from reviews.decisions.returns.forms.answering import AnswerForm, ConfirmForm, NothingForm
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations import answering as operations
from reviews.decisions.returns.rules import Said
from reviews.decisions.returns.views import typed as steps
from scr_portal.audit import operations as audit
from scr_portal.core import paper, typed
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests import tokens
from scr_portal.guests.access import guest_view, restore_into
from scr_portal.guests.models import GuestLink, Purpose

FOLDER = "reviews/decisions/returns"
SENT = {AgencyReturn: "reviews:guest_return_sent", PreservationNotice: "reviews:guest_notice_sent"}


def _asked(model: Any, link: GuestLink) -> Any:
    row = model.objects.select_related("review__board", "agency").filter(link=link).first()
    if row is None:
        raise guests.LinkClosed
    return row


def _send(model: Any, link: GuestLink, said: Said) -> HttpResponse:
    operations.answer_by_link(model=model, link=link, said=said)
    return redirect(SENT[model], tokens.receipt_of(link))


@guest_view(Purpose.RETURN)
def guest_return(request: HttpRequest, link: GuestLink) -> HttpResponse:
    row = _asked(AgencyReturn, link)
    nothing = NothingForm(posted(request) if "nothing-name" in request.POST else None)
    if nothing.is_valid():
        return _send(AgencyReturn, link, nothing.said)
    data = None if nothing.is_bound else posted(request)
    initial = {"answered_name": link.recipient_name} | restore_into(request, link)
    form = AnswerForm(data, initial=initial, questions=row.questions)
    if data is not None and _kept(request, link, form) and form.is_valid():
        return redirect("reviews:guest_return_check", link.token)
    if not nothing.is_bound:
        nothing.initial["name"] = link.recipient_name
    context = {"link": link, "row": row, "form": form, "nothing": nothing}
    return render(request, f"{FOLDER}/guest_answer.html", context)


def _kept(request: HttpRequest, link: GuestLink, form: AnswerForm) -> bool:
    """A second window is told, and sees what the first one kept; its next save has read it."""
    fields = typed.posted(request.POST)
    version, _part = str(fields.pop("version", "")), fields.pop("part", "")
    number = int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0
    try:
        saved = guests.save_draft(link=link, version=number, fields=fields)
        # A page that comes back with errors has read what was kept just now.
        link.draft_version, link.draft_saved_at = saved.draft_version, saved.draft_saved_at
    except guests.LinkClosed:
        raise
    except Refused as refused:
        form.add_error(None, refused.as_error())
        if isinstance(refused, guests.DraftChanged):
            link.draft_version = refused.link.draft_version
            form.theirs = _theirs(form, refused.link)  # type: ignore[attr-defined]
        return False
    return True


def _theirs(form: AnswerForm, link: GuestLink) -> list[dict[str, Any]]:
    kept = AnswerForm(
        initial=typed.as_initial(link.parts.get("form", {})), questions=form.questions
    )
    found = []
    for field in kept:
        value = field.value() or ""
        text = " ".join(value) if isinstance(value, tuple) else value
        found.append({"key": field.label, "value": text, "lines": True})
    return found


@guest_view(Purpose.RETURN)
def guest_return_check(request: HttpRequest, link: GuestLink) -> HttpResponse:
    row = _asked(AgencyReturn, link)
    form = steps.checked_form(row, link.parts.get("form"))
    if form is None:
        return redirect("reviews:guest_return", link.token)
    digest = steps.digest(form)
    if request.method == "POST" and request.POST.get("digest") == digest:
        return _send(AgencyReturn, link, form.said)
    context = {
        "link": link,
        "row": row,
        "rows": steps.rows(form, reverse("reviews:guest_return", args=[link.token])),
        "digest": digest,
        "changed": request.method == "POST",
    }
    return render(request, f"{FOLDER}/guest_check.html", context)


@guest_view(Purpose.RETURN, receipt=True)
def guest_return_sent(request: HttpRequest, link: GuestLink) -> HttpResponse:
    row = _asked(AgencyReturn, link)
    context = {
        "link": link,
        "row": row,
        "answers": tables.answers(row),
        "receipt": tokens.receipt_of(link),
    }
    return render(request, f"{FOLDER}/guest_sent.html", context)


@guest_view(Purpose.RETURN, receipt=True)
def guest_return_copy(request: HttpRequest, link: GuestLink, kind: str) -> HttpResponse:
    row = _asked(AgencyReturn, link)
    response = paper.response(papers.of_return(row), kind, what="return")
    audit.record(kind=audit.Event.DOWNLOADED, by=None, target=row)
    return response


@guest_view(Purpose.PRESERVATION)
def guest_notice(request: HttpRequest, link: GuestLink) -> HttpResponse:
    row = _asked(PreservationNotice, link)
    initial = {"name": link.recipient_name} | restore_into(request, link)
    form = ConfirmForm(posted(request), initial=initial)
    if form.is_valid():
        return _send(PreservationNotice, link, form.said)
    return render(request, f"{FOLDER}/guest_notice.html", {"link": link, "row": row, "form": form})


@guest_view(Purpose.PRESERVATION, receipt=True)
def guest_notice_sent(request: HttpRequest, link: GuestLink) -> HttpResponse:
    row = _asked(PreservationNotice, link)
    return render(request, f"{FOLDER}/guest_notice_sent.html", {"link": link, "row": row})
