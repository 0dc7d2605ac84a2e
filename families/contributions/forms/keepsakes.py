from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.contributions import queries
from families.contributions.models import Keepsake
from families.people.models import Person
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios
from scr_portal.documents.forms import FileField


class KeepsakeForm(Form):
    what = forms.CharField(
        label=_("What is it?"),
        max_length=200,
        help_text=_("Such as “photograph at the seaside” or “her blue cup”. Give no real names."),
    )
    person = forms.ModelChoiceField(
        label=_("From whom"), queryset=Person.objects.none(), empty_label=_("Choose somebody")
    )
    note = long_text(_("What it says of the child"), required=False, rows=4)
    consent = forms.ChoiceField(
        label=_("Consent for what?"), choices=Keepsake.Consent, widget=Radios
    )
    consent_by = forms.CharField(
        label=_("Who gave consent"),
        max_length=200,
        help_text=_("Whoever may give it for this child, by pseudonym"),
    )
    consent_on = DateField(label=_("Consent given on"), not_future=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = queries.register(user, review)


class NewKeepsakeForm(KeepsakeForm):
    file = FileField(
        label=_("Photograph or scan"),
        required=False,
        help_text=_("PNG, JPEG or PDF, up to 100 MB. An object needs none."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    field_order = ["what", "person", "file"]

    def __init__(self, *args: Any, user: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, user=user, review=review, **kwargs)
        del self.fields["version"]
        if not user.has_perm(Permission.ADD_DOCUMENTS, review):
            del self.fields["file"]


def initial_of(row: Keepsake) -> dict[str, Any]:
    names = ("what", "person", "note", "consent", "consent_by", "consent_on", "version")
    return {name: getattr(row, name) for name in names}


class DayForm(Form):
    on = DateField(label=_("On"), not_future=True, initial=clock.today)
