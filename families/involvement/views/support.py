from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.involvement.forms.support import SupportForm
from families.involvement.models import Support
from families.involvement.operations import support as operations
from families.involvement.views.pages import page_of, person_of
from families.people.models import Person
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into

PART = "support"


@review_view(Permission.KEEP_FAMILY)
def support_new(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    key = f"support:{found.pk}:new"
    initial = _known(request, found) | (restore_into(request, key) or {})
    form = SupportForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.add_support(person=found, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("It is on the list. Agree it with them next."),
        back=page_of(found, PART),
        review=review,
        heading=_("Support for %(person)s") % {"person": found},
        button=_("Add"),
        draft_key=key,
    )


def _known(request: HttpRequest, person: Person) -> dict[str, Any]:
    """The register knows their language already."""
    kind = request.GET.get("kind", "")
    return {"language": person.language, "kind": kind if kind in Support.Kind.values else ""}


@review_view(Permission.KEEP_FAMILY)
def support_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Support.objects.select_related("person"), review=review, pk=pk)
    key = f"support:{found.person_id}:{found.pk}"
    names = [name for name in SupportForm.base_fields if getattr(found, name) is not None]
    initial = {name: getattr(found, name) for name in names} | (restore_into(request, key) or {})
    form = SupportForm(posted(request), initial=initial, support=found)

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.change_support(support=found, version=version or 0, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("The support is saved."),
        back=page_of(found.person, PART),
        review=review,
        heading=_("Support for %(person)s: %(kind)s")
        % {"person": found.person, "kind": found.get_kind_display()},
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
@require_POST
def support_move(request: HttpRequest, review: Review, pk: int, state: str) -> HttpResponse:
    """One button, one step, today; the day can be put right on the form."""
    found = get_object_or_404(Support.objects.select_related("person"), review=review, pk=pk)
    if state not in Support.State.values:
        raise Http404
    try:
        operations.move_support(support=found, state=state, on=clock.today(), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    else:
        messages.success(request, _("Recorded: %(state)s") % {"state": Support.State(state).label})
    return redirect(page_of(found.person, PART))
