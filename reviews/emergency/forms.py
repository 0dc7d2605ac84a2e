from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.emergency.models import Emergency
from scr_portal.core.forms import Form, long_text
from scr_portal.core.widgets import Radios


class OpenForm(Form):
    reference = forms.CharField(
        label=_("Reference of the review"),
        help_text=_("As it stands on letters and in emails, such as SCR-2026-014."),
        max_length=40,
    )
    why = forms.ChoiceField(
        label=_("Why can’t it wait?"), choices=Emergency.Why.choices, widget=Radios
    )
    reason = long_text(
        label=_("What has happened, and what you need to know"),
        help_text=_("The chair reads this. Do not write more of the case than is needed."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4().hex, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class LookForm(Form):
    found = forms.ChoiceField(
        label=_("What do you find?"), choices=Emergency.Found.choices, widget=Radios
    )
    said = long_text(
        label=_("What you say of it"),
        help_text=_("Where it was not right: what was wrong, and what follows from it."),
        required=False,
    )
