from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Child, Review
from reviews.decisions.models import Decision, Referral
from scr_portal.accounts.models import Agency, Board
from scr_portal.core.forms import DateField, Form

LONG = 20_000


def long_text(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 6) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ChildStep(Form):
    """Who it is about: never a real name, which has a place of its own in the record."""

    title = _("The child and the incident")

    pseudonym = forms.CharField(
        label=_("Pseudonym of the child"),
        max_length=60,
        help_text=_("A name that cannot be traced to the family, such as Child R"),
    )
    harm = forms.ChoiceField(
        label=_("What happened to the child"), choices=Child.Harm, widget=forms.RadioSelect
    )
    age_at_incident = forms.CharField(
        label=_("Age at the incident"),
        max_length=40,
        required=False,
        help_text=_("Such as 7 months, or 12"),
    )
    incident_on = DateField(label=_("Date of the incident"), not_future=True)


class DatesStep(Form):
    title = _("Who refers the case, and when")

    referrer_name = forms.CharField(
        label=_("Who refers the case"),
        max_length=200,
        help_text=_("The person's role is enough, such as Named nurse for safeguarding"),
    )
    agency = forms.ModelChoiceField(
        label=_("Their agency"), queryset=Agency.objects.none(), required=False
    )
    aware_on = DateField(
        label=_("Date the board learned of the incident"), not_future=True, required=False
    )
    notified_on = DateField(
        label=_("Date of the notification to the board"),
        not_future=True,
        required=False,
        help_text=_("The limit for the chair's decision is counted from this day"),
    )
    referred_on = DateField(label=_("Date of the referral"), not_future=True)

    def __init__(self, *args: Any, board: Board, incident_on: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident_on = incident_on
        self.fields["agency"].queryset = board.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        before, before_words = self.incident_on, str(_("the incident"))
        for name in ("aware_on", "notified_on", "referred_on"):
            day = data.get(name)
            if day and before and day < before:
                self.add_error(
                    name,
                    _("%(label)s can't lie before %(other)s")
                    % {"label": self.fields[name].label, "other": before_words},
                )
            if day:
                before, before_words = day, str(self.fields[name].label).lower()
        return data


class ReasonsStep(Form):
    title = _("Why the case is referred")

    ground = forms.ChoiceField(
        label=_("Ground for the referral"),
        choices=Referral.Ground,
        widget=forms.RadioSelect,
        help_text=_(
            "The criteria: abuse or neglect is known or suspected, and the child died, or was "
            "seriously harmed and there is concern about how agencies worked together"
        ),
    )
    rationale = long_text(_("Why the case is referred"))
    support = long_text(_("Information that supports it"), required=False)
    delay_reason = long_text(
        _("Why the referral took this long"),
        required=False,
        rows=3,
        help_text=_("If it came late after the incident"),
    )


STEPS: dict[str, type[Form]] = {"child": ChildStep, "dates": DatesStep, "reasons": ReasonsStep}


class ReferralForm(ReasonsStep):
    referrer_name = forms.CharField(label=_("Who refers the case"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ["referrer_name", "ground", "rationale", "support", "delay_reason", "version"]


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
