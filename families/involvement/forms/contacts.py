from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from families.involvement.models import Answer, Contact, How, Phase
from families.people.models import Person
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

SAID = ("phase", "is_offer", "how", "on", "where", "by_whom", "interpreter", "note")


def _choice(label: Any, choices: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("Choose")), *choices], widget=forms.Select
    )


class _Answered(Form):
    """A question for each person in the contact: what came of it, and in their words."""

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def _ask_for_answers(self) -> None:
        self.reveals = {  # type: ignore[misc]
            f"answer_{person.pk}": {Answer.DECLINED.value: f"not_asked_from_{person.pk}"}
            for person in self.people
        }
        for person in self.people:
            who, pk = {"person": person.pseudonym}, person.pk
            self.fields[f"answer_{pk}"] = forms.ChoiceField(
                label=_now("What came of it with %(person)s?") % who,
                choices=Answer.choices,
                widget=Radios(small=True),
            )
            self.fields[f"not_asked_from_{pk}"] = DateField(
                label=_now("From when nobody asks %(person)s again without a reason") % who,
                help_text=_("Leave it empty where they only said no to this one"),
                required=False,
            )
            self.fields[f"words_{pk}"] = long_text(
                _now("%(person)s’s own words") % who, required=False, rows=2
            )

    @property
    def answers(self) -> dict[int, tuple[str, str]]:
        said = self.cleaned_data
        return {
            each.pk: (said[f"answer_{each.pk}"], said[f"words_{each.pk}"]) for each in self.people
        }

    @property
    def not_asked_from(self) -> dict[int, date]:
        """Of those who said no alone: the box under another answer counts for nothing."""
        found = {}
        for person in self.people:
            since = self.cleaned_data[f"not_asked_from_{person.pk}"]
            if since and self.cleaned_data[f"answer_{person.pk}"] == Answer.DECLINED:
                found[person.pk] = since
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for person in self.people:
            since, on = data.get(f"not_asked_from_{person.pk}"), data.get("on")
            if since and on and since < on:
                said = _("This must be the day of the contact or a later one")
                self.add_error(f"not_asked_from_{person.pk}", said)
        return data


def despite_field() -> Any:
    return long_text(
        _("Why it goes on all the same"),
        required=False,
        rows=3,
        help_text=_("The chair and the business unit are told, and read it here. Give no names."),
    )


class ContactForm(_Answered):
    """Of a contact that is planned, or of one that was made, with what came of it."""

    phase = _choice(_("What is it for?"), Phase.choices)
    how = _choice(_("How?"), How.choices)
    is_offer = forms.BooleanField(
        label=_("It offers them to take part"),
        required=False,
        help_text=_("Offers are repeated until they say yes or no. Six weeks apart is usual."),
    )
    on = DateField(label=_("Date of the contact"))
    by_whom = forms.CharField(label=_("Who gets in touch?"), max_length=200)
    where = forms.CharField(
        label=_("Where"), max_length=300, required=False, help_text=_("Somewhere they feel safe")
    )
    interpreter = forms.CharField(
        label=_("Interpreter"),
        max_length=200,
        required=False,
        help_text=_("Language and dialect, and who interprets. Never a relative."),
    )
    note = long_text(_("Note"), required=False, rows=3)
    despite = despite_field()
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_made: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.not_past, day.not_future = not is_made, is_made
        self.fields["note"].help_text = _("What has to be talked about, in short")
        if is_made:
            self.fields["by_whom"].label = _("Who was in touch?")
            self.fields["note"].help_text = _(
                "What was said, in short. What they tell the review belongs to their contributions."
            )
            self._ask_for_answers()
        self.order_fields([*SAID[:-1], *self._of_answers(), "note", "despite"])

    def _of_answers(self) -> list[str]:
        return [
            name for name in self.fields if name.partition("_")[0] in {"answer", "words", "not"}
        ]

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*SAID, "despite")}


class MadeForm(_Answered):
    """What was planned has been done."""

    on = DateField(label=_("Date of the contact"), not_future=True)
    note = long_text(
        _("Note"),
        required=False,
        rows=3,
        help_text=_(
            "What was said, in short. What they tell the review belongs to their contributions."
        ),
    )
    despite = despite_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask_for_answers()
        self.order_fields(["on", *(name for name in self.fields if name[-1].isdigit()), "note"])


def initial_of(contact: Contact) -> dict[str, Any]:
    """With the answers; ``with_people`` is read."""
    found = {name: getattr(contact, name) for name in (*SAID, "despite", "version")}
    for row in contact.with_people.all():
        found |= {f"answer_{row.person_id}": row.answer, f"words_{row.person_id}": row.words}
    return found


class CallOffForm(Form):
    note = long_text(_("Why is it called off?"), rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RefusalForm(Form):
    said_on = DateField(label=_("They said no on"), not_future=True)
    not_asked_from = DateField(
        label=_("Nobody asks them again without a reason from"),
        help_text=_("As a rule the same day. Offers planned with them alone are called off."),
    )
    words = long_text(_("In their own words"), required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said, since = data.get("said_on"), data.get("not_asked_from")
        if said and since and since < said:
            self.add_error("not_asked_from", _("This must be the day they said no or a later one"))
        return data


class ChangedMindForm(Form):
    ended_on = DateField(
        label=_("They changed their mind on"), not_future=True, initial=clock.today
    )
