from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.advice.queries import people_to_ask
from reviews.decisions.advice.rules import About
from reviews.scoping.terms import rules, scope
from scr_portal.accounts.models import Agency
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes

PERIOD_LABELS = {"period_from": _("The period begins on"), "period_to": _("The period ends on")}

# Where the text stands beside other fields it has a label that is seen.
TEXT_LABELS = {
    "period": _("Why this period"),
    "agencies": _("Agencies that are not on the list, and any that is left out"),
}


class LongText(forms.CharField):
    def __init__(self, label: Any, rows: int) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=False, strip=False, widget=widget)


class SectionForm(Form):
    """The fields under one heading, each of them a text. A field that was not sent is not touched.

    ``now`` is how they stand; ``names`` are those of the agencies, by their numbers.
    """

    mark_optional = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        topic: scope.Topic,
        now: Mapping[str, str],
        names: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        initial = {name: _shown(name, text) for name, text in now.items()}
        initial["version"] = rules.token(now)
        super().__init__(data, initial=initial, auto_id=f"{topic.key}-%s")
        for name in rules.PERIOD:
            if name in now:
                self.fields[name] = DateField(label=PERIOD_LABELS[name], required=False)
        # One that was taken out while somebody wrote is sent all the same, and refused in words.
        sent = [name for name in data or () if name.startswith(rules.ASKED)]
        for name in dict.fromkeys([*now, *sent]):
            if name.startswith(rules.ASKED):
                label = names.get(name.removeprefix(rules.ASKED), _("An agency taken out"))
                self.fields[name] = LongText(label, 2)
        self.fields["text"] = LongText(
            TEXT_LABELS.get(topic.key, topic.title), 2 if topic.of else 4
        )

    @property
    def changes(self) -> dict[str, str]:
        return {
            name: value.isoformat() if isinstance(value, date) else value or ""
            for name, value in self.cleaned_data.items()
            if name != "version" and (name in self.data or f"{name}_day" in self.data)
        }

    @property
    def has_others(self) -> bool:
        return self.fields["text"].label in TEXT_LABELS.values()

    @property
    def agencies(self) -> list[tuple[str, Any]]:
        """Those chosen, with the box that says what is asked of each."""
        return [
            (name.removeprefix(rules.ASKED), self[name])
            for name in self.fields
            if name.startswith(rules.ASKED)
        ]


def _shown(name: str, text: str) -> Any:
    return date.fromisoformat(text) if name in rules.PERIOD and text else text


def boxes(fields: Mapping[str, str]) -> dict[str, str]:
    """As a page holds them: a day is three boxes there."""
    found: dict[str, str] = {}
    for name, text in fields.items():
        if name in rules.PERIOD:
            parts = text.split("-") if text else ["", "", ""]
            found |= dict(
                zip([f"{name}_{part}" for part in ("year", "month", "day")], parts, strict=True)
            )
        else:
            found[name] = text
    return found


class RoundForm(Form):
    closes_on = DateField(label=_("Comments wanted by"), not_past=True)
    question = long_text(_("What do you ask them?"), rows=4)
    people = forms.TypedMultipleChoiceField(
        label=_("Whom do you ask?"),
        coerce=int,
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose at least one person")},
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = people_to_ask(review, About.TERMS)
        self.known = {person.pk: person for person, _agency in rows}
        people = self.fields["people"]
        people.choices = [(person.pk, person.name) for person, _agency in rows]  # type: ignore[attr-defined]
        people.widget.hints = {str(person.pk): agency for person, agency in rows if agency}  # type: ignore[attr-defined]

    def clean_people(self) -> list[Any]:
        return [self.known[key] for key in self.cleaned_data["people"]]


class ReturnForm(Form):
    reasons = long_text(_("What should be changed?"), rows=6)


def agencies_left(review: Review, chosen: Mapping[str, str]) -> list[Agency]:
    """Those of the board's list that take no part yet."""
    taken = [name.removeprefix(rules.ASKED) for name in chosen if name.startswith(rules.ASKED)]
    return list(Agency.objects.filter(board=review.board_id).exclude(pk__in=taken))
