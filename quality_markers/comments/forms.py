from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.comments import rules
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Checkboxes


class People(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, widget=Checkboxes(small=True), **kwargs)


class CommentForm(Form):
    """``people`` are those who may see the question: nobody else is offered or looked up."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your comment")},
        help_text=_("Speak to somebody by @ and their whole name, or choose them below."),
    )
    to = People(label=_("Whom does it speak to?"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    mark_optional = False

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        self.fields["to"].choices = [(pk, str(person)) for pk, person in self.people.items()]  # type: ignore[attr-defined]

    @property
    def spoken_to(self) -> list[Any]:
        return [self.people[pk] for pk in self.cleaned_data["to"]]
