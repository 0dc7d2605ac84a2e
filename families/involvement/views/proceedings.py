from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from families.involvement.forms.proceedings import ConsultationForm, StandingForm
from families.involvement.models import Standing
from families.involvement.operations import proceedings as operations
from families.involvement.views.pages import begun, page_of, person_of
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock

PART = "proceedings"


@review_view(Permission.KEEP_FAMILY)
def standing_new(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    form = StandingForm(
        posted(request),
        review=review,
        reads_plan=request.user.has_perm(Permission.READ_PLAN, review),
        is_new=True,
    )

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.add_standing(person=found, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("It is on the record. With a witness or a suspect, consult the officer next."),
        back=page_of(found, PART),
        review=review,
        heading=_("Proceedings in which %(person)s has a part") % {"person": found},
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def standing_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    rows = Standing.objects.select_related("person", "process")
    found = get_object_or_404(rows, review=review, pk=pk)
    names = ("kind", "part", "process", "ended_on", "version")
    form = StandingForm(
        posted(request),
        initial={name: getattr(found, name) for name in names},
        review=review,
        reads_plan=request.user.has_perm(Permission.READ_PLAN, review),
        is_new=False,
    )

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.change_standing(standing=found, version=version or 0, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("It is saved."),
        back=page_of(found.person, PART),
        review=review,
        heading=_("Proceedings in which %(person)s has a part") % {"person": found.person},
        button=_("Save"),
    )


@review_view(Permission.KEEP_FAMILY)
def consultation_new(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    key = f"consultation:{found.pk}"
    form = ConsultationForm(
        posted(request), initial=begun(request, key, consulted_on=clock.today())
    )

    def act(**said: Any) -> None:
        operations.consult(person=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("What the officer said is on the record."),
        back=page_of(found, PART),
        review=review,
        heading=_("What the investigating officer says of contact with %(person)s")
        % {"person": found},
        intro=_(
            "Explain the focus of the review before you ask. The line stays; the newest counts."
        ),
        button=_("Record it"),
        draft_key=key,
    )
