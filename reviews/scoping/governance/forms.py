from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.queries import people_of
from reviews.scoping.governance.models import AssuranceStep, Governance, Impasse, Responsibility
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class TextsForm(Form):
    challenge = long_text(
        _("Where and how challenge is raised"),
        required=False,
        rows=8,
        help_text=_("Who may question information and analysis, with whom, and by when"),
    )
    balance = long_text(
        _("How independence and the board's ownership are balanced"), required=False, rows=8
    )
    impasse = long_text(_("What happens when no agreement is reached"), required=False, rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of_texts(texts: Governance | None) -> dict[str, Any]:
    if texts is None:
        return {"version": 0}
    return {name: getattr(texts, name) for name in TextsForm.base_fields}


class ResponsibilityForm(Form):
    duty = forms.ChoiceField(
        label=_("What?"), choices=Responsibility.Duty.choices, widget=Radios(small=True)
    )
    user = forms.TypedChoiceField(label=_("Who?"), required=False, empty_value=None)
    name = forms.CharField(
        label=_("Name of a person or body that is not on the list"), max_length=200, required=False
    )
    note = forms.CharField(
        label=_("In what capacity"),
        max_length=300,
        required=False,
        help_text=_("Such as independent reviewer, or chair of the quality group"),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {str(person.pk): person for person in people_of(review)}
        choices = [(key, person.name) for key, person in people.items()]
        self.fields["user"].choices = [("", _("Somebody who is not on the list")), *choices]  # type: ignore[attr-defined]
        self.fields["user"].coerce = people.get  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("user") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose a person or write a name"))
        return data


class StepForm(Form):
    what = forms.CharField(
        label=_("Step"), max_length=200, help_text=_("Such as “The panel reads the first draft”")
    )
    who = forms.CharField(label=_("Who does it"), max_length=200)
    planned_on = DateField(label=_("Planned for"), required=False)
    done_on = DateField(label=_("Done on"), required=False, not_future=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_of_step(step: AssuranceStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in StepForm.base_fields}


class ImpasseForm(Form):
    about = forms.CharField(label=_("What is it about?"), max_length=200)
    arose_on = DateField(label=_("Arose on"), not_future=True)
    reviewer_position = long_text(_("Position of the reviewer, in their own words"))
    board_position = long_text(_("Position of the board, in its own words"))
    outcome = long_text(_("What came of it"), required=False)
    settled_on = DateField(label=_("Settled on"), required=False, not_future=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("settled_on") and not data.get("outcome"):
            self.add_error("outcome", _("Say what came of it"))
        if data.get("outcome") and not data.get("settled_on") and "settled_on" not in self.errors:
            self.add_error("settled_on", _("Give the day on which it was settled"))
        return data


def initial_of_impasse(impasse: Impasse) -> dict[str, Any]:
    return {name: getattr(impasse, name) for name in ImpasseForm.base_fields}
