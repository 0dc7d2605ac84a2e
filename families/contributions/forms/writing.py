from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.contributions import queries
from families.contributions.models import Contribution
from families.involvement.models import Contact
from families.people.models import Person
from reviews.case.models import Review
from scr_portal.accounts.models import User
from scr_portal.core.dates import on_screen
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios

TEAM_READS = _("Lead reviewers and the family liaison read it, and nobody else who is not named.")
NAMED_READ = _(
    "Only whoever wrote it down, and those named. The review team does not know that it exists, so "
    "its check holds nothing up: it waits on the work list of who may read it and keeps "
    "contributions."
)


class ContactChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        people = ", ".join(person.pseudonym for person in obj.people.all())
        return f"{on_screen(obj.on)}: {obj.get_how_display()}, {people}"


class SaidForm(Form):
    """What somebody said, to whom and when."""

    person = forms.ModelChoiceField(
        label=_("Who said it"), queryset=Person.objects.none(), empty_label=_("Choose somebody")
    )
    contact = ContactChoice(
        label=_("At which contact"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("None that is on the record"),
    )
    said_on = DateField(label=_("Said on"), not_future=True)
    said_to = forms.CharField(label=_("To whom"), max_length=200)
    interpreter = forms.CharField(
        label=_("Interpreter"),
        max_length=200,
        required=False,
        help_text=_("Who interpreted, and in which language and dialect"),
    )
    topic = forms.CharField(
        label=_("Topic"),
        max_length=200,
        help_text=_("In a few words, such as “visits by the midwife”. Give no real names."),
    )
    period_from = DateField(label=_("Speaks of the time from"), required=False)
    period_to = DateField(label=_("Until"), required=False)
    text = long_text(
        _("What they said"),
        rows=14,
        help_text=_("As they said it, without putting it right. Give pseudonyms, not real names."),
    )
    in_their_words = forms.BooleanField(
        label=_("These are their own words, as agreed with them"), required=False
    )

    def __init__(self, *args: Any, user: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = register = queries.register(user, review)
        made = Contact.objects.filter(people__in=register, state=Contact.State.MADE).distinct()
        fields["contact"].queryset = made.prefetch_related("people")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("period_from"), data.get("period_to")
        if since and until and until < since:
            self.add_error("period_to", _("The last day must be on or after the first"))
        return data


class WriteForm(SaidForm):
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Contribution.Visibility.choices,
        widget=Radios(hints={"team": TEAM_READS, "named": NAMED_READ}),
        help_text=_("As it was agreed with the person"),
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("People to name as readers"),
        queryset=User.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
        help_text=_("Each of them reads this one, and no other for that"),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, user: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, user=user, review=review, **kwargs)
        readers: Any = self.fields["readers"]
        readers.queryset = queries.may_be_named(None, review, user)


class EditForm(SaidForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(row: Contribution) -> dict[str, Any]:
    mine = ("person", "contact", "said_on", "said_to", "interpreter", "topic", "period_from")
    names = (*mine, "period_to", "text", "in_their_words", "version")
    return {name: getattr(row, name) for name in names}


class ReadersForm(Form):
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Contribution.Visibility.choices,
        widget=Radios(hints={"team": TEAM_READS, "named": NAMED_READ}),
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("Name more readers"),
        queryset=User.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
        help_text=_("They are told that something was opened to them, and nothing of what it says"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, contribution: Contribution, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers: Any = self.fields["readers"]
        readers.queryset = queries.may_be_named(contribution, contribution.review, user)
        if not readers.queryset.exists():
            del self.fields["readers"]
