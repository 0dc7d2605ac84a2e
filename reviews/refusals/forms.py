from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.refusals.queries import REASONS
from scr_portal.core.forms import DateField, Form


class RefusalsForm(Form):
    mark_optional = False

    actor = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    status = forms.TypedChoiceField(
        label=_("Why"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any reason")), *REASONS.items()],
    )
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, *args: Any, actors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].choices = [("", _("Everybody")), *actors]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The day to must be on or after the day from"))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """A filter that can't be read narrows nothing; the form says what is wrong with it."""
        if not (self.is_bound and self.is_valid()):
            return {}
        said = self.cleaned_data
        return {
            "actor_id": said["actor"],
            "status": said["status"],
            "since": said["since"],
            "until": said["until"],
        }
