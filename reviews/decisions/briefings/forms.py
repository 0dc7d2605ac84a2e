from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.decisions.briefings.models import Briefing
from reviews.decisions.briefings.operations.writing import WRITTEN
from scr_portal.core.forms import DateField, Form, long_text


class BriefingForm(Form):
    """A draft may be saved with gaps: what is missing is said when it is put to the chair."""

    # Title and day are wanted before it is issued: "optional" would mislead.
    mark_optional = False

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    tells_outcome = forms.BooleanField(
        label=_("Tell the outcome, and whether the criteria are met"), required=False
    )
    tells_nature = forms.BooleanField(
        label=_("Tell the nature and scale of the review"), required=False
    )
    tells_rationale = forms.BooleanField(
        label=_("Tell the chair's reasons, word for word"), required=False
    )
    text = long_text(
        _("In your own words"),
        required=False,
        rows=8,
        help_text=_("What happens next, what members are asked for. Give no names."),
    )
    read_by = DateField(label=_("To be read by"), required=False, not_past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(briefing: Briefing | None, reference: str) -> dict[str, Any]:
    """A new one tells outcome and reasons unless somebody chooses otherwise."""
    if briefing is None:
        title = _("The decision on %(reference)s") % {"reference": reference}
        return {"version": 0, "title": title, "tells_outcome": True, "tells_rationale": True}
    return {name: getattr(briefing, name) for name in (*WRITTEN, "version")}


class ReturnForm(Form):
    reasons = long_text(_("What should be changed"), rows=4)


class GiveUpForm(Form):
    reason = long_text(_("Why is it given up?"), rows=3)
