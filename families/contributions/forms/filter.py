from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.contributions.models import Contribution
from families.contributions.rules import Became
from scr_portal.core.forms import DateField, Form


class FilterForm(Form):
    """Offers only what stands in the contributions that this person may read."""

    mark_optional = False

    person = forms.TypedChoiceField(
        label=_("Who said it"), required=False, coerce=int, empty_value=None
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    check_state = forms.ChoiceField(
        label=_("Their check"),
        required=False,
        choices=[("", _("Any")), *Contribution.Check.choices],
    )
    became = forms.ChoiceField(
        label=_("What became of it"), required=False, choices=[("", _("Anything")), *Became.choices]
    )
    since = DateField(label=_("Speaks of the time from"), required=False)
    until = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, people: list[Any], topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].choices = [("", _("Everybody")), *people]
        fields["topic"].choices = [("", _("Every topic")), *((each, each) for each in topics)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must be on or after the first"))
        return data

    def wanted(self) -> dict[str, Any]:
        """A filter that can't be read narrows nothing; the form says what is wrong with it."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}
