from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.decisions.advice import queries, rules
from reviews.permissions import Permission


@review_view(Permission.READ_DECISIONS)
def advice(request: HttpRequest, review: Review) -> HttpResponse:
    """What the chair has been told; what members said is for those who asked them."""
    may_ask = rules.may_ask(request.user, rules.About.DECISION, review)
    recommendations = list(queries.recommendations_of(review))
    return render(
        request,
        "reviews/decisions/advice/advice.html",
        {
            "review": review,
            "may_ask": may_ask,
            "may_recommend": request.user.has_perm(Permission.RECOMMEND, review),
            "is_open": not rules.against_advising(review),
            "inputs": list(queries.inputs_of(review, rules.About.DECISION)) if may_ask else [],
            "meetings": list(queries.meetings_of(review)),
            "latest": recommendations[0] if recommendations else None,
            "earlier": recommendations[1:],
            "challenges": list(queries.challenges_of(review)),
        },
    )
