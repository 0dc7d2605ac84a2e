from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from scr_portal.accounts import operations, queries, rules
from scr_portal.accounts.access import board_view
from scr_portal.accounts.forms import FilterForm, InviteForm
from scr_portal.accounts.models import Board, User
from scr_portal.accounts.operations.roles import allowed_to
from scr_portal.accounts.views.parts import frame
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

PAGE = 50


@board_view(rules.MANAGE_PEOPLE)
@require_safe
def people(request: HttpRequest, board: Board) -> HttpResponse:
    everybody = queries.people_of(board)
    form = FilterForm(request.GET)
    # A filter that nobody offers shows everybody rather than an error.
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.narrowed(everybody, board, **wanted), PAGE).get_page(
        request.GET.get("page")
    )
    for person in page:
        _split_roles(person)
    context = {
        "filter": form,
        "filtered": any(wanted.values()),
        "page": page,
        "states": queries.STATES,
    }
    return render(request, "accounts/people.html", frame(request, board, **context))


def _split_roles(person: User) -> None:
    today = clock.today()
    roles = person.roles_here  # type: ignore[attr-defined]
    person.held = [r for r in roles if not r.ends or r.ends >= today]  # type: ignore[attr-defined]
    person.ended = [r for r in roles if r not in person.held]  # type: ignore[attr-defined]


@board_view(rules.MANAGE_PEOPLE)
def invite(request: HttpRequest, board: Board) -> HttpResponse:
    roles = allowed_to(request.user, board)
    form = InviteForm(request.POST or None, board=board, roles=roles)
    if form.is_valid():
        try:
            invitation = operations.invite(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            told = _("%(name)s has been told by email.") % {"name": invitation.user}
            messages.success(request, told)
            return redirect("accounts:person", board.slug, invitation.user_id)
    context = frame(request, board, form=form)
    return render(request, "accounts/invite.html", context)
