from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.decisions.returns.models import Gathering, NeighbourCheck
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class GatheringForm(Form):
    lived_elsewhere = forms.ChoiceField(
        label=_("Has the family lived in the area of another board?"),
        choices=Gathering.Elsewhere,
        widget=Radios(),
        error_messages={"required": _("Say whether the family has lived elsewhere")},
    )
    context = long_text(
        _("The local context"),
        required=False,
        help_text=_(
            "Such as the services there were, earlier reviews with the same themes, and what else "
            "is looking into the case"
        ),
    )
    sufficient = long_text(
        _("Is this enough to decide on, and why?"),
        required=False,
        help_text=_("Also what is still missing, and why the decision does not wait for it"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of_gathering(row: Gathering | None) -> dict[str, Any]:
    if row is None:
        return {"version": 0}
    return {name: getattr(row, name) for name in GatheringForm.base_fields}


class NeighbourForm(Form):
    board_name = forms.CharField(label=_("Board"), max_length=200)
    period = forms.CharField(
        label=_("When the family lived there"),
        max_length=100,
        required=False,
        help_text=_("Such as spring 2014 to May 2015"),
    )
    asked_on = DateField(label=_("Asked on"), required=False, not_future=True)
    answered_on = DateField(label=_("Answered on"), required=False, not_future=True)
    answer = long_text(_("What it said"), required=False)
    not_asked_reason = long_text(
        _("Why it was not asked"),
        required=False,
        rows=3,
        help_text=_("Leave this empty where it is still to be asked."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked, answered = data.get("asked_on"), data.get("answered_on")
        if answered and not asked and "asked_on" not in self.errors:
            self.add_error("asked_on", _now("Enter the day on which it was asked"))
        if asked and answered and answered < asked:
            self.add_error("answered_on", _now("The answer can't come before the question"))
        if data.get("answer") and not answered and "answered_on" not in self.errors:
            self.add_error("answered_on", _now("Enter the day on which it answered"))
        if asked and data.get("not_asked_reason"):
            self.add_error("not_asked_reason", _now("The board was asked, so leave this box empty"))
        return data


def initial_of_neighbour(check: NeighbourCheck | None) -> dict[str, Any]:
    if check is None:
        return {"version": 0}
    return {name: getattr(check, name) for name in NeighbourForm.base_fields}
