"""The log of letters, and one letter: begun, read, changed."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.letters import queries, rules
from families.letters.forms.letters import BeginForm, LetterForm, PersonForm
from families.letters.languages import language, spoken
from families.letters.models import Letter, Style
from families.letters.operations import letters as operations
from families.letters.operations import sending
from families.people.models import Person
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import CONFLICT, carried_out
from reviews.permissions import Permission
from scr_portal.accounts.views.parts import attempt
from scr_portal.core.reasons import Refused
from scr_portal.core.sheet import undrawn
from scr_portal.drafts.restoring import restore_into

FOLDER = "families/letters"


def may_write(request: HttpRequest, review: Review) -> bool:
    return request.user.has_perm(Permission.KEEP_FAMILY, review) and request.user.has_perm(
        Permission.SEE_NAMES, review
    )


def find(review: Review, pk: int) -> Letter:
    letter = get_object_or_404(review.letters.select_related("person", "written_by"), pk=pk)
    letter.review = letter.person.review = review
    return letter


def own_draft(request: HttpRequest, review: Review, pk: int) -> Letter:
    """Nobody but its writer reads or changes a draft; 404 alike for one that does not exist."""
    if not request.user.has_perm(Permission.SEE_NAMES, review):
        raise PermissionDenied
    letter = get_object_or_404(
        review.letters.select_related("person", "written_by"), pk=pk, written_by=request.user.pk
    )
    letter.review = letter.person.review = review
    return letter


@review_view(Permission.SEE_FAMILY)
def letters(request: HttpRequest, review: Review) -> HttpResponse:
    rows = [
        {"letter": row, "language": language(row.language)} for row in queries.letters_of(review)
    ]
    context = {
        "review": review,
        "rows": rows,
        "may_write": may_write(request, review),
        "may_keep_texts": request.user.has_perm(Permission.KEEP_REGISTERS, review.board),
        "has_family": bool(rows) or review.family.exists(),
    }
    return render(request, f"{FOLDER}/letters.html", context)


@review_view(Permission.KEEP_FAMILY)
def letter_new(request: HttpRequest, review: Review) -> HttpResponse:
    """First the person, as ``?person=``; then the letter, in the language that fits them."""
    context: dict[str, Any] = {"review": review, "may_write": may_write(request, review)}
    people = queries.people_to_write_to(review)
    chosen = str(request.GET.get("person", ""))
    person = next((each for each in people if str(each.pk) == chosen), None)
    if person is None:
        form = PersonForm(request.GET if "person" in request.GET else None, people=people)
        return render(request, f"{FOLDER}/whom.html", context | {"form": form, "people": people})
    return _begin(request, review, person, context)


def _begin(
    request: HttpRequest, review: Review, person: Person, context: dict[str, Any]
) -> HttpResponse:
    loaded = queries.loaded(review.board)
    theirs = spoken(person.language)
    fits = theirs if theirs in loaded else None
    form = BeginForm(
        posted(request), languages=loaded, initial={"code": fits.code if fits else "en-gb"}
    )
    if form.is_valid() and (letter := _begun(request, review, person, form)):
        return redirect("families:letter_edit", review.pk, letter.pk)
    context |= {
        "form": form,
        "person": person,
        "safety": queries.safety_of(person),
        "not_loaded": person.language if person.language and not fits else "",
        "under_16": queries.is_under_16(person),
        "may_keep_texts": request.user.has_perm(Permission.KEEP_REGISTERS, review.board),
    }
    return render(request, f"{FOLDER}/new.html", context)


def _begun(request: HttpRequest, review: Review, person: Person, form: Any) -> Letter | None:
    data = dict(form.cleaned_data)
    chosen = {name: data.pop(name) for name in ("kind", "code", "style", "token")}
    try:
        letter = operations.begin(
            review=review, person=person, by=request.user, given=data, **chosen
        )
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return None
    if letter.language != chosen["code"]:
        words = _("This letter is not loaded in %(wanted)s. The draft is in English.")
        messages.warning(request, words % {"wanted": language(chosen["code"])})
    elif letter.style == Style.EASY and not _has_easy(review, letter):
        words = _("Easy read is not loaded in %(wanted)s. The draft has the standard text.")
        messages.warning(request, words % {"wanted": language(letter.language)})
    return letter


def _has_easy(review: Review, letter: Letter) -> bool:
    found = queries.text_for(review.board, letter.kind, letter.language, is_easy_read=True)
    return found.is_easy_read


@review_view(Permission.SEE_FAMILY)
def letter(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """What was written shows in the answer to a POST alone, and to its writer while a draft."""
    found = find(review, pk)
    mine = found.is_draft and found.written_by_id == request.user.pk
    context = {
        "review": review,
        "letter": found,
        "spoken": language(found.language),
        "mine": mine,
        "may_write": may_write(request, review),
        "may_see_names": request.user.has_perm(Permission.SEE_NAMES, review),
        "may_export": request.user.has_perm(Permission.EXPORT, review),
        "replies_kept": found.replies.count(),
        "token": uuid4().hex,
    }
    if request.method == "POST":
        if found.is_draft and not mine:
            raise Http404
        context |= {"replies": sending.read(letter=found, by=request.user)} | _shown(found)
    elif mine and context["may_see_names"]:
        context |= _shown(found)
    return render(request, f"{FOLDER}/letter.html", context)


def _shown(letter: Letter) -> dict[str, Any]:
    sheet = rules.sheet_of(letter)
    theirs = spoken(letter.person.language)
    return {
        "sheet": sheet,
        "findings": sending.found_in(letter) if letter.is_draft else [],
        "undrawn": undrawn(f"{letter.subject} {letter.body}"),
        "other_language": theirs if theirs and theirs.code != letter.language else None,
    }


@review_view(Permission.KEEP_FAMILY)
def letter_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = own_draft(request, review, pk)
    if not found.is_draft:
        return redirect(found)
    key = f"family-letter:{found.pk}"
    initial = {name: getattr(found, name) for name in ("subject", "body", "version")}
    initial |= restore_into(request, key) or {}
    form: Any = LetterForm(posted(request), initial=initial, language=language(found.language))

    def act(by: Any, **said: Any) -> None:
        operations.change(letter=found, by=by, **said)

    if carried_out(request, form, act, draft_key=key):
        messages.success(request, _("The letter is saved. Look at what the check found."))
        return redirect(found)
    context = {
        "review": review,
        "letter": found,
        "form": form,
        "draft_key": key,
        "spoken": language(found.language),
    }
    status = CONFLICT if form.stale else 200
    return render(request, f"{FOLDER}/edit.html", context, status=status)


@review_view(Permission.KEEP_FAMILY)
@require_POST
def letter_take_over(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = find(review, pk)
    attempt(
        request,
        lambda: operations.take_over(letter=found, by=request.user),
        _("You write this letter now."),
    )
    return redirect(found)


@review_view(Permission.KEEP_FAMILY)
@require_POST
def letter_drop(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = own_draft(request, review, pk)
    attempt(
        request,
        lambda: operations.drop(letter=found, by=request.user),
        _("The letter is dropped, and its words are gone."),
    )
    return redirect("families:letters", review.pk)


@review_view(Permission.KEEP_FAMILY)
@require_POST
def letter_again(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """A sent letter is never changed: another one is begun with its words."""
    found = find(review, pk)
    token = request.POST.get("token", "")[:64]
    try:
        begun = operations.begin_again(letter=found, token=token or uuid4().hex, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    return redirect(reverse("families:letter_edit", args=[review.pk, begun.pk]))
