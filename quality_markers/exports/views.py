import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries import passes_of
from quality_markers.catalogue.models import Marker
from quality_markers.exports import layout, operations, queries
from quality_markers.exports.content import Wish
from quality_markers.exports.forms import TakeForm
from quality_markers.exports.models import Export
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.core import clock


@review_view(Permission.EXPORT)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: HttpRequest, review: Review, number: int) -> HttpResponseBase:
    """What to take with one: chosen on one page, and made behind the next."""
    assessment = _assessment(request.user, review, number)
    form = TakeForm(
        request.POST or None, initial=_wanted(request), user=request.user, assessment=assessment
    )
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"] or secrets.token_hex(16)
        return redirect(
            operations.ask(assessment=assessment, by=request.user, token=token, **form.chosen())
        )
    return render(
        request,
        "quality_markers/exports/take.html",
        {"review": review, "assessment": assessment, "form": form},
    )


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What the page that led here was about. Whatever is not offered is not chosen."""
    asked = request.GET
    is_two = asked.get("of") == Export.Of.COMPARISON and "with" in asked
    return {
        "of": asked.get("of", Export.Of.PASS),
        "marker": asked.get("marker"),
        "compared_with": asked.get("with") if is_two else None,
        "token": secrets.token_hex(16),
    }


@review_view(Permission.EXPORT)
@require_safe
def exports(request: HttpRequest, review: Review) -> HttpResponseBase:
    mine = queries.exports_of(request.user, review)[:100]
    return render(
        request,
        "quality_markers/exports/list.html",
        {"review": review, "exports": mine, "passes": passes_of(review, request.user)},
    )


@review_view(Permission.EXPORT)
@require_safe
def export(request: HttpRequest, review: Review, pk: int) -> HttpResponseBase:
    found = _export(request.user, review, pk)
    return render(
        request,
        "quality_markers/exports/export.html",
        {"review": review, "export": found, "text": _text(found)},
    )


@review_view(Permission.EXPORT)
@require_safe
def export_status(request: HttpRequest, review: Review, pk: int) -> HttpResponseBase:
    found = _export(request.user, review, pk)
    is_done = found.state == Export.State.DONE
    url = reverse("quality_markers:export_download", args=[review.pk, pk]) if is_done else ""
    return JsonResponse(
        {"percent": found.percent, "state": found.state, "text": _text(found), "url": url}
    )


@review_view(Permission.EXPORT)
@recently_confirmed(file=True)
@require_safe
def export_download(request: HttpRequest, review: Review, pk: int) -> HttpResponseBase:
    found = _export(request.user, review, pk)
    if found.state != Export.State.DONE:
        raise Http404
    return _file(found.file_name, operations.download(export=found, by=request.user), found.form)


@review_view(Permission.EXPORT)
@recently_confirmed(file=True)
@require_safe
def marker_pdf(request: HttpRequest, review: Review, number: int, marker: int) -> HttpResponseBase:
    """Made while the person waits, unless it holds so much that it is work for behind the page."""
    assessment = _assessment(request.user, review, number, *queries.OF_A_PASS)
    found = _marker(request.user, assessment, marker)
    wish = Wish(assessment=assessment, user=request.user, at=clock.now(), marker=found)
    if layout.book_of(wish).characters > operations.AT_ONCE:
        return render(
            request,
            "quality_markers/exports/long_marker.html",
            {"review": review, "assessment": assessment, "marker": found},
        )
    return _file(*operations.make_at_once(wish=wish))


def _assessment(user: Any, review: Review, number: int, *beside: str) -> Pass:
    rows = passes_of(review, user).select_related("review__board", *beside)
    return get_object_or_404(rows, number=number)


def _marker(user: Any, assessment: Pass, number: int) -> Marker:
    return get_object_or_404(queries.readable(user, assessment), number=number)


def _export(user: Any, review: Review, pk: int) -> Export:
    """The person's own, and only while they may read all that is in it."""
    found = get_object_or_404(queries.exports_of(user, review), pk=pk)
    if not queries.may_still_read(user, found):
        raise Http404
    return found


def _text(export: Export) -> str:
    if export.state != Export.State.WORKING:
        return str(export.state.label)
    if export.form != Export.Form.PDF:
        return _("Writing the file: %(percent)d%%") % {"percent": export.percent}
    if export.percent < 75:
        return _("Laying out the pages: %(percent)d%%") % {"percent": export.percent}
    return _("Drawing the pages: %(percent)d%%") % {"percent": export.percent}


def _file(name: str, content: bytes, form: str = Export.Form.PDF) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=layout.TYPES[form],
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
