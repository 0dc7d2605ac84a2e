from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core.forms import Form, long_text


class WaiverForm(Form):
    person = forms.ModelChoiceField(
        label=_("For whom"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("The whole family"),
    )
    reason = long_text(_("Why may the review move on without it?"), rows=4)

    mark_optional = False

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = review.family.all()  # type: ignore[attr-defined]
