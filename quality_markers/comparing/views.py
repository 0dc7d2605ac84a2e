"""Two passes beside each other: the question of which two, the comparison, and why things moved."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import queries, rules
from quality_markers.assessments.access import fetch
from quality_markers.assessments.models import Pass
from quality_markers.comparing import display, operations
from quality_markers.comparing.content import Chapter, Comparison, comparison
from quality_markers.comparing.forms import ChooseForm, WhyForm
from quality_markers.comparing.models import Movement
from quality_markers.comparing.narrative import story
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.accounts.access import View
from scr_portal.drafts.restoring import restore_into


def two_passes(*permissions: Permission) -> Callable[[View], View]:
    """As pass_view, giving the earlier and the later; 404 where they are not two in this order."""

    def decorate(view: View) -> View:
        @wraps(view)
        def fetched(
            request: HttpRequest, review: Review, earlier: int, later: int, **kwargs: Any
        ) -> Any:
            if earlier >= later:
                raise Http404
            passes = [fetch(request.user, review, number) for number in (earlier, later)]
            return view(request, *passes, **kwargs)

        return review_view(*permissions)(fetched)

    return decorate


@review_view(*rules.READ)
def compare_choose(request: HttpRequest, review: Review) -> HttpResponse:
    """One that is named alone is compared with the first."""
    passes = list(queries.passes_of(review, request.user).order_by("number"))
    numbers = [one.number for one in passes]
    initial = dict(zip(("one", "other"), (numbers[:1] + numbers[-1:]), strict=False))
    given = {**initial, **request.GET.dict()} if request.GET else None
    form = ChooseForm(given, passes=passes, initial=initial)
    if form.is_valid():
        return redirect("quality_markers:compare", review.pk, *form.numbers)
    context = {"review": review, "form": form, "passes": passes}
    return render(request, "quality_markers/comparing/choose.html", context)


@two_passes(*rules.READ)
def compare(request: HttpRequest, earlier: Pass, later: Pass) -> HttpResponse:
    show = _chosen(request, "show", display.SHOW)
    way = _chosen(request, "as", display.AS)
    whole = comparison(earlier, later, request.user)
    context = {
        **_frame(request, whole),
        "chapters": [_shown(chapter, way) for chapter in display.narrowed(whole, show).chapters],
        "whole": whole,
        "show": show,
        "way": way,
        "chips": [
            {"label": label, "url": f"?show={key}&as={way}", "active": key == show}
            for key, label in display.SHOW.items()
        ],
        "ways": [
            {"label": label, "url": f"?show={show}&as={key}", "active": key == way}
            for key, label in display.AS.items()
        ],
    }
    return render(request, "quality_markers/comparing/compare.html", context)


def _chosen(request: HttpRequest, name: str, known: dict[str, Any]) -> str:
    wanted = request.GET.get(name, "")
    return wanted if wanted in known else next(iter(known))


def _shown(chapter: Chapter, way: str) -> dict[str, Any]:
    return {
        "marker": chapter.marker,
        "chapter": chapter,
        "pairs": [(pair, list(display.rows(pair, way))) for pair in chapter.pairs],
        "reflection": display.reflections(chapter, way),
    }


@two_passes(*rules.READ)
def compare_narrative(request: HttpRequest, earlier: Pass, later: Pass) -> HttpResponse:
    whole = comparison(earlier, later, request.user)
    context = {
        **_frame(request, whole),
        "whole": whole,
        "stories": [(chapter, story(chapter)) for chapter in whole.moved.chapters],
    }
    return render(request, "quality_markers/comparing/narrative.html", context)


def _frame(request: HttpRequest, of: Comparison) -> dict[str, Any]:
    """The two, and of which of their markers the reader may say why something moved."""
    review, user = of.later.review, request.user
    return {
        "review": review,
        "earlier": of.earlier,
        "later": of.later,
        "sides": [(_("Then"), of.earlier), (_("Now"), of.later)],
        "base": _page(of.earlier, of.later),
        "may_say": operations.may_say(user, review, None),
        "open_to": {
            pair.question.marker_id
            for pair in of.pairs
            if operations.may_say(user, review, pair.question)
        },
    }


def _page(earlier: Pass, later: Pass) -> str:
    place = [later.review_id, earlier.number, later.number]
    return reverse("quality_markers:compare", args=place)


@two_passes(Permission.ANSWER_MARKERS)
def compare_why(request: HttpRequest, earlier: Pass, later: Pass) -> HttpResponse:
    return _why(request, earlier, later)


@two_passes(*rules.ANSWER)
def compare_why_question(
    request: HttpRequest, earlier: Pass, later: Pass, question: int
) -> HttpResponse:
    return _why(request, earlier, later, question)


def _why(
    request: HttpRequest, earlier: Pass, later: Pass, question: int | None = None
) -> HttpResponse:
    """Of one question of the comparison, or of the whole of it."""
    whole = comparison(earlier, later, request.user)
    pair = next((each for each in whole.pairs if each.question.pk == question), None)
    if question and pair is None:
        raise Http404
    asked = pair.question if pair else None
    if not operations.may_say(request.user, later.review, asked):
        raise PermissionDenied
    row: Movement | None = pair.why if pair else whole.why
    key = f"movement:{earlier.pk}:{later.pk}:{question or 'all'}"
    initial = {"words": row.words, "version": row.version} if row else {"version": 0}
    form = WhyForm(posted(request), initial=initial | (restore_into(request, key) or {}))

    def act(*, by: Any, words: str, version: int | None) -> None:
        operations.say_why(
            earlier=earlier,
            later=later,
            question=asked,
            words=words,
            version=version or 0,
            by=by,
        )

    anchor = f"#question-{question}" if question else ""
    return form_page(
        request,
        form,
        act,
        done=_("Your words stand beside the comparison."),
        back=f"{_page(earlier, later)}{anchor}",
        template="quality_markers/comparing/why.html",
        review=later.review,
        earlier=earlier,
        later=later,
        pair=pair,
        rows=list(display.rows(pair, "beside")) if pair else [],
        heading=f"{asked.reference} {asked.text}" if asked else _("What moved as a whole"),
        button=_("Save"),
        draft_key=key,
    )
