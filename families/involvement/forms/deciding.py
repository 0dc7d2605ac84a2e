from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.involvement.models import Inclusion, Standing
from families.involvement.rules.deciding import in_three_months
from reviews.case.models import Review
from reviews.planning.parallel.models import ParallelProcess
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

Choice = Inclusion.Choice
NEVER, SOON, ON_A_DAY, AFTER = "never", "three_months", "day", "process"
AFTER_KIND = {
    "after_criminal": (Standing.Kind.CRIMINAL, _("When their part in criminal proceedings ends")),
    "after_civil": (Standing.Kind.CIVIL, _("When their part in civil or care proceedings ends")),
}


class DecisionForm(Form):
    """A reason is demanded either way; its kind too where somebody does not take part."""

    choice = forms.ChoiceField(
        label=_("What was decided?"),
        choices=Choice.choices,
        widget=Radios(
            hints={
                Choice.INVITED: _("They are asked, and may say no"),
                Choice.LATER: _("They are to be asked, but not now"),
                Choice.NOT_INVITED: _("They are told of the review where that is right"),
            }
        ),
    )
    reason = long_text(
        _("Why, in your own words"),
        rows=4,
        help_text=_(
            "Needed either way: what this person can tell and what taking part can give them, or "
            "what stands against it"
        ),
    )
    why = forms.ChoiceField(
        label=_("Kind of reason, where they are not invited or not yet"),
        choices=[("", _("Choose")), *Inclusion.Why.choices],
        widget=forms.Select,
        required=False,
        help_text=_(
            "Where it is a risk, your own words above are read by lead reviewers and the family "
            "liaison alone; everybody else of the register reads the kind of reason"
        ),
    )
    decided_on = DateField(label=_("Decided on"), not_future=True)
    decided_by = forms.CharField(
        label=_("Who decided"), max_length=200, help_text=_("Such as “the review team”")
    )
    decided_with = forms.CharField(label=_("With whom"), max_length=300, required=False)
    look_again = forms.ChoiceField(
        label=_("When is it looked at again?"), widget=Radios(), initial=NEVER
    )
    look_again_on = DateField(label=_("Day"), required=False)
    look_again_after = forms.ModelChoiceField(
        label=_("Which process must end first"),
        queryset=ParallelProcess.objects.none(),
        required=False,
        empty_label=_("Choose"),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    reveals = {"look_again": {ON_A_DAY: "look_again_on", AFTER: "look_again_after"}}

    def __init__(
        self,
        *args: Any,
        review: Review,
        reads_plan: bool,
        kinds: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        going = review.parallelprocesss.filter(ended_on__isnull=True)
        choices = [
            (SOON, _("In three months")),
            (ON_A_DAY, _("On another day")),
            (NEVER, _("It is not, unless something changes")),
        ]
        choices[2:2] = [(key, label) for key, (kind, label) in AFTER_KIND.items() if kind in kinds]
        if reads_plan and going.exists():
            choices.insert(2, (AFTER, _("When a parallel process has ended")))
            self.fields["look_again_after"].queryset = going  # type: ignore[attr-defined]
        else:
            del self.fields["look_again_after"]
            self.reveals = {"look_again": {ON_A_DAY: "look_again_on"}}  # type: ignore[misc]
        self.fields["look_again"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        choice, again = data.get("choice"), data.get("look_again")
        if choice and choice != Choice.INVITED and not data.get("why"):
            self.add_error("why", _("Choose the kind of reason"))
        if choice == Choice.LATER and again == NEVER:
            self.add_error(
                "look_again", _("“Not yet” needs a time: say when it is looked at again")
            )
        if (
            again == ON_A_DAY
            and not data.get("look_again_on")
            and "look_again_on" not in self.errors
        ):
            self.add_error("look_again_on", _("Enter the day, such as 27 3 2026"))
        if again == AFTER and not data.get("look_again_after"):
            self.add_error("look_again_after", _("Choose the process"))
        return data

    @property
    def said(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        again, day = data.pop("look_again"), data.pop("look_again_on")
        process = data.pop("look_again_after", None)
        days: dict[str, date | None] = {SOON: in_three_months(data["decided_on"]), ON_A_DAY: day}
        return data | {
            "look_again_on": days.get(again),
            "look_again_after": process if again == AFTER else None,
            "look_again_kind": AFTER_KIND[again][0] if again in AFTER_KIND else "",
        }


class DisagreementForm(Form):
    text = long_text(_("What would you have decided, and why?"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)


class GroupNoteForm(Form):
    words = long_text(
        _("How is it known that there are none?"),
        rows=4,
        help_text=_("Whom you asked, what the records say, and whether it may change"),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
