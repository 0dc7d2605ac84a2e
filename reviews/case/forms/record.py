from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Child, Review
from reviews.case.operations.record import EDITED, disorder
from scr_portal.core.forms import DateField, Form, ModelForm
from scr_portal.core.widgets import Radios


class RecordForm(Form):
    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=60,
        help_text=_("What the case is called everywhere, such as Child A. Never a real name."),
    )
    marking = forms.ChoiceField(
        label=_("Protective marking"), choices=Review.Marking.choices, widget=Radios(small=True)
    )
    incident_on = DateField(label=_("Date of the incident"), not_future=True)
    aware_on = DateField(label=_("Date the board learned of it"), required=False, not_future=True)
    notified_on = DateField(label=_("Date of notification"), required=False, not_future=True)
    publication_planned_on = DateField(
        label=_("Planned publication"),
        required=False,
        help_text=_("Dates before publication are counted back from this day."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        initial = {name: getattr(review, name) for name in EDITED}
        initial |= {"version": review.version}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.review = review

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, words in disorder(cleaned, self.review.referred_on).items():
            if name not in self.errors:
                self.add_error(name, words)
        return cleaned


ABOUT_A_CHILD = [
    "pseudonym",
    "harm",
    "age_at_incident",
    "sex",
    "ethnicity",
    "language",
    "religion",
    "disability",
    "legal_status",
]


class ChildForm(ModelForm):
    """Names and date of birth are never filled in: what is kept shows only when asked for."""

    real_name = forms.CharField(
        label=_("Real name"),
        max_length=200,
        required=False,
        help_text=_("Kept encrypted. Leave it empty to keep what there is."),
    )
    date_of_birth = DateField(
        label=_("Date of birth"),
        required=False,
        not_future=True,
        help_text=_("Kept encrypted. Leave it empty to keep what there is."),
    )
    forget = forms.BooleanField(
        label=_("Remove the real name and the date of birth that are kept"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Child
        fields = ABOUT_A_CHILD
        widgets = {"harm": Radios(small=True), "sex": Radios(small=True)}

    def __init__(
        self, *args: Any, review: Review, child: Child | None, names: bool, **kwargs: Any
    ) -> None:
        initial = {name: getattr(child, name) for name in ABOUT_A_CHILD} if child else {}
        initial["version"] = child.version if child else None
        kwargs = {"instance": Child(review=review), "initial": initial, **kwargs}
        super().__init__(*args, **kwargs)
        self.review = review
        self.fields["harm"].choices = Child.Harm.choices  # type: ignore[attr-defined]
        kept = bool(child and (child.real_name or child.date_of_birth))
        for name, shown in [("real_name", names), ("date_of_birth", names), ("forget", kept)]:
            if not (names and shown):
                del self.fields[name]
        if not child:
            for name in self.fields.keys() & {"real_name", "date_of_birth"}:
                self.fields[name].help_text = _("Kept encrypted, and shown only when asked for.")

    def clean_date_of_birth(self) -> Any:
        born = self.cleaned_data["date_of_birth"]
        if born and born > self.review.incident_on:
            raise forms.ValidationError(
                _("The date of birth must be on or before the date of the incident")
            )
        return born

    def validate_unique(self) -> None:
        """The operation asks the database, which knows of a second form sent just now."""

    def chosen(self) -> dict[str, Any]:
        """What the operation takes; names only where something was given or is to go."""
        fields = {name: self.cleaned_data[name] for name in ABOUT_A_CHILD}
        if self.cleaned_data.get("forget"):
            return fields | {"real_name": "", "date_of_birth": ""}
        if name := self.cleaned_data.get("real_name"):
            fields["real_name"] = name
        if born := self.cleaned_data.get("date_of_birth"):
            fields["date_of_birth"] = born.isoformat()
        return fields
