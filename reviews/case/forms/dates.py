from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Deadline
from reviews.case.timetable import ExtensionReason, PauseReason
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.forms import DateField, Form
from scr_portal.core.widgets import Radios

IN_OWN_WORDS = forms.CharField(
    label=_("In your own words"),
    required=False,
    max_length=2000,
    widget=forms.Textarea(attrs={"rows": 4}),
)


class MetForm(Form):
    on = DateField(label=_("Date it was met"), not_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": clock.today()}, **kwargs})


class ReasonForm(Form):
    """A reason from a list, and words of one's own where the list has none."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == "other" and not cleaned.get("reason"):
            self.add_error("reason", _("Give the reason in your own words"))
        return cleaned


class ExtendForm(ReasonForm):
    due_on = DateField(label=_("New date"), not_past=True)
    kind = forms.ChoiceField(
        label=_("Why is more time needed?"),
        choices=ExtensionReason.choices,
        widget=Radios(small=True),
        error_messages={"required": _("Choose a reason")},
    )
    reason = IN_OWN_WORDS

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "extend", **kwargs})
        self.deadline = deadline

    def clean_due_on(self) -> Any:
        chosen = self.cleaned_data["due_on"]
        if chosen and chosen <= self.deadline.due_on:
            raise forms.ValidationError(
                _("The new date must lie after the present one, %(day)s"),
                params={"day": on_screen(self.deadline.due_on)},
            )
        return chosen


class PauseForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("Why is the review paused?"),
        choices=PauseReason.choices,
        widget=Radios(small=True),
        error_messages={"required": _("Choose a reason")},
    )
    reason = IN_OWN_WORDS


class AdvanceForm(Form):
    reason = forms.CharField(
        label=_("Note for the record"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if back:
            field = self.fields["reason"]
            field.required = True
            field.label = _("Why does the review go back?")
            field.error_messages["required"] = _("Say why the review goes back")
