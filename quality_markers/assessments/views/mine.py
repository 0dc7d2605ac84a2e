"""My questions: what is assigned to the person who is signed in, on every review."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quality_markers.assessments.queries.mine import mine
from scr_portal.accounts.access import signed_in


@signed_in
def my_questions(request: HttpRequest) -> HttpResponse:
    found = mine(request.user)
    context = {
        "reviews": [
            (review, list(passes))
            for review, passes in groupby(found, key=lambda each: each.assessment.review)
        ],
        "left": sum(each.left for each in found),
    }
    return render(request, "quality_markers/assessments/my_questions.html", context)
