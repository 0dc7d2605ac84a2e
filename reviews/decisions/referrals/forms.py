from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Child
from reviews.decisions.referrals.models import Referral
from scr_portal.accounts.models import Agency, Board
from scr_portal.core.forms import DateField, Form, long_text


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
