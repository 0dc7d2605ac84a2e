from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.involvement.forms.waiving import WaiverForm
from families.involvement.models import Waiver
from families.involvement.operations import waiving as operations
from families.involvement.views.pages import page_of_all
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused


@review_view(Permission.SIGN)
def family_waive(request: HttpRequest, review: Review, about: str) -> HttpResponse:
    if about not in Waiver.About.values:
        raise Http404
    form = WaiverForm(
        posted(request), review=review, initial={"person": request.GET.get("person", "")}
    )

    def act(**said: Any) -> None:
        operations.waive(review=review, about=about, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The reason is on the record, and the review may move on."),
        back=f"{page_of_all(review)}#waivers",
        review=review,
        heading=_("Move on without %(about)s") % {"about": Waiver.About(about).label},
        intro=_("The reason is shown to everybody who sees the family register, until you end it."),
        button=_("Save the reason"),
    )


@review_view(Permission.SIGN)
@require_POST
def family_waiver_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.waivers, pk=pk)
    try:
        operations.end_waiver(waiver=found, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Ended. It is to be done before the review moves on"))
    return redirect(f"{page_of_all(review)}#waivers")
