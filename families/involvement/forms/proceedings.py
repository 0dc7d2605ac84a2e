from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.involvement.models import Consultation, Standing
from reviews.case.models import Review
from reviews.planning.parallel.models import ParallelProcess
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class StandingForm(Form):
    """The process by its name is for those alone who read the plan."""

    kind = forms.ChoiceField(
        label=_("Which proceedings?"), choices=Standing.Kind.choices, widget=Radios(small=True)
    )
    part = forms.ChoiceField(
        label=_("What are they in them?"), choices=Standing.Part.choices, widget=Radios(small=True)
    )
    process = forms.ModelChoiceField(
        label=_("Which of the parallel processes"),
        queryset=ParallelProcess.objects.none(),
        required=False,
        empty_label=_("None of them, or not known"),
    )
    ended_on = DateField(
        label=_("Ended on"),
        required=False,
        not_future=True,
        help_text=_("From that day on no officer needs to be consulted because of it"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, review: Review, reads_plan: bool, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if reads_plan:
            self.fields["process"].queryset = review.parallelprocesss.all()  # type: ignore[attr-defined]
        else:
            del self.fields["process"]
        if is_new:
            del self.fields["ended_on"]


class ConsultationForm(Form):
    officer = forms.CharField(
        label=_("Which officer was consulted?"),
        max_length=200,
        help_text=_("Rank and force, such as “senior investigating officer, Northmere Police”"),
    )
    consulted_on = DateField(label=_("When"), not_future=True)
    agreed = forms.ChoiceField(
        label=_("May there be contact?"), choices=Consultation.Agreed.choices, widget=Radios()
    )
    contact_from = DateField(label=_("Contact may begin on"), required=False)
    terms = long_text(
        _("What was agreed, in words"),
        rows=4,
        help_text=_("What the officer knows of the review, who may be present, what is passed on"),
    )
    not_to_discuss = long_text(_("What may not be discussed"), required=False, rows=3)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    reveals = {"agreed": {Consultation.Agreed.FROM.value: "contact_from"}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needs_day = data.get("agreed") == Consultation.Agreed.FROM and not data.get("contact_from")
        if needs_day and "contact_from" not in self.errors:
            self.add_error("contact_from", _("Enter the day on which contact may begin"))
        return data
