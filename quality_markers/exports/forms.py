from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from quality_markers.exports import queries
from quality_markers.exports.models import Export
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios

F = Export.Form


class TakeForm(Form):
    """What to take with one, as what, for whom."""

    reveals = {"of": {Export.Of.COMPARISON: "compared_with"}}

    of = forms.ChoiceField(
        label=_("What do you want to take with you?"), choices=Export.Of, widget=Radios()
    )
    compared_with = forms.ModelChoiceField(
        label=_("Compared with"), queryset=Pass.objects.none(), required=False, empty_label=None
    )
    marker: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which markers?"),
        queryset=Marker.objects.none(),
        required=False,
        empty_label=_("All that I may read"),
        to_field_name="number",
    )
    form = forms.ChoiceField(
        label=_("As what kind of file?"),
        choices=F,
        initial=F.PDF,
        widget=Radios(
            small=True,
            hints={
                F.PDF: _("To print, and to read as it stands"),
                F.WORD: _("To go on writing in"),
                F.EXCEL: _("One row for each question, to sort and filter"),
                F.CSV: _("The same rows for another program"),
            },
        ),
    )
    names = forms.ChoiceField(
        label=_("How are people called?"),
        choices=[("yes", _("By name")), ("no", _("By their role, such as lead reviewer"))],
        initial="yes",
        widget=Radios(
            small=True,
            hints={
                "no": _(
                    "Whole names inside what people wrote become roles too. A name that is written "
                    "in another way stays: read the file before you hand it on."
                )
            },
        ),
    )
    with_comments = forms.BooleanField(
        label=_("With the comments at each question"), required=False
    )
    recipient = forms.CharField(
        label=_("Who is this copy for?"),
        help_text=_("Written across every page with today’s date. Left empty, it is for you."),
        required=False,
        max_length=100,
    )
    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, assessment: Pass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = queries.others(user, assessment)
        self.fields["compared_with"].queryset = others  # type: ignore[attr-defined]
        self.fields["marker"].queryset = queries.readable(user, assessment)  # type: ignore[attr-defined]
        if not others:
            kept = [choice for choice in Export.Of.choices if choice[0] != Export.Of.COMPARISON]
            self.fields["of"].choices = kept  # type: ignore[attr-defined]
            del self.fields["compared_with"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("of") == Export.Of.COMPARISON and not cleaned.get("compared_with"):
            self.add_error("compared_with", _("Choose the self-assessment to compare it with"))
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """As the operation takes it."""
        said = self.cleaned_data
        is_two = said["of"] == Export.Of.COMPARISON
        return {
            **{name: said[name] for name in ("of", "form", "marker", "with_comments")},
            "compared_with": said["compared_with"] if is_two else None,
            "is_named": said["names"] == "yes",
            "recipient": said["recipient"],
        }
