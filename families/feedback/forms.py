from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from families.feedback.models import Told
from families.feedback.operations.evaluating import How
from families.feedback.rules import QUESTIONS, Question
from families.people.models import Person
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios


class TellForm(Form):
    """One occasion; a line for each person and each matter that was ticked."""

    people = forms.MultipleChoiceField(
        label=_("Who was told?"),
        widget=Checkboxes(small=True),
        help_text=_("Several people where they were told together."),
        error_messages={"required": _("Choose who was told")},
    )
    about = forms.MultipleChoiceField(
        label=_("Of what?"),
        choices=Told.About.choices,
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose what they were told of")},
    )
    on = DateField(label=_("Told on"), not_future=True)
    how = forms.CharField(
        label=_("How"),
        max_length=200,
        error_messages={"required": _("Say how they were told")},
        help_text=_("Such as “at her home, with the interpreter”. Give no names of the family."),
    )
    told_by = forms.CharField(
        label=_("By whom"),
        max_length=200,
        error_messages={"required": _("Say who told them")},
    )
    text = long_text(
        _("What they were told"),
        help_text=_("Of the report: also that they may read it before it is published, and where."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(person.pk): person for person in people}
        chosen: Any = self.fields["people"]
        chosen.choices = [(key, str(person)) for key, person in self.by_key.items()]
        for key, person in self.by_key.items():
            self.fields[f"response_{key}"] = long_text(
                _now("What %(person)s said to it") % {"person": person}, required=False, rows=3
            )
        self.reveals = {"people": {key: f"response_{key}" for key in self.by_key}}  # type: ignore[misc]

    @property
    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("about", "on", "how", "told_by", "text", "token")
        told = {self.by_key[key]: data[f"response_{key}"] for key in data["people"]}
        return {name: data[name] for name in names} | {"people": told}


class AskForm(Form):
    how = forms.ChoiceField(
        label=_("How do you ask?"),
        choices=How,
        widget=Radios(
            hints={
                How.LINK.value: _("You see it once, as a sheet to print or to copy."),
                How.EMAIL.value: _("The message names neither the case nor the review."),
                How.PAPER.value: _("A PDF to fill in by hand; you write the answers down here."),
            }
        ),
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_("The one that they gave you for this."),
    )
    is_safe = forms.BooleanField(
        label=_("I have asked them: nobody else reads this email address"), required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    reveals = {"how": {How.EMAIL.value: ("email", "is_safe")}}
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("how") == How.EMAIL:
            if not data.get("email") and "email" not in self.errors:
                self.add_error("email", _now("Enter the email address"))
            if not data.get("is_safe"):
                self.add_error("is_safe", _now("Confirm that nobody else reads the address"))
        return data


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help,
        "required": False,
    }
    if question.choices:
        return forms.ChoiceField(choices=question.choices, widget=Radios(), **common)
    return long_text(rows=5, **common)


class EvaluationForm(Form):
    """The same for the person and for who writes their answers down."""

    # Nothing has to be answered, and the page says so once.
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.key] = _field(question)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(question.key) for question in QUESTIONS):
            self.add_error(QUESTIONS[0].key, _now("Answer one question at least"))
        return data

    @property
    def answers(self) -> list[dict[str, str]]:
        """In words, as they were put and chosen: later wording changes nothing of it."""
        found = []
        for question in QUESTIONS:
            if value := self.cleaned_data.get(question.key):
                answer = str(dict(question.choices).get(value, value))
                found.append(
                    {"key": question.key, "question": str(question.text), "answer": answer}
                )
        return found
