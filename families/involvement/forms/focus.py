"""Promises, questions, and what was asked of the terms of reference."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.involvement.models import FamilyQuestion, Influence
from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios

Direction = FamilyQuestion.Direction


def initial_of(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*names, "version")}


class _OfSomebody(Form):
    """``person`` is asked for where the form begins something new."""

    def __init__(self, *args: Any, review: Review, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = Person.objects.filter(review=review)
        for name in ("person", "people"):
            if name in self.fields:
                self.fields[name].queryset = family  # type: ignore[attr-defined]
                if not is_new:
                    del self.fields[name]
        del self.fields["version" if is_new else "token"]


class PromiseForm(_OfSomebody):
    person = forms.ModelChoiceField(
        label=_("To whom?"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    text = long_text(_("What was promised?"), rows=3)
    promised_by = forms.CharField(label=_("Who promised it?"), max_length=200)
    promised_on = DateField(label=_("Promised on"), not_future=True)
    due_on = DateField(label=_("To be done by"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        made, due = data.get("promised_on"), data.get("due_on")
        if made and due and due < made:
            self.add_error("due_on", _("This must be the day it was promised or a later one"))
        return data


class KeptForm(Form):
    kept_on = DateField(label=_("Done on"), not_future=True, initial=clock.today)
    outcome = long_text(_("What came of it?"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class GiveUpForm(Form):
    given_up_on = DateField(label=_("Given up on"), not_future=True, initial=clock.today)
    outcome = long_text(_("Why can’t it be kept, and what were they told?"), rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class QuestionForm(_OfSomebody):
    people = forms.ModelMultipleChoiceField(
        label=_("Whose question is it?"),
        queryset=Person.objects.none(),
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose at least one person")},
    )
    text = long_text(_("The question"), rows=3)
    asked_on = DateField(label=_("Asked on"), not_future=True, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if direction == Direction.THEIRS:
            self.fields["asked_on"].required = True
            self.fields["text"].help_text = _("As they asked it")
            return
        self.fields["asked_on"].help_text = _("Leave it empty until they have been asked")
        if "people" in self.fields:
            self.fields["people"].label = _("Who is to be asked?")


class AnswerForm(Form):
    answer = long_text(
        _("What were they told?"),
        rows=5,
        help_text=_("Honest also where the answer is not known, or can’t be given and why."),
    )
    answered_on = DateField(label=_("Told on"), not_future=True, initial=clock.today)
    version = forms.IntegerField(widget=forms.HiddenInput)


class InfluenceForm(_OfSomebody):
    person = forms.ModelChoiceField(
        label=_("Who asks for it?"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    text = long_text(
        _("What should the review look at, leave alone or do otherwise?"),
        rows=3,
        help_text=_("As they asked for it"),
    )
    asked_on = DateField(label=_("Asked on"), not_future=True)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WeighForm(Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[each for each in Influence.Outcome.choices if each[0] != Influence.Outcome.OPEN],
        widget=Radios(),
    )
    why = long_text(_("Why?"), rows=4, help_text=_("In words that they can be told"))
    settled_on = DateField(label=_("Weighed on"), not_future=True, initial=clock.today)
    told_on = DateField(
        label=_("They were told on"),
        not_future=True,
        required=False,
        help_text=_("Leave it empty while they have not been told"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        settled, told = data.get("settled_on"), data.get("told_on")
        if settled and told and told < settled:
            self.add_error("told_on", _("They can be told once it was weighed"))
        return data


class ToldForm(Form):
    told_on = DateField(label=_("They were told on"), not_future=True, initial=clock.today)
    version = forms.IntegerField(widget=forms.HiddenInput)
