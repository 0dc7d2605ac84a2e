from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from families.involvement.forms.deciding import DecisionForm, DisagreementForm, GroupNoteForm
from families.involvement.models import GroupNote, Inclusion
from families.involvement.operations import deciding as operations
from families.involvement.rules import deciding as rules
from families.involvement.views.pages import begun, page_of, page_of_all, person_of
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock


@review_view(Permission.KEEP_FAMILY)
def inclusion_new(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    key = f"inclusion:{found.pk}"
    form = DecisionForm(
        posted(request),
        initial=begun(request, key, decided_on=clock.today()),
        review=review,
        reads_plan=request.user.has_perm(Permission.READ_PLAN, review),
        kinds=rules.open_kinds(found.standings.all()),
    )

    def act(by: Any, **_said: Any) -> None:
        operations.decide(person=found, by=by, **form.said)

    return form_page(
        request,
        form,
        act,
        done=_("The decision is on the record."),
        back=page_of(found),
        review=review,
        heading=_("Does %(person)s take part?") % {"person": found},
        intro=_("The line stays as it is written; a later decision stands above it."),
        button=_("Record the decision"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def disagree(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Inclusion.objects.select_related("person"), review=review, pk=pk)
    key = f"disagreement:{found.pk}"
    form = DisagreementForm(posted(request), initial=begun(request, key))

    def act(**said: Any) -> None:
        operations.disagree(inclusion=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Your disagreement stands beside the decision."),
        back=page_of(found.person),
        review=review,
        heading=_("Disagree with the decision on %(person)s") % {"person": found.person},
        intro=_("The decision stands. What you write is kept beside it, with your name."),
        button=_("Record that I disagree"),
        draft_key=key,
    )


@review_view(Permission.KEEP_FAMILY)
def group_note(request: HttpRequest, review: Review, group: str) -> HttpResponse:
    if group not in GroupNote.Group.values:
        raise Http404
    key = f"group-note:{review.pk}:{group}"
    form = GroupNoteForm(posted(request), initial=begun(request, key))

    def act(**said: Any) -> None:
        operations.note_group(review=review, group=group, **said)

    return form_page(
        request,
        form,
        act,
        done=_("It is on the record that there are none."),
        back=page_of_all(review),
        review=review,
        heading=_("There are none: %(group)s")
        % {"group": str(GroupNote.Group(group).label).lower()},
        button=_("Record it"),
        draft_key=key,
    )
