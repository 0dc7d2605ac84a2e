"""What follows on a contribution: its check, other accounts, its use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.contributions.models import Contradiction, Contribution, Use
from families.contributions.rules import Check
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

STEPS = [(step.value, step.label) for step in Check if step != Check.NOT_SHOWN]


class CheckForm(Form):
    step = forms.ChoiceField(
        label=_("What happened?"),
        choices=STEPS,
        widget=Radios(
            hints={
                "shown": _("They have read it, or it was read to them, and say more later"),
                "not_wanted": _("It is theirs to say so, and nothing more is asked of them"),
            }
        ),
    )
    text = long_text(
        _("The text as they corrected it"),
        required=False,
        rows=12,
        help_text=_("It becomes the text. The earlier one is kept beside it."),
    )
    on = DateField(label=_("On"), not_future=True, initial=clock.today)
    how = forms.CharField(
        label=_("How"),
        max_length=200,
        required=False,
        help_text=_("Such as “read aloud at her home, with the interpreter”"),
    )
    words = long_text(_("What they said to it"), required=False, rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    reveals = {"step": {Check.CORRECTED.value: "text"}}


class BesideForm(Form):
    """What an agency or record says; what family members said is chosen, and stays theirs."""

    about = forms.CharField(label=_("What do the accounts differ in?"), max_length=200)
    source = forms.CharField(
        label=_("Agency or record"),
        max_length=200,
        help_text=_("Such as “Health visitor’s record of 3 May”. Give no real names."),
    )
    account = long_text(_("What that says"), rows=8)
    remark = long_text(
        _("What may the difference mean for the learning?"),
        required=False,
        rows=4,
        help_text=_("Not which of them is right"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SaidChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person}, {on_screen(obj.said_on)}: {obj.topic}"


class NewBesideForm(BesideForm):
    other = SaidChoice(
        label=_("What another family member said"),
        queryset=Contribution.objects.none(),
        required=False,
        empty_label=_("An agency or a record, named below"),
    )

    field_order = ["about", "other", "source", "account", "remark", "version"]

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["other"].queryset = others
        fields["source"].required = fields["account"].required = False


class BesideTextForm(Form):
    """Of two family members only what is ours is changed here, not what either said."""

    about = forms.CharField(label=_("What do the accounts differ in?"), max_length=200)
    remark = long_text(_("What may the difference mean for the learning?"), required=False, rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)


def beside_form(row: Contradiction) -> tuple[type[Form], dict[str, Any]]:
    names = ("about", "remark", "version")
    if row.other_id:
        return BesideTextForm, {name: getattr(row, name) for name in names}
    return BesideForm, {name: getattr(row, name) for name in (*names, "source", "account")}


class UseForm(Form):
    where = forms.ChoiceField(label=_("What became of it?"), choices=Use.Where, widget=Radios)
    place = forms.CharField(
        label=_("Where exactly"),
        max_length=200,
        required=False,
        help_text=_("Such as “finding 3” or “section 4.2”"),
    )
    reason = long_text(_("How it was used, or why it was not"), rows=4)
    person_told_on = DateField(
        label=_("They were told of it on"),
        required=False,
        not_future=True,
        help_text=_(
            "Leave it empty until they have been told. It shows under Afterwards too, and need "
            "not be recorded there again."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def use_initial(row: Use) -> dict[str, Any]:
    names = ("where", "place", "reason", "person_told_on", "version")
    return {name: getattr(row, name) for name in names}
