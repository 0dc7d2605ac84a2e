from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice.views.saving import saved
from reviews.permissions import Permission
from reviews.scoping.purpose import papers, queries, rules
from reviews.scoping.purpose.forms import StatementForm, initial_of
from reviews.scoping.purpose.operations import statement as operations
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper, typed
from scr_portal.core.comparing import compared
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_SCOPE)
def purpose(request: HttpRequest, review: Review) -> HttpResponse:
    """The statement that holds, the one in work, how each group stands, and the ledger."""
    rows = list(queries.statements(review))
    in_work = next((row for row in rows if row.agreed_at is None), None)
    agreed = [row for row in rows if row.agreed_at]
    lines, waivers = list(queries.tellings(review)), list(queries.waivers(review))
    user = request.user
    writes = user.has_perm(Permission.WRITE_SCOPE, review)
    context = {
        "review": review,
        "in_work": in_work,
        "agreed": agreed[0] if agreed else None,
        "earlier": agreed[1:],
        "missing": rules.missing(in_work) if in_work else [],
        "standings": rules.standings(lines, waivers, agreed[0] if agreed else None),
        "lines": lines,
        "ended": [row for row in waivers if row.ended_at],
        "briefing": queries.untold_briefing(review) if writes and agreed else None,
        "writes": writes,
        "waives": writes or user.has_perm(Permission.EDIT, review),
        "agrees": bool(
            in_work
            and user.has_perm(Permission.SIGN, review)
            and not in_work.writers.filter(pk=user.pk).exists()
        ),
    }
    return render(request, "reviews/scoping/purpose/purpose.html", context)


@review_view(Permission.WRITE_SCOPE)
def purpose_edit(request: HttpRequest, review: Review) -> HttpResponse:
    in_work, agreed = queries.in_work(review), queries.agreed(review)
    key = f"purpose:{review.pk}"
    kept = restore_into(request, key)
    form = StatementForm(posted(request), initial=initial_of(in_work, agreed) | (kept or {}))

    def act(by: Any, **said: Any) -> None:
        operations.write(review=review, by=by, **said)

    if saved(request, form, key, act):
        messages.success(request, _("Statement saved. The chair finds it on the first page"))
        return redirect("reviews:purpose", review.pk)
    context = {
        "review": review,
        "form": form,
        "draft_key": key,
        "is_next": agreed is not None and in_work is None,
    }
    return render(request, "reviews/scoping/purpose/edit.html", context)


@review_view(Permission.SIGN)
def purpose_agree(request: HttpRequest, review: Review) -> HttpResponse:
    """An act that can't be taken back has its own page."""
    found = queries.in_work(review)
    if found is None:
        messages.info(request, _("There is no statement that waits for agreement."))
        return redirect("reviews:purpose", review.pk)
    reasons = rules.missing(found)
    if request.method == "POST":
        try:
            operations.agree(
                statement=found,
                version=typed.version(request.POST.get("version", "")),
                by=request.user,
            )
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Agreed. From now on people are told of this version"))
            return redirect("reviews:purpose", review.pk)
    context = {
        "review": review,
        "statement": found,
        "agreed": queries.agreed(review),
        "reasons": reasons,
    }
    return render(request, "reviews/scoping/purpose/agree.html", context)


@review_view(Permission.READ_SCOPE)
@require_safe
def purpose_compare(request: HttpRequest, review: Review, number: int) -> HttpResponse:
    """A version beside the one before it."""
    after = get_object_or_404(queries.statements(review), number=number)
    before = queries.statements(review).filter(number=number - 1).first()
    texts = [(_("What the review is for"), "text"), (_("What makes that harder"), "complications")]
    rows = [
        (label, compared(getattr(before, name) if before else "", getattr(after, name)))
        for label, name in texts
    ]
    context = {"review": review, "before": before, "after": after, "rows": rows}
    return render(request, "reviews/scoping/purpose/compare.html", context)


@review_view(Permission.EXPORT)
@require_safe
def purpose_file(request: HttpRequest, review: Review, kind: str) -> HttpResponse:
    """Statement and ledger as PDF or Word; every copy that leaves is in the history."""
    if not request.user.has_perm(Permission.READ_SCOPE, review):
        raise PermissionDenied
    found = queries.agreed(review) or queries.in_work(review)
    if kind not in paper.KINDS or found is None:
        raise Http404
    made = papers.paper_of(found, by=request.user, at=clock.now())
    response = paper.response(made, kind, what=f"purpose-{found.number}")
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=found,
        label=_("%(statement)s, as %(kind)s")
        % {"statement": str(found), "kind": "PDF" if kind == "pdf" else "Word"},
    )
    return response
