from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.advice import queries
from reviews.decisions.advice.models import OUTCOMES, Meeting, PeerChallenge
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios

MOST_DISSENTS = 20


class AskForm(Form):
    question = long_text(_("What do you ask them?"), rows=4)
    told = long_text(
        _("What may they know of the case?"),
        required=False,
        help_text=_(
            "They see this, the question and the reference, and nothing else of the review. Give "
            "no names."
        ),
    )
    due_on = DateField(label=_("Answers wanted by"), not_past=True)
    whom = forms.ChoiceField(
        label=_("Whom do you ask?"),
        choices=[("all", _("Everybody below")), ("chosen", _("Those I choose"))],
        widget=Radios(small=True),
    )
    people = forms.TypedMultipleChoiceField(
        label=_("Those I choose"), coerce=int, widget=Checkboxes(small=True), required=False
    )

    def __init__(self, *args: Any, review: Review, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.people_to_ask(review, about)
        self.known = {person.pk: person for person, _agency in rows}
        people = self.fields["people"]
        people.choices = [(person.pk, person.name) for person, _agency in rows]  # type: ignore[attr-defined]
        people.widget.hints = {str(person.pk): agency for person, agency in rows if agency}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = self.known if data.get("whom") == "all" else data.get("people") or []
        if data.get("whom") == "chosen" and not chosen:
            self.add_error("people", _("Choose at least one person"))
        data["people"] = [self.known[key] for key in chosen]
        return data

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "whom"}


class AnswerForm(Form):
    mark_optional = False

    answer = long_text(_("Your answer"), required=False, rows=8)
    nothing_to_add = forms.BooleanField(label=_("I have nothing to add"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("answer") and not data.get("nothing_to_add"):
            self.add_error("answer", _("Write your answer, or say that you have nothing to add"))
        if data.get("answer") and data.get("nothing_to_add"):
            self.add_error(
                "nothing_to_add", _("You have written an answer, so leave this box empty")
            )
        data.pop("version", None)
        return data


class GiveUpForm(Form):
    reason = long_text(_("Why is it given up?"), rows=3)


class MeetingForm(Form):
    held_on = DateField(label=_("Held on"), not_future=True)
    present = long_text(
        _("Who was there"), rows=4, help_text=_("With the agency or role of each, one on a line")
    )
    absent = long_text(
        _("Who was not"), rows=3, required=False, help_text=_("With the apologies there were")
    )
    considered = long_text(_("What was considered"), required=False, rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RecommendForm(Form):
    """``dissents`` pairs of boxes; an empty pair is no dissent."""

    outcome = forms.ChoiceField(
        label=_("What is recommended?"),
        choices=OUTCOMES,
        widget=Radios(),
        error_messages={"required": _("Choose what is recommended")},
    )
    nature = long_text(
        _("Nature and scale of the review"),
        required=False,
        help_text=_("How wide, how deep and by what method, if a review is recommended"),
    )
    rationale = long_text(_("Reasons"), rows=8)
    meeting = forms.ModelChoiceField(
        label=_("At which meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("At none"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, review: Review, dissents: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, min(dissents, MOST_DISSENTS) + 1)
        self.fields["meeting"].queryset = review.meetings.all()  # type: ignore[attr-defined]
        for number in self.numbers:
            self.fields[f"who_{number}"] = forms.CharField(
                label=_("Who does not agree?"), max_length=200, required=False
            )
            self.fields[f"dissent_{number}"] = long_text(
                _("What do they hold instead, and why?"), required=False, rows=4
            )

    @property
    def pairs(self) -> list[tuple[int, Any, Any]]:
        return [
            (number, self[f"who_{number}"], self[f"dissent_{number}"]) for number in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        found = []
        for number in self.numbers:
            who, text = data.pop(f"who_{number}", ""), data.pop(f"dissent_{number}", "")
            if text and not who:
                self.add_error(f"who_{number}", _now("Say who does not agree"))
            elif who and not text:
                self.add_error(f"dissent_{number}", _now("Say what they hold instead"))
            elif who:
                found.append((who, text))
        data.pop("version", None)
        return data | {"dissents": found}


class ChallengeForm(Form):
    """The constraint of the model in words: a discussion with who and when, or the reason."""

    reveals = {
        "sought": {
            "yes": ("peer", "peer_board", "held_on", "asked", "said", "became"),
            "no": "not_sought_reason",
        }
    }

    sought = forms.TypedChoiceField(
        label=_("Was the chair of another board, or another peer, asked?"),
        choices=[("yes", _("Yes")), ("no", _("It was considered, and nobody was asked"))],
        coerce=lambda value: value == "yes",
        widget=Radios(),
    )
    peer = forms.CharField(label=_("Who was asked"), max_length=200, required=False)
    peer_board = forms.CharField(label=_("Of which board"), max_length=200, required=False)
    held_on = DateField(label=_("When"), required=False, not_future=True)
    asked = long_text(_("What were they asked?"), required=False, rows=4)
    said = long_text(_("What did they say?"), required=False)
    became = long_text(_("What came of it?"), required=False, rows=4)
    not_sought_reason = long_text(_("Why was nobody asked?"), required=False, rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sought = data.get("sought")
        if sought is False and not data.get("not_sought_reason"):
            self.add_error("not_sought_reason", _("Say why nobody was asked"))
        if sought:
            for name in ("peer", "held_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say who was asked, and when"))
        return data


def initial_of_challenge(challenge: PeerChallenge | None) -> dict[str, Any]:
    if challenge is None:
        return {"version": 0}
    names = [name for name in ChallengeForm.base_fields if name != "sought"]
    sought = "yes" if challenge.sought else "no"
    return {name: getattr(challenge, name) for name in names} | {"sought": sought}
