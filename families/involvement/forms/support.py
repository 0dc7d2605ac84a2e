from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.involvement.models import Support
from families.involvement.rules.support import DAYS
from scr_portal.core.forms import DateField, Form, long_text


class SupportForm(Form):
    kind = forms.ChoiceField(
        label=_("What do they need?"),
        choices=[("", _("Choose")), *Support.Kind.choices],
        widget=forms.Select,
    )
    language = forms.CharField(
        label=_("Language and dialect"),
        max_length=100,
        required=False,
        help_text=_("Of an interpreter or a translation. Ask the person which they speak at home"),
    )
    not_a_relative = forms.BooleanField(
        label=_("The interpreter is not a relative, a friend or somebody of the same community"),
        required=False,
    )
    provider = forms.CharField(label=_("Who gives it"), max_length=200, required=False)
    detail = long_text(_("What exactly"), required=False, rows=3)
    agreed_on = DateField(label=_("Agreed on"), not_future=True)
    arranged_on = DateField(label=_("Arranged on"), not_future=True)
    done_on = DateField(label=_("Done on"), not_future=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, support: Support | None = None, **kwargs: Any) -> None:
        """Only the days that have come can be put right."""
        super().__init__(*args, **kwargs)
        for name in DAYS.values():
            if support is None or getattr(support, name) is None:
                del self.fields[name]
