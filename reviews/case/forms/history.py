from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scr_portal.audit.groups import GROUPS
from scr_portal.core.forms import DateField, Form


class HistoryForm(Form):
    mark_optional = False

    group = forms.ChoiceField(label=_("About"), required=False)
    actor = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, *args: Any, actors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(name, group.label) for name, group in GROUPS.items()]
        self.fields["group"].choices = [("", _("Everything")), *groups]  # type: ignore[attr-defined]
        people = [(pk, name) for pk, name in actors]
        self.fields["actor"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The day to must be on or after the day from"))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "group": said["group"],
            "actor_id": said["actor"],
            "since": said["since"],
            "until": said["until"],
        }
