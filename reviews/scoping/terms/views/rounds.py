"""Rounds of comments: for who reads the terms, and for who is asked and sees nothing else."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import asked_view, review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.case.zones import zones_for
from reviews.permissions import Permission
from reviews.scoping.terms import queries
from reviews.scoping.terms.forms import RoundForm
from reviews.scoping.terms.models import Comment, Round
from reviews.scoping.terms.operations import comments, rounds
from reviews.scoping.terms.views.texts import unsaved
from reviews.signatures.operations import digest
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.WRITE_SCOPE)
def terms_round_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"terms-round:{review.pk}"
    words = _("Please read the text and comment on what you would add, leave out or say otherwise.")
    kept = restore_into(request, key) or {}
    form = RoundForm(posted(request), initial={"question": words} | kept, review=review)
    return form_page(
        request,
        form,
        lambda **said: rounds.send_out(review=review, **said),
        done=_("Sent out. Everybody who was asked has been told."),
        back=reverse("reviews:terms", args=[review.pk]),
        review=review,
        heading=_("Send the terms of reference out for comments"),
        intro=_(
            "The text is kept as it stands, and everybody comments on that version. Who may not "
            "see the review reads the text and nothing else of it."
        ),
        button=_("Send it out"),
        draft_key=key,
    )


@review_view(Permission.READ_SCOPE)
def terms_round(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.rounds_of(review).select_related("terms__review"), pk=pk)
    user = request.user
    may_write = user.has_perm(Permission.WRITE_SCOPE, review)
    is_open = _is_open(found)
    may_comment = is_open and user.has_perm(Permission.GIVE_INPUT, review)
    said = queries.comments_for(user, round=found)
    context = {
        "review": review,
        "round": found,
        "is_open": is_open,
        "sheets": queries.discussion(user, found, said, draft_keys=may_comment),
        "may_comment": may_comment,
        "may_dispose": may_write,
        "may_answer": may_write or user.has_perm(Permission.GIVE_INPUT, review),
        "dispositions": Comment.Disposition.choices[1:],
        "asked": queries.asked_in(found) if may_write else [],
        "waiting": queries.waiting_for(user, found) if may_comment else None,
        **_for_forms(user, review),
    }
    return render(request, "reviews/scoping/terms/round.html", context)


def _is_open(found: Round) -> bool:
    return not found.closed_at and found.closes_on >= clock.today()


def _for_forms(user: Any, review: Review) -> dict[str, Any]:
    """A token for every form of this page: sent twice, a comment is made once."""
    return {"zones": zones_for(user, review)[1:], "token": secrets.token_hex(16)}


@review_view(Permission.WRITE_SCOPE)
@require_POST
def terms_round_close(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Round, review=review, pk=pk)
    try:
        rounds.close(found=found, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The round is closed. Nobody is reminded of it any more."))
    return redirect("reviews:terms_round", review.pk, pk)


@asked_view(Permission.GIVE_INPUT)
def terms_asked(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """All that a member sees: one version of the text, and their own comments on it."""
    asked = queries.asked_of(request.user, review, pk)
    if asked is None:
        raise Http404
    found = queries.round_of(asked)
    if found is None:
        return redirect("reviews:input_answer", review.pk, pk)
    if request.method == "POST":
        try:
            comments.finish(asked=asked, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Thank you. The writers have been told."))
        return redirect("reviews:terms_asked", review.pk, pk)
    if request.user.has_perm(Permission.READ_SCOPE, review):
        return redirect("reviews:terms_round", review.pk, found.pk)
    is_open = _is_open(found) and not asked.ended_at
    said = queries.comments_for(request.user, round=found, by=request.user)
    context = {
        "review": review,
        "round": found,
        "request_of_mine": asked,
        "is_open": is_open,
        "sheets": queries.discussion(request.user, found, said, draft_keys=is_open),
        "may_comment": is_open,
        "waiting": asked if asked.is_waiting else None,
        "asked_page": pk,
        **_for_forms(request.user, review),
    }
    return render(request, "reviews/scoping/terms/asked.html", context)


@asked_view(Permission.GIVE_INPUT)
@require_POST
def terms_comment(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Round, review=review, pk=pk)
    if not comments.may_comment(request.user, review, found):
        raise Http404
    section, text = request.POST.get("section", ""), _words(request, "text")

    def say() -> None:
        comments.comment(
            found=found,
            section=section,
            text=text,
            by=request.user,
            token=_token(request, f"{section} {text}"),
            private_to=_number(request.POST.get("private_to", "")),
        )
        drafts.discard(user=request.user, key=queries.draft_key(found, section))

    return _said(request, review, say, text, f"{_page(request, review, found)}#{section}")


def _page(request: HttpRequest, review: Review, found: Round) -> str:
    """Back to where it was written: the round's page, or one's own."""
    if request.user.has_perm(Permission.READ_SCOPE, review):
        return reverse("reviews:terms_round", args=[review.pk, found.pk])
    asked = queries.asked_in(found).filter(user=request.user.pk).last()
    return reverse("reviews:terms_asked", args=[review.pk, asked.pk if asked else 0])


def _token(request: HttpRequest, text: str) -> str:
    """The page's own with the text: said twice it is once, and something else is not."""
    return digest(f"{request.POST.get('token', '')} {request.path} {text}")


def _words(request: HttpRequest, name: str) -> str:
    """PostgreSQL keeps no NUL."""
    return request.POST.get(name, "").replace("\x00", "")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 15 else None


def _said(
    request: HttpRequest, review: Review, act: Callable[[], None], text: str, back: str
) -> HttpResponse:
    """Back to the place, or a page with what was typed where it could not be kept."""
    try:
        act()
    except Refused as refused:
        if text.strip():
            return unsaved(request, review, refused, [(_("What you typed"), text)])
        messages.error(request, str(refused))
    return redirect(back)


def _comment(request: HttpRequest, review: Review, pk: int) -> Comment:
    """Raises Http404 for one that this person may not see, as for one that is not there."""
    rows = queries.comments_for(request.user, review=review)
    return get_object_or_404(rows, pk=pk)


def _place(review: Review, found: Comment) -> str:
    return f"{reverse('reviews:terms_round', args=[review.pk, found.round_id])}#c{found.pk}"


def _reads(request: HttpRequest, review: Review) -> None:
    if not request.user.has_perm(Permission.READ_SCOPE, review):
        raise Http404


@review_view(Permission.WRITE_SCOPE, Permission.GIVE_INPUT)
@require_POST
def terms_answer(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    _reads(request, review)
    found, text = _comment(request, review, pk), _words(request, "text")

    def say() -> None:
        comments.answer(parent=found, text=text, by=request.user, token=_token(request, text))

    return _said(request, review, say, text, _place(review, found))


@review_view(Permission.WRITE_SCOPE)
@require_POST
def terms_dispose(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    _reads(request, review)
    found, note = _comment(request, review, pk), _words(request, "note")

    def settle() -> None:
        comments.dispose(
            given=found,
            disposition=request.POST.get("disposition", ""),
            note=note,
            by=request.user,
        )

    return _said(request, review, settle, note, _place(review, found))
