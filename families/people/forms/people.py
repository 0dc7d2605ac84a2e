"""The entry of one person in two forms: what many may read, and what shows only on request."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from families.people import describing, tracing
from families.people.models import Life, Person, Relationship, Sex
from families.people.operations.children import SHARED
from families.people.operations.people import DETAILS
from reviews.case.models import Review
from scr_portal.core.forms import DateField, Form
from scr_portal.core.widgets import Checkboxes, Radios


def _text(name: str, **how: Any) -> Any:
    field: Any = Person._meta.get_field(name)
    how = {"max_length": field.max_length or 2000, "required": not field.blank} | how
    return forms.CharField(label=capfirst(field.verbose_name), **how)


class _PersonForm(Form):
    """Refuses by field what the operation would refuse in one list."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, review: Review, person: Person | None, **how: Any) -> None:
        super().__init__(*args, **how)
        self.review, self.person = review, person
        if person and person.child_id:
            for name in self.fields.keys() & {*SHARED, *OF_THE_RECORD}:
                del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        """What the operation takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        person, others = Person(review=self.review), self.review.family.all()
        if self.person:
            person = Person.objects.select_related("child").get(pk=self.person.pk)
            others = others.exclude(pk=person.pk)
        for name, value in self.chosen().items():
            setattr(person, name, value)
        wrong = describing.wrong(person, list(tracing.of_people(others)))
        for name, words in wrong.items():
            self.add_error(name if name in self.fields else None, words)
        return data


OF_THE_RECORD = ("relationship", "relationship_words", "age")


class DescriptionForm(_PersonForm):
    pseudonym = _text(
        "pseudonym",
        help_text=_("What they are called everywhere, such as Maternal grandmother."),
    )
    relationship = forms.ChoiceField(label=_("Relationship to the child"))
    relationship_words = _text(
        "relationship_words",
        help_text=_("Where the list does not say it well, such as “second cousin of the mother”"),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, widget=Radios(inline=True, small=True)
    )
    life = forms.ChoiceField(label=_("Are they alive?"), widget=Radios(small=True))
    died_on = DateField(label=_("Died on"), required=False)
    age = _text(
        "age", help_text=_("Such as 34, 7 months or “in his sixties”, if no date of birth is kept")
    )
    language = _text(
        "language", help_text=_("Such as Sylheti. Say the dialect: an interpreter needs it.")
    )
    literacy = _text(
        "literacy", help_text=_("In which languages they read and write, and how well")
    )
    disability = _text("disability", help_text=_("And what it means for a meeting or a letter"))
    religion = _text("religion")
    ethnicity = _text("ethnicity")
    contact_note = _text(
        "contact_note",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Everybody who sees the register reads this: no name, address or number. What concerns "
            "somebody’s safety belongs to their safety plan."
        ),
    )

    reveals = {"life": {Life.DIED.value: "died_on"}}
    field_order = ["pseudonym", "relationship", "relationship_words"]

    def __init__(self, *args: Any, person: Person | None, **how: Any) -> None:
        kept = {name: getattr(person, name) for name in self.base_fields} if person else {}
        start = {"sex": Sex.UNKNOWN, "life": Life.ALIVE} | kept | (how.pop("initial", None) or {})
        super().__init__(*args, person=person, initial=start, **how)
        self.fields["life"].choices = Life.choices  # type: ignore[attr-defined]
        if "relationship" in self.fields:
            chosen = [row for row in Relationship.choices if row[0] != Relationship.SUBJECT]
            self.fields["relationship"].choices = [("", _("Choose")), *chosen]  # type: ignore[attr-defined]


class DetailsForm(_PersonForm):
    """Never filled in: what is kept shows only when asked for."""

    real_name = _text("real_name", max_length=200)
    date_of_birth = DateField(label=_("Date of birth"), required=False)
    address = _text(
        "address",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Line by line, with the postcode"),
    )
    telephone = _text(
        "telephone", max_length=200, help_text=_("In digits; several with a comma between them")
    )
    email = _text("email", max_length=254)
    other_channels = _text(
        "other_channels",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as a messenger, a relative’s number, or a worker whom they trust"),
    )
    forget = forms.MultipleChoiceField(
        label=_("Remove what is kept"), required=False, widget=Checkboxes(small=True)
    )

    unshown = frozenset({*DETAILS, "forget"})

    def __init__(self, *args: Any, person: Person, **how: Any) -> None:
        super().__init__(*args, person=person, initial={"version": person.version}, **how)
        kept = [name for name in DETAILS if name in self.fields and getattr(person, name)]
        for name in kept:
            hint = _("Something is kept. Leave the box empty to keep it.")
            self.fields[name].help_text = hint
        self.fields["forget"].choices = [(name, self.fields[name].label) for name in kept]  # type: ignore[attr-defined]
        if not kept:
            del self.fields["forget"]

    def chosen(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in DETAILS if name in self.fields}
        if day := given.get("date_of_birth"):
            given["date_of_birth"] = day.isoformat()
        removed = dict.fromkeys(self.cleaned_data.get("forget") or [], "")
        return removed | {name: value for name, value in given.items() if value}
