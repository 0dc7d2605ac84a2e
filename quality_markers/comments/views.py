"""The dialogue at one question, and that of a whole pass."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import queries as assessments
from quality_markers.assessments import rules as reading
from quality_markers.assessments.access import fetch_question, pass_view
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Question
from quality_markers.comments import operations, queries
from quality_markers.comments.forms import CommentForm
from quality_markers.comments.models import QuestionComment
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into

PER_PAGE = 20


@pass_view(*reading.READ)
def comments(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """All threads of the pass at markers that the reader may read, those still open first."""
    door = queries.comments_for(request.user, assessment)
    shown = request.GET.get("show", "open")
    kinds = _kinds(door, request.user)
    _label, rows = kinds.get(shown, kinds["open"])
    newest = queries.threads(rows).order_by(
        "question__marker__number", "question__number", "at", "pk"
    )
    counts = {key: of_kind.filter(parent=None).count() for key, (_l, of_kind) in kinds.items()}
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "page": Paginator(newest, PER_PAGE).get_page(request.GET.get("page")),
        "shown": shown if shown in kinds else "open",
        "any": counts["all"],
        "chips": [
            {"label": label, "url": f"?show={key}", "active": key == shown, "count": counts[key]}
            for key, (label, _rows) in kinds.items()
        ],
        "may_comment": _may_comment(request.user, assessment),
    }
    return render(request, "quality_markers/comments/list.html", context)


def _kinds(door: QuerySet[QuestionComment], user: Any) -> dict[str, tuple[Any, Any]]:
    return {
        "open": (_("Open"), door.filter(resolved_at=None)),
        "resolved": (_("Resolved"), door.filter(resolved_at__isnull=False)),
        "mine": (_("Mine, or speaking to me"), queries.mine(door, user)),
        "all": (_("All"), door),
    }


def _may_comment(user: Any, assessment: Pass) -> bool:
    allowed = user.has_perm(Permission.COMMENT_MARKERS, assessment.review)
    return allowed and not operations.against_commenting(assessment)


@pass_view(*reading.READ)
def question_comments(
    request: HttpRequest, assessment: Pass, marker: int, question: int
) -> HttpResponse:
    """All that is said at it and a form for more, or the thread that ``?thread=`` names."""
    asked = fetch_question(request.user, assessment, marker, question)
    if request.method == "POST" and not request.user.has_perm(
        Permission.COMMENT_MARKERS, assessment.review
    ):
        raise PermissionDenied
    threads = _threads(request, assessment, asked)
    one = threads[0] if "thread" in request.GET else None
    key = f"comment:{assessment.pk}:{asked.pk}:{one.pk if one else 'new'}"
    form = _form(request, assessment, asked, one, key)
    if form and carried_out(request, form, _act(assessment, asked, one, form), draft_key=key):
        messages.success(request, _("Your comment stands below."))
        return redirect(queries.page_of(assessment, asked))
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "question": asked,
        "page": Paginator(threads, PER_PAGE).get_page(request.GET.get("page")),
        "thread": one,
        "form": form,
        "draft_key": key,
        "may_comment": _may_comment(request.user, assessment),
        "against": operations.against_commenting(assessment),
        "back": assessments.question_url(assessment, asked),
        "answer": assessment.answers.filter(question=asked).first(),
    }
    return render(request, "quality_markers/comments/question.html", context)


def _threads(request: HttpRequest, assessment: Pass, asked: Question) -> Any:
    """Open ones first. Raises Http404 for a thread that is none of them."""
    door = queries.comments_for(request.user, assessment).filter(question=asked)
    found = queries.threads(door).order_by(F("resolved_at").asc(nulls_first=True), "at", "pk")
    wanted = request.GET.get("thread")
    if wanted is None:
        return found
    one = [thread for thread in found if str(thread.pk) == wanted]
    if not one:
        raise Http404
    return one


def _form(
    request: HttpRequest, assessment: Pass, asked: Question, one: QuestionComment | None, key: str
) -> Any:
    """None for who reads along, and where nothing is added any more."""
    is_over = bool(one and one.resolved_at) or not _may_comment(request.user, assessment)
    if request.method != "POST" and is_over:
        return None
    people = queries.readers(assessment.review, asked.marker)
    others = [person for person in people if person.pk != request.user.pk]
    initial = {**(restore_into(request, key) or {}), "token": secrets.token_hex(16)}
    return CommentForm(posted(request), people=others, initial=initial)


def _act(
    assessment: Pass, asked: Question, parent: QuestionComment | None, form: Any
) -> Callable[..., Any]:
    def act(*, by: Any, text: str, to: list[int], token: str) -> None:
        operations.comment(
            assessment=assessment,
            question=asked,
            text=text,
            to=form.spoken_to,
            parent=parent,
            token=token,
            by=by,
        )

    return act


@pass_view(Permission.COMMENT_MARKERS)
@require_POST
def comment_resolve(request: HttpRequest, assessment: Pass, pk: int) -> HttpResponse:
    return _settled(request, assessment, pk, operations.resolve, _("The comment is resolved."))


@pass_view(Permission.COMMENT_MARKERS)
@require_POST
def comment_reopen(request: HttpRequest, assessment: Pass, pk: int) -> HttpResponse:
    return _settled(request, assessment, pk, operations.reopen, _("The comment is open again."))


def _settled(
    request: HttpRequest, assessment: Pass, pk: int, settle: Callable[..., bool], words: str
) -> HttpResponse:
    door = queries.comments_for(request.user, assessment).filter(parent=None)
    thread = get_object_or_404(door.select_related("question__marker"), pk=pk)
    thread.assessment = assessment
    try:
        settle(thread=thread, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect(f"{queries.page_of(assessment, thread.question)}#comment-{thread.pk}")
