from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from families.letters.languages import Language
from families.letters.models import Back, Kind, Style, Way
from families.people.models import Person
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

STYLE_HINTS = {
    Style.LARGE.value: _("The same words in 18 point type"),
    Style.EASY.value: _("A text of its own: one short line for one idea, with room around it"),
}
LINES = _(
    "A line that begins with “# ” is a heading, one with “- ” a point of a list. Blank lines part "
    "paragraphs. In easy read each line stands by itself."
)


class PersonForm(Form):
    """Asked first, because the language that is offered follows from the person."""

    mark_optional = False
    person = forms.ChoiceField(label=_("Who is the letter to?"), widget=Radios(small=True))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [
            (each.pk, f"{each.pseudonym}, {str(each.get_relationship_display()).lower()}")
            for each in people
        ]


class BeginForm(Form):
    kind = forms.ChoiceField(label=_("Which letter?"), choices=Kind, widget=Radios(small=True))
    code = forms.ChoiceField(label=_("Language"))
    style = forms.ChoiceField(
        label=_("Form"),
        choices=Style,
        initial=Style.STANDARD,
        widget=Radios(small=True, hints=STYLE_HINTS),
    )
    telephone = forms.CharField(
        label=_("Telephone number on which they can ask"), max_length=100, required=False
    )
    day = forms.CharField(
        label=_("Day and time"),
        max_length=100,
        required=False,
        help_text=_("Where the letter names one, in the words that the reader will read"),
    )
    place = forms.CharField(label=_("Place of a meeting"), max_length=200, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, languages: list[Language], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [(each.code, str(each)) for each in languages]
        self.fields["token"].initial = lambda: uuid4().hex


class LetterForm(Form):
    subject = forms.CharField(label=_("Heading"), max_length=200)
    body = long_text(_("Text"), rows=26, help_text=LINES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "body"):
            self.fields[name].widget.attrs |= {"dir": language.direction, "lang": language.code}


class SendForm(Form):
    on = DateField(label=_("Sent on"), not_future=True, initial=clock.today)
    how = forms.ChoiceField(label=_("How did it go?"), choices=Way, widget=Radios(small=True))
    despite = long_text(
        _("Why does it go nevertheless?"),
        required=False,
        rows=3,
        help_text=_("Give no names, and nothing of what keeps this person safe."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["despite"]


class ReplyForm(Form):
    on = DateField(label=_("Came on"), not_future=True, initial=clock.today)
    how = forms.ChoiceField(label=_("How did it come?"), choices=Back, widget=Radios(small=True))
    words = long_text(_("What they said"), rows=5)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = lambda: uuid4().hex
