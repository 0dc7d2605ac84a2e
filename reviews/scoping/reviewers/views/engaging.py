"""The reviewers of one review: what they declared, and who is engaged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.scoping.reviewers import queries, rules
from reviews.scoping.reviewers.forms import (
    DeclarationForm,
    EndForm,
    EngagementForm,
    initial_of_engagement,
)
from reviews.scoping.reviewers.models import Reviewer
from reviews.scoping.reviewers.operations import engaging as operations
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_SCOPE)
def reviewers(request: HttpRequest, review: Review) -> HttpResponse:
    found = queries.with_work(review, request.user)
    for row in found.rows:
        for declaration in row.declarations:
            declaration.ties = rules.ties(declaration)  # type: ignore[attr-defined]
    context = {
        "review": review,
        "found": found,
        "may_edit": request.user.has_perm(Permission.EDIT, review),
        "may_appoint": request.user.has_perm(Permission.APPOINT, review),
        "keeps_register": request.user.has_perm(Permission.KEEP_REGISTERS, review.board),
        "to_stop": [row for row in found.rows if row.must_stop],
    }
    return render(request, "reviews/scoping/reviewers/reviewers.html", context)


def _back(review: Review) -> str:
    return reverse("reviews:reviewers", args=[review.pk])


@review_view(Permission.EDIT)
def declare(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"declaration:{review.pk}"
    asked = request.GET.get("reviewer", "")
    initial = {"reviewer": asked, "declared_on": clock.today()}
    form = DeclarationForm(
        posted(request), initial=initial | (restore_into(request, key) or {}), review=review
    )

    def act(**said: Any) -> None:
        operations.declare(review=review, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The declaration is on the record."),
        back=_back(review),
        template="reviews/scoping/reviewers/declare.html",
        review=review,
        heading=_("Declaration of independence"),
        button=_("Put it on the record"),
        draft_key=key,
        intro=_(
            "As the reviewer declared it, for this review alone. It stands as it is recorded: what "
            "changes is recorded as a new declaration, and the newest counts."
        ),
    )


@review_view(Permission.EDIT)
def engage(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    rows = Reviewer.objects.filter(board=review.board_id)
    reviewer = get_object_or_404(rows, pk=pk)
    form = EngagementForm(posted(request))

    def act(by: Any, version: int | None, **agreed: Any) -> None:
        operations.engage(review=review, reviewer=reviewer, by=by, **agreed)

    work = queries.at_work([reviewer], request.user, but=review)
    return form_page(
        request,
        form,
        act,
        done=_("%(who)s is engaged.") % {"who": reviewer},
        back=_back(review),
        template="reviews/scoping/reviewers/engage.html",
        review=review,
        reviewer=reviewer,
        work=work.get(reviewer.pk),
        heading=_("Engage %(who)s") % {"who": reviewer},
        button=_("Engage"),
    )


@review_view(Permission.EDIT)
def engagement_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.engagements.select_related("reviewer"), pk=pk)
    form = EngagementForm(posted(request), initial=initial_of_engagement(found))

    def act(by: Any, version: int | None, **agreed: Any) -> None:
        operations.change_engagement(engagement=found, version=version or 0, by=by, **agreed)

    return form_page(
        request,
        form,
        act,
        done=_("The engagement is saved."),
        back=_back(review),
        review=review,
        heading=_("Engagement of %(who)s") % {"who": found.reviewer},
        button=_("Save"),
    )


@review_view(Permission.EDIT)
def engagement_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.engagements.select_related("reviewer"), pk=pk)
    form = EndForm(posted(request))

    def act(**said: Any) -> None:
        operations.end_engagement(engagement=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The engagement of %(who)s has ended.") % {"who": found.reviewer},
        back=_back(review),
        review=review,
        heading=_("End the engagement of %(who)s") % {"who": found.reviewer},
        button=_("End it"),
        intro=_(
            "Today is its last day. An appointment as lead reviewer is a thing of its own: end it "
            "on the page People."
        ),
    )
