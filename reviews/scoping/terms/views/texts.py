"""Writing: one section at a time, by script or by a plain form."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules, scope
from reviews.scoping.terms.forms import SectionForm, agencies_left, boxes
from reviews.scoping.terms.models import Section, Terms
from reviews.scoping.terms.operations import writing
from scr_portal.accounts.models import Agency
from scr_portal.core import clock
from scr_portal.core.comparing import compared
from scr_portal.core.reasons import Refused
from scr_portal.core.templatetags import portal

CONFLICT = 409


@review_view(Permission.WRITE_SCOPE)
def terms_edit(request: HttpRequest, review: Review) -> HttpResponse:
    """All sections on one page, each of which is saved by itself."""
    terms = queries.current(review)
    if terms is None or terms.state in {Terms.State.READY, Terms.State.SIGNED}:
        return redirect("reviews:terms", review.pk)
    return edit_page(request, terms)


def edit_page(
    request: HttpRequest, terms: Terms, typed: SectionForm | None = None, key: str = ""
) -> HttpResponse:
    """``typed`` takes the place of the form of its section, with its errors."""
    lines = _lines(terms, request.user)
    if typed:
        lines[key].form = typed
    context = {
        "review": terms.review,
        "terms": terms,
        "sections": [lines[topic.key] for topic in scope.sections(edition=terms.number)],
        "groups": [
            (title, [lines[topic.key] for topic in scope.factors(group)])
            for group, title in scope.GROUPS.items()
        ],
        "form": typed,
    }
    return render(request, "reviews/scoping/terms/edit.html", context)


@dataclass
class Line:
    """A section on the page: its form, what the check says, and the agencies not chosen yet."""

    topic: scope.Topic
    form: SectionForm
    saved: str
    check: str
    count: str
    left: list[Agency]


def _lines(terms: Terms, reader: Any) -> dict[str, Line]:
    rows = queries.sections_with_writers(terms)
    names, said = _agency_names(terms), _words_of_the_check(terms, reader)
    lines = {}
    for key, topic in scope.topics().items():
        now = writing.fields_of(terms, key, rows.get(key))
        lines[key] = Line(
            topic,
            SectionForm(topic, now, names),
            last_saved(rows.get(key)),
            said[f"check-{key}"],
            said[f"count-{key}"],
            agencies_left(terms.review, now) if key == "agencies" else [],
        )
    return lines


def _agency_names(terms: Terms) -> dict[str, str]:
    return {str(row.agency_id): str(row.agency) for row in terms.agencies.select_related("agency")}


def last_saved(row: Section | None) -> str:
    if row is None or row.changed_at is None:
        return ""
    said = {"who": row.changed_by, "when": portal.moment(row.changed_at)}
    return _("Last saved by %(who)s, %(when)s.") % said


def _words_of_the_check(terms: Terms, reader: Any) -> dict[str, str]:
    """By the name of the place where they stand: what the check says to each section."""
    found = queries.findings(terms, reader)
    words = {}
    for key in scope.topics():
        mine = [f"{one.missing} {one.why}" for one in found if one.section == key]
        said = {"found": " ".join(mine)}
        words[f"check-{key}"] = _("What the check finds: %(found)s") % said if mine else ""
        words[f"count-{key}"] = (
            ngettext("%(number)s thing to look at", "%(number)s things to look at", len(mine))
            % {"number": len(mine)}
            if mine
            else ""
        )
    return words


@review_view(Permission.WRITE_SCOPE)
@require_POST
def terms_section(request: HttpRequest, review: Review, key: str) -> HttpResponse:
    """Save one section. JSON for the script that saves by itself, a page for a plain form."""
    topic, terms = scope.topics().get(key), queries.current(review)
    if topic is None or terms is None:
        raise Http404
    row = terms.sections.filter(key=key).first()
    now = writing.fields_of(terms, key, row)
    form = SectionForm(topic, now, _agency_names(terms), request.POST)
    by_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if not form.is_valid():
        if by_script:
            return JsonResponse({"errors": form.errors}, status=422)
        return edit_page(request, terms, form, key)
    try:
        row, token = writing.save_section(
            review=review,
            key=key,
            by=request.user,
            version=form.cleaned_data["version"],
            changes=form.changes,
        )
        if not by_script and key == "agencies":
            _choose(request, review)
    except writing.Conflict as conflict:
        return _conflict(request, review, topic, form, conflict, by_script)
    except Refused as refused:
        return _refused(request, review, topic, form, refused, by_script)
    if by_script:
        words = _words_of_the_check(queries.current(review) or terms, request.user)
        words[f"saved-{key}"] = last_saved(row)
        saved_at = portal.clock(clock.now())
        return JsonResponse({"version": token, "saved_at": saved_at, "words": words})
    return redirect(f"{reverse('reviews:terms_edit', args=[review.pk])}#{key}")


def _choose(request: HttpRequest, review: Review) -> None:
    """An agency is put on the list or taken off by a button of the same form."""
    agencies = review.board.agencies
    for name, takes_part in (("take_out", False), ("agency", "put_in" in request.POST)):
        pk = request.POST.get(name, "")
        if not pk.isdecimal() or len(pk) > 15 or (name == "agency" and not takes_part):
            continue
        if agency := agencies.filter(pk=pk).first():
            writing.choose_agency(
                review=review, agency=agency, by=request.user, takes_part=takes_part
            )


def _at(moment: Any) -> str:
    today = timezone.localtime(moment).date() == clock.today()
    return portal.clock(moment) if today else portal.moment(moment)


def _conflict(
    request: HttpRequest,
    review: Review,
    topic: scope.Topic,
    form: SectionForm,
    conflict: writing.Conflict,
    by_script: bool,
) -> HttpResponse:
    """Both texts, and the choice between them."""
    at = _at(conflict.at)
    if by_script:
        theirs = boxes(conflict.theirs)
        body = {
            "theirs": theirs,
            "by": str(conflict.by),
            "at": at,
            "version": conflict.version,
            "fields": list(theirs),
        }
        return JsonResponse(body, status=CONFLICT)
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "mine": form.changes[name],
            "theirs": theirs,
            "day": name in rules.PERIOD,
        }
        for name, theirs in conflict.theirs.items()
    ]
    context = {"review": review, "topic": topic, "rows": rows, "conflict": conflict, "at": at}
    return render(request, "reviews/scoping/terms/conflict.html", context, status=CONFLICT)


def _refused(
    request: HttpRequest,
    review: Review,
    topic: scope.Topic,
    form: SectionForm,
    refused: Refused,
    by_script: bool,
) -> HttpResponse:
    if by_script:
        reasons = [str(reason) for reason in refused.reasons]
        return JsonResponse({"errors": {"": reasons}}, status=422)
    texts = [(form.fields[name].label, text) for name, text in form.changes.items() if text]
    return unsaved(request, review, refused, texts)


def unsaved(
    request: HttpRequest, review: Review, refused: Refused, texts: list[tuple[Any, str]]
) -> HttpResponse:
    """What was typed is there to be copied. For who may not see the review, in their own frame."""
    frame = "base" if request.user.has_perm(Permission.VIEW, review) else "asked"
    context = {
        "review": review,
        "reasons": refused.reasons,
        "texts": texts,
        "frame": f"reviews/case/{frame}.html",
    }
    return render(request, "reviews/scoping/terms/unsaved.html", context, status=CONFLICT)


@review_view(Permission.WRITE_SCOPE)
def terms_earlier(request: HttpRequest, review: Review, key: str) -> HttpResponse:
    """What a section said before: each text, and what the next one changed in it."""
    rows = Section.objects.filter(review=review, key=key).select_related("changed_by")
    row = rows.order_by("-terms__number").first()
    if row is None:
        raise Http404
    texts: list[Any] = list(row.earlier.select_related("by"))
    newer = row.text
    earlier = []
    for one in texts[:100]:
        earlier.append((one, compared(one.text, newer)))
        newer = one.text
    context = {"review": review, "topic": scope.topics()[key], "row": row, "earlier": earlier}
    return render(request, "reviews/scoping/terms/earlier.html", context)
