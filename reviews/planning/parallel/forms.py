from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.planning.parallel.models import ParallelProcess
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class ProcessForm(Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ParallelProcess.Kind.choices, widget=Radios(small=True)
    )
    name = forms.CharField(
        label=_("What it is called here"),
        max_length=200,
        help_text=_("Such as “the inquest”. Give no real names"),
    )
    body = forms.CharField(label=_("Who leads it"), max_length=200)
    contact = forms.CharField(label=_("Whom to speak to"), max_length=200, required=False)
    began_on = DateField(label=_("Began on"), required=False, not_future=True)
    bearing = long_text(
        _("What it means for the review"),
        required=False,
        help_text=_(
            "Whom the review may speak to and when, what must be kept or disclosed, and what was "
            "agreed with whom"
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_of(process: ParallelProcess) -> dict[str, Any]:
    return {name: getattr(process, name) for name in ProcessForm.base_fields}


class EndForm(Form):
    ended_on = DateField(label=_("Ended on"), not_future=True, initial=clock.today)
