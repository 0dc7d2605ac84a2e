from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.letters.languages import in_alphabet
from families.letters.models import Kind
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios

FORMS = {"standard": _("Standard, and large print"), "easy": _("Easy read")}


class LoadForm(Form):
    """Where to go: the text itself is pasted on the next page."""

    mark_optional = False
    code = forms.ChoiceField(label=_("Language"))
    kind = forms.ChoiceField(label=_("Which letter?"), choices=Kind, widget=Radios(small=True))
    form = forms.ChoiceField(
        label=_("Form"), choices=FORMS.items(), initial="standard", widget=Radios(small=True)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [(each.code, str(each)) for each in in_alphabet() if not each.is_english]
