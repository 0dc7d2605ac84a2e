from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core.forms import Form, long_text


class SafetyForm(Form):
    """What everybody who gets in touch must keep to. Why is on a page of its own."""

    mark_optional = False

    no_letters = forms.BooleanField(label=_("Never write letters to them"), required=False)
    letters_do_not_suit = forms.BooleanField(
        label=_("Letters do not suit this person: speak to them"), required=False
    )
    safe_channels = long_text(
        _("Safe ways to reach them"),
        required=False,
        rows=3,
        help_text=_("Do not write why it is safe, or what they are kept safe from"),
    )
    safe_times = long_text(_("Safe times"), required=False, rows=2)
    not_told = long_text(
        _("Who must not be told"),
        required=False,
        rows=2,
        help_text=_("That there is contact, or where this person is"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SafetyReasonForm(Form):
    mark_optional = False

    domestic_abuse = forms.BooleanField(
        label=_("Domestic abuse is known or suspected"), required=False
    )
    reason = long_text(_("Why these instructions are needed"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApartForm(Form):
    one = forms.ModelChoiceField(
        label=_("Who"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    other = forms.ModelChoiceField(
        label=_("Is kept apart from"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    reason = long_text(_("Why"), rows=4)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].queryset = review.family.all()  # type: ignore[attr-defined]
