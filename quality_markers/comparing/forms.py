from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from scr_portal.core.forms import Form, long_text
from scr_portal.core.templatetags import portal


class ChooseForm(Form):
    """Two passes, in whatever order: the earlier one is always compared with the later."""

    one = forms.TypedChoiceField(label=_("Self-assessment"), coerce=int)
    other = forms.TypedChoiceField(label=_("Compared with"), coerce=int)

    mark_optional = False

    def __init__(self, *args: Any, passes: Iterable[Pass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(one.number, _called(one)) for one in passes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", _("Choose another one than the first"))
        return cleaned

    @property
    def numbers(self) -> list[int]:
        return sorted([self.cleaned_data["one"], self.cleaned_data["other"]])


def _called(one: Pass) -> str:
    return _now("%(number)s: %(purpose)s, opened %(day)s (%(state)s)") % {
        "number": one.number,
        "purpose": one.get_purpose_display(),
        "day": portal.day(one.opened_at),
        "state": one.get_state_display(),
    }


class WhyForm(Form):
    words = long_text(
        _("What moved, and why?"),
        rows=8,
        help_text=_("In plain words. There is no need to say which is better."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
