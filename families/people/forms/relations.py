from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from families.people.models import Household, Person, RelationKind
from reviews.case.models import Review
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form


def _one_of(label: Any, rows: Any, **how: Any) -> Any:
    return forms.ModelChoiceField(label=label, queryset=rows, empty_label=_("Choose"), **how)


class RelationForm(Form):
    """Read from the top it is a sentence: Mother is birth parent of Child R."""

    one = _one_of(_("Who"), Person.objects.none())
    kind = forms.ChoiceField(label=_("Is"), choices=[("", _("Choose")), *RelationKind.choices])
    other = _one_of(_("Of whom"), Person.objects.none())
    words = forms.CharField(
        label=_("In your own words"),
        max_length=200,
        required=False,
        help_text=_("Such as “never lived together” or “neighbour who looked after the children”"),
    )
    started_on = DateField(label=_("From"), required=False)
    is_past = forms.BooleanField(label=_("It is over"), required=False)
    ended_on = DateField(label=_("Until"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, review: Review, **how: Any) -> None:
        super().__init__(*args, **how)
        for name in ("one", "other"):
            self.fields[name].queryset = review.family.all()  # type: ignore[attr-defined]
        errors = self.fields["one"].error_messages, self.fields["other"].error_messages
        errors[0]["required"] = errors[1]["required"] = _("Choose two people")
        self.fields["kind"].error_messages["required"] = _("Choose how they are related")


class EndRelationForm(Form):
    ended_on = DateField(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty where nobody knows the day"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HouseholdForm(Form):
    """The address is never filled in: what is kept shows only when asked for."""

    name = forms.CharField(
        label=capfirst(Household._meta.get_field("name").verbose_name),
        max_length=100,
        help_text=_("So that nobody is traced by it, such as Mother’s home"),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept encrypted, and shown only when asked for"),
    )
    forget = forms.BooleanField(label=_("Remove the address that is kept"), required=False)
    note = forms.CharField(
        label=_("What matters about it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as “no letters to this house”. Many people read this: no names."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    unshown = frozenset({"address", "forget"})

    def __init__(self, *args: Any, household: Household | None, names: bool, **how: Any) -> None:
        super().__init__(*args, **how)
        kept = bool(household and household.address)
        if kept:
            self.fields["address"].help_text = _(
                "An address is kept. Leave the box empty to keep it."
            )
        if not (names and kept):
            del self.fields["forget"]
        if not names:
            del self.fields["address"]

    def chosen(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("name", "note")}
        address = self.cleaned_data.get("address", "")
        if address or self.cleaned_data.get("forget"):
            given["address"] = address
        return given


class LivingForm(Form):
    person = _one_of(_("Who"), Person.objects.none())
    household = _one_of(_("Lives in"), Household.objects.none())
    started_on = DateField(label=_("From"), required=False)
    ended_on = DateField(
        label=_("Until"), required=False, help_text=_("Leave it empty if they live there now")
    )
    note = forms.CharField(
        label=_("When"), max_length=100, required=False, help_text=_("Such as “every weekend”")
    )

    def __init__(self, *args: Any, review: Review, **how: Any) -> None:
        super().__init__(*args, **how)
        self.fields["person"].queryset = review.family.all()  # type: ignore[attr-defined]
        self.fields["household"].queryset = review.households.all()  # type: ignore[attr-defined]


class EndLivingForm(Form):
    ended_on = DateField(label=_("Last day there"), not_future=True, initial=clock.today)
