from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.decisions.returns.models import ReturnQuestion
from reviews.decisions.returns.rules import Said, name_of
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

Kind = ReturnQuestion.Kind


def _name(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=200, help_text=help_text)


def _field(question: dict[str, Any]) -> forms.Field:
    common = {"label": question["text"], "required": question["required"]}
    if question["kind"] == Kind.DATE:
        return DateField(
            help_text=question["help"],
            error_messages={"required": _("Answer “%(label)s”")},
            **common,
        )
    if question["kind"] == Kind.YES_NO:
        return forms.ChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            widget=Radios(inline=True),
            help_text=question["help"],
            **common,
        )
    return long_text(
        question["text"], help_text=question["help"], required=question["required"], rows=4
    )


class AnswerForm(Form):
    """The questions as they were asked, in the order of that day."""

    note = long_text(_("Anything else the board should know"), required=False, rows=4)
    answered_name = _name(_("Your name and role"))

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[name_of(question)] = _field(question)
        self.order_fields([name_of(question) for question in questions])

    @property
    def said(self) -> Said:
        answers = {}
        for question in self.questions:
            value = self.cleaned_data[name_of(question)]
            answers[str(question["id"])] = (
                value.isoformat() if hasattr(value, "isoformat") else value
            )
        answers = {key: value for key, value in answers.items() if value}
        return Said(self.cleaned_data["answered_name"], answers, self.cleaned_data["note"])


class NothingForm(Form):
    """One click and a name; its prefix keeps its boxes apart from the questions'."""

    name = _name(_("Your name and role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": "nothing"})

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["name"], nothing_known=True)


class ConfirmForm(Form):
    """That a notice was read and passed on."""

    note = long_text(
        _("Anything the board should know"),
        required=False,
        rows=4,
        help_text=_("Such as records that are lost or destroyed already"),
    )
    name = _name(_("Your name and role"))

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["name"], note=self.cleaned_data["note"])
