"""What is known for the decision: who was asked, what came back, and what it rests on besides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.decisions.returns import queries, rules, tables
from reviews.decisions.returns.models import AgencyReturn
from reviews.permissions import Permission

FOLDER = "reviews/decisions/returns"


@review_view(Permission.READ_DECISIONS)
def information(request: HttpRequest, review: Review) -> HttpResponse:
    returns = list(queries.returns_of(review))
    notices = list(queries.notices_of(review))
    context = {
        "review": review,
        "may_edit": request.user.has_perm(Permission.EDIT, review),
        "may_keep_form": request.user.has_perm(Permission.KEEP_REGISTERS, review.board),
        "closed": rules.against_asking(review),
        "summary": queries.summed(review, returns),
        "returns": tables.lines(review, returns),
        "notices": tables.lines(review, notices),
        "any_answer": any(row.state == AgencyReturn.State.ANSWERED for row in returns),
        "gathering": queries.gathering_of(review),
        "neighbours": list(queries.neighbours_of(review)),
    }
    return render(request, f"{FOLDER}/information.html", context)


@review_view(Permission.READ_DECISIONS)
def answers(request: HttpRequest, review: Review) -> HttpResponse:
    """Of each agency everything it ever answered: a second return may only add to the first."""
    rows = list(queries.returns_of(review))
    state = AgencyReturn.State
    context = {
        "review": review,
        "sides": tables.side_by_side(row for row in rows if row.state == state.ANSWERED),
        "nothing_known": [row for row in rows if row.state == state.NOTHING_KNOWN],
        "unanswered": [row for row in queries.latest(rows).values() if not row.answered_at],
    }
    return render(request, f"{FOLDER}/answers.html", context)


def _one(review: Review, rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@review_view(Permission.READ_DECISIONS)
def agency_return(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _one(review, queries.returns_of(review), pk)
    context = _context(request, review, row)
    context |= {"answers": tables.answers(row), "what": "return"}
    return render(request, f"{FOLDER}/return.html", context)


@review_view(Permission.READ_DECISIONS)
def preservation(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = _one(review, queries.notices_of(review), pk)
    context = _context(request, review, row) | {"what": "preservation"}
    return render(request, f"{FOLDER}/preservation.html", context)


def _context(request: HttpRequest, review: Review, row: Any) -> dict[str, Any]:
    [line] = tables.lines(review, [row])
    return {
        "review": review,
        "row": row,
        "line": line,
        "may_edit": request.user.has_perm(Permission.EDIT, review),
        "letters": len(row.link.letters.all()) if row.link else 0,
    }
