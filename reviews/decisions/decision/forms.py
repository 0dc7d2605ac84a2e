from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.decision.models import Decision
from scr_portal.core.forms import Form, long_text


class DecisionForm(Form):
    """A draft may be saved with gaps: what is missing is said when it is put to the chair."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in Review.Outcome.choices if choice[0]],
        widget=forms.RadioSelect,
        required=False,
    )
    criteria_met = forms.TypedChoiceField(
        label=_("Are the statutory criteria met?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    nature = long_text(
        _("Nature and scale of the review"),
        required=False,
        help_text=_("How wide, how deep, with what method, and why that is in proportion"),
    )
    rationale = long_text(
        _("Reasons for the decision"),
        required=False,
        rows=10,
        help_text=_("As members, government, professionals and the family will read them"),
    )
    delay_reason = long_text(
        _("Why the decision took longer than the limit"), required=False, rows=3
    )
    changed = long_text(_("What is new since the last version"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, first: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changed"]


def initial_of(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {"version": 0}
    met = {True: "yes", False: "no", None: ""}[decision.criteria_met]
    texts = ("outcome", "nature", "rationale", "delay_reason", "changed", "version")
    return {"criteria_met": met} | {name: getattr(decision, name) for name in texts}


class ReturnForm(Form):
    reasons = long_text(_("What should be changed"), rows=4)
