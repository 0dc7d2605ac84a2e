from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Marker
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios


class LongText(forms.CharField):
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, max_length=rules.LONGEST, **kwargs)

    def to_python(self, value: Any) -> str:
        return rules.normal(super().to_python(value) or "")


class TextsForm(Form):
    """One answer or reflection. A field that was not sent is not touched."""

    mark_optional = False

    def __init__(self, data: Mapping[str, Any], *, anchor: str) -> None:
        super().__init__(data, auto_id=f"{anchor}-%s")

    @property
    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name in self.data}

    @property
    def typed(self) -> dict[str, str]:
        """What was sent, right or wrong, to be shown again."""
        return {name: str(self.data[name]) for name in self.fields if name in self.data}


class AnswerForm(TextsForm):
    judgement = forms.ChoiceField(label=_("Judgement"), choices=Answer.Judgement.choices)
    not_applicable_reason = LongText(label=_("Why it does not apply"))
    narrative = LongText(label=_("Narrative"))
    evidence = LongText(label=_("Notes of evidence"))

    def __init__(self, data: Mapping[str, Any], *, anchor: str) -> None:
        super().__init__(data, anchor=anchor)
        self.fields["judgement"].required = "judgement" in self.data

    @property
    def typed(self) -> dict[str, str]:
        """A judgement that there is none of can't be shown again."""
        typed = super().typed
        if typed.get("judgement") not in Answer.Judgement.values:
            typed.pop("judgement", None)
        return typed


class ReflectionForm(TextsForm):
    text = LongText(label=_("Overall reflection"))


class PassForm(Form):
    purpose = forms.ChoiceField(
        label=_("What is this self-assessment for?"),
        choices=Pass.Purpose.choices,
        widget=Radios(hints=rules.PURPOSES),
    )
    markers = forms.MultipleChoiceField(
        label=_("Which markers does it cover?"),
        help_text=_(
            "All of them, unless you take some out. A progressive one may begin with none: it "
            "takes them up as the review reaches them."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, markers: Iterable[Marker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(markers)
        self.fields["markers"].choices = [  # type: ignore[attr-defined]
            (str(marker.number), str(marker)) for marker in self.known
        ]
        self.fields["markers"].initial = [str(marker.number) for marker in self.known]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        progressive = data.get("purpose") == Pass.Purpose.PROGRESSIVE
        if not progressive and "markers" not in self.errors and not data.get("markers"):
            self.add_error("markers", _("Choose at least one marker."))
        return data

    @property
    def clusters(self) -> list[tuple[str, list[Any]]]:
        """The checkboxes under the title of their cluster."""
        rows = zip(self.known, self["markers"].options, strict=True)  # type: ignore[attr-defined]
        return [
            (title, [option for _marker, option in group])
            for title, group in groupby(rows, key=lambda row: row[0].cluster_title)
        ]

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["markers"]]
