from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.scoping.terms import compare, document, queries, rules
from reviews.scoping.terms.models import Terms, TermsVersion
from reviews.scoping.terms.operations import writing
from scr_portal.audit import operations as audit
from scr_portal.core import paper

NOW = 0  # the number of no version: the text as it stands


@review_view(Permission.READ_SCOPE)
def terms(request: HttpRequest, review: Review) -> HttpResponse:
    user = request.user
    found = queries.current(review)
    shown, content = queries.readable_content(user, review)
    sees_work = queries.sees_work(user, review)
    counts = queries.counts_of(review)
    context = {
        "review": review,
        "terms": found,
        "shown": shown,
        "parts": rules.parts(content) if content else [],
        "sees_work": sees_work,
        "findings": queries.findings(found, request.user)
        if found and sees_work and not _is_signed(found)
        else [],
        "open": queries.open_comments(user, review),
        "rounds": [(row, counts[row.pk]) for row in queries.rounds_of(review)],
        "versions": list(queries.versions_for(user, review)),
        "now": bool(sees_work and found and not _is_signed(found)),
    }
    return render(request, "reviews/scoping/terms/terms.html", context)


def _is_signed(found: Terms) -> bool:
    return found.state == Terms.State.SIGNED


@review_view(Permission.WRITE_SCOPE)
@require_POST
def terms_begin(request: HttpRequest, review: Review) -> HttpResponse:
    writing.begin(review=review, by=request.user)
    return redirect("reviews:terms_edit", review.pk)


def _version(request: HttpRequest, review: Review, pk: int) -> TermsVersion:
    return get_object_or_404(queries.versions_for(request.user, review), pk=pk)


@review_view(Permission.READ_SCOPE)
def terms_version(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = _version(request, review, pk)
    context = {"review": review, "version": found, "parts": rules.parts(found.content)}
    return render(request, "reviews/scoping/terms/version.html", context)


@review_view(Permission.READ_SCOPE)
@require_safe
def terms_compare(request: HttpRequest, review: Review) -> HttpResponse:
    """Any two versions, section by section; the text as it stands for those who may read it."""
    before, after = (_side(request, review, name) for name in ("before", "after"))
    if before is None or after is None:
        messages.info(request, _("Choose two versions to compare."))
        return redirect(f"{reverse('reviews:terms', args=[review.pk])}#versions")
    rows = compare.compare(before[1], after[1])
    context = {
        "review": review,
        "before": before[0],
        "after": after[0],
        "rows": rows,
        "changed": sum(row.changed for row in rows),
    }
    return render(request, "reviews/scoping/terms/compare.html", context)


def _side(request: HttpRequest, review: Review, name: str) -> tuple[str, dict[str, Any]] | None:
    """What it is called, and its content; None where nothing was chosen."""
    pk = request.GET.get(name, "")
    if not pk.isdecimal() or len(pk) > 15:
        return None
    if int(pk) != NOW:
        found = _version(request, review, int(pk))
        return _("version %(number)s") % {"number": found}, found.content
    return _("the text as it stands"), queries.content_of(_in_sight(request, review))


def _in_sight(request: HttpRequest, review: Review) -> Terms:
    found = queries.current(review)
    if found is None or not (queries.sees_work(request.user, review) or _is_signed(found)):
        raise Http404
    return found


@review_view(Permission.EXPORT)
@require_safe
def terms_file(request: HttpRequest, review: Review, pk: int, kind: str) -> HttpResponse:
    """A version as PDF or Word; 0 is the text as it stands."""
    if not request.user.has_perm(Permission.READ_SCOPE, review) or kind not in paper.KINDS:
        raise Http404
    version = _version(request, review, pk) if pk != NOW else None
    found = version.terms if version else _in_sight(request, review)
    made = document.paper_of(found, version, made_by=request.user)
    number = str(version or f"{found.number}.draft").replace(".", "-")
    answer = paper.response(made, kind, what=f"terms-of-reference-{number}")
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=version or found,
        label=_("the terms of reference, %(version)s (%(kind)s)")
        % {"version": made.version, "kind": "PDF" if kind == "pdf" else "Word"},
    )
    return answer
