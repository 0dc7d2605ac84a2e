from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from families.involvement.models import Phase, Safety, Waiver
from families.involvement.queries import deciding, table, waivers
from families.involvement.rules import deciding as rules
from families.involvement.rules import proceedings
from families.involvement.rules.support import MOVES
from families.involvement.views.pages import person_of
from families.people.models import Person
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock

COLOURS = {"wanted": "yellow", "agreed": "light-blue", "arranged": "", "done": "green"}


@review_view(Permission.SEE_FAMILY)
@require_safe
def involvement(request: HttpRequest, review: Review) -> HttpResponse:
    rows = table.rows(review, request.user)
    signs = request.user.has_perm(Permission.SIGN, review)
    sees_safety = request.user.has_perm(Permission.SEE_SAFETY, review)
    apart = review.aparts.select_related("one", "other", "by").filter(ended_at__isnull=True)
    context = {
        "review": review,
        "rows": rows,
        "phases": Phase.labels,
        "gaps": deciding.gaps(review, [row.person for row in rows]),
        "undecided": sum(row.needs_decision and row.inclusion is None for row in rows),
        "to_arrange": table.to_arrange(review),
        "waivers": list(waivers.waivers(review)),
        "abouts": Waiver.About.choices if signs else [],
        "sees_safety": sees_safety,
        "apart": list(apart) if sees_safety else [],
        "keeps": request.user.has_perm(Permission.KEEP_FAMILY, review),
        "signs": signs,
    }
    return render(request, "families/involvement/taking_part.html", context)


@review_view(Permission.SEE_FAMILY)
@require_safe
def involved(request: HttpRequest, review: Review, person: int) -> HttpResponse:
    found = person_of(review, person)
    may = request.user.has_perm
    context = {
        "review": review,
        "person": found,
        "decisions": list(deciding.ledger(found)),
        "needs_decision": rules.needs_decision(found),
        "safety": Safety.objects.filter(person=found).first(),
        "supports": [
            (row, COLOURS.get(row.state, "grey"), MOVES[row.state]) for row in found.supports.all()
        ],
        "waivers": [row for row in waivers.waivers(review) if row.person_id in (None, found.pk)],
        "keeps": may(Permission.KEEP_FAMILY, review),
        "signs": may(Permission.SIGN, review),
        "reads_plan": may(Permission.READ_PLAN, review),
        "today": clock.today(),
        **_proceedings(found),
        **_why(found, may(Permission.SEE_SAFETY, review)),
    }
    decisions, standings = context["decisions"], context["standings"]
    context["is_due"] = bool(decisions) and rules.is_due(decisions[0], clock.today(), standings)
    return render(request, "families/involvement/person.html", context)


def _proceedings(person: Person) -> dict[str, Any]:
    standings = list(person.standings.select_related("process"))
    consultations = list(person.consultations.select_related("by"))
    on = clock.today()
    return {
        "standings": standings,
        "consultations": consultations,
        "guarded": proceedings.is_guarded(standings, on),
        "leave": proceedings.contact_allowed(standings, consultations, on),
    }


def _why(person: Person, sees_safety: bool) -> dict[str, Any]:
    """Nothing of it is in the context of a page whose reader may not see it."""
    if not sees_safety:
        return {"sees_safety": False}
    return {"sees_safety": True, "why": getattr(person, "safety_reason", None)}
