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
from reviews.scoping.partners import operations, queries
from reviews.scoping.partners.forms import AgreementForm, EndForm, PartnerForm, initial_of
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_SCOPE)
def partners(request: HttpRequest, review: Review) -> HttpResponse:
    rows = list(review.partnerships.select_related("partner"))
    context = {
        "review": review,
        "sharing": [row for row in rows if row.ends is None],
        "ended": [row for row in rows if row.ends],
        "people": queries.people_on(review) if rows else [],
        "may_change": request.user.has_perm(Permission.APPOINT, review),
    }
    return render(request, "reviews/scoping/partners/partners.html", context)


def _back(review: Review) -> str:
    return reverse("reviews:partners", args=[review.pk])


@review_view(Permission.APPOINT)
def partner_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"partner:{review.pk}:new"
    initial = {"starts": clock.today()} | (restore_into(request, key) or {})
    form = PartnerForm(posted(request), initial=initial, review=review)

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.add_partner(review=review, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_(
            "The board takes part now. Its people see the review once they are appointed to it."
        ),
        back=_back(review),
        review=review,
        heading=_("Add a partner board"),
        button=_("Add"),
        draft_key=key,
    )


@review_view(Permission.APPOINT)
def partner_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.partnerships, pk=pk)
    key = f"partner:{review.pk}:{found.pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = AgreementForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **agreed: Any) -> None:
        operations.change_partner(partnership=found, version=version or 0, by=by, **agreed)

    return form_page(
        request,
        form,
        act,
        done=_("What was agreed is saved."),
        back=_back(review),
        review=review,
        heading=found.name,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.APPOINT)
def partner_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.partnerships, pk=pk)
    form = EndForm(posted(request))

    def act(**said: Any) -> None:
        operations.end_partner(partnership=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("%(board)s takes part no more.") % {"board": found},
        back=_back(review),
        review=review,
        heading=_("End the part of %(board)s") % {"board": found},
        button=_("End it"),
        intro=_(
            "People of that board who are appointed to the review stay so until their appointment "
            "is ended, on the page People."
        ),
    )
