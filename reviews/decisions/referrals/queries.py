from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals.models import Referral
from scr_portal.accounts.models import Board
from scr_portal.core import dates


def answers(form: Form) -> list[dict[str, Any]]:
    """A filled form as rows of a summary list."""
    return [
        {"key": field.label, "value": _shown(form, field.name), "lines": True} for field in form
    ]


def _shown(form: Form, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", []) or [])
    if not value:
        return _("Not given")
    if hasattr(value, "strftime"):
        return dates.on_screen(value)
    return str(choices.get(value, value))


def same_incident(user: Any, board: Board, child: dict[str, Any]) -> list[Review]:
    """Earlier reviews of this board about an incident on the same day, as far as one may see."""
    rows = Review.objects.visible_to(user).filter(board=board, incident_on=child["incident_on"])
    return list(rows[:5])


def referral_of(review: Review) -> Referral:
    return Referral.objects.select_related("agency").get(review=review)
