from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.models import Marker
from quality_markers.packs.models import Pack
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Checkboxes, Radios
from scr_portal.documents.forms import FileField

PAPER = "paper"
_BLANK, _FILLED = "blank", "filled"


class PackForm(Form):
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    form = forms.ChoiceField(
        label=_("How will it be filled in?"),
        choices=[
            (Pack.Form.WORD, _("In Word")),
            (Pack.Form.EXCEL, _("In Excel")),
            (PAPER, _("On paper")),
        ],
        widget=Radios(
            hints={
                Pack.Form.WORD: _("A table for each question. It can be brought back."),
                Pack.Form.EXCEL: _("A row for each question. It can be brought back."),
                PAPER: _("A PDF with room to write by hand. Somebody types it in afterwards."),
            }
        ),
    )
    filled = forms.ChoiceField(
        label=_("What stands in the boxes?"),
        choices=[(_BLANK, _("Nothing yet")), (_FILLED, _("The answers so far"))],
        initial=_BLANK,
        widget=Radios(hints={_BLANK: _("Sheets on paper are always blank.")}),
    )
    markers = forms.MultipleChoiceField(
        label=_("Which markers?"),
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose at least one marker.")},
    )

    def __init__(self, *args: Any, markers: Iterable[Marker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["markers"].choices = [  # type: ignore[attr-defined]
            (str(marker.number), str(marker)) for marker in markers
        ]

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["markers"]]

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data["filled"] == _FILLED)


class ReturnForm(Form):
    file = FileField(
        label=_("The Word or Excel file"),
        help_text=_("As it was downloaded from this page and filled in. Up to 10 MB, no macros."),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
    )
    answered_by = forms.CharField(
        label=_("Whose answers are they?"),
        help_text=_("If they are not yours. Say the role or the group and no name."),
        max_length=200,
        required=False,
    )
