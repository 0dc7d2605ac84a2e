from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.subject_access.models import AccessItem, AccessRequest
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios


class AskForm(Form):
    who = forms.ChoiceField(
        label=_("Who asks?"), choices=AccessRequest.Who.choices, widget=Radios()
    )
    name = forms.CharField(label=_("Their full name"), max_length=200)
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        help_text=_("Of an account on the portal too, if they have one"),
    )
    also_called = long_text(
        _("Other names they go by"), required=False, rows=3, help_text=_("One on each line")
    )
    asks_for = long_text(_("What do they ask for?"), required=False, rows=3)
    received_on = DateField(label=_("When did it come?"), not_future=True, initial=clock.today)
    received_how = forms.CharField(
        label=_("How did it come?"), max_length=100, help_text=_("By letter, email, in a talk")
    )
    token = forms.CharField(widget=forms.HiddenInput)


class IdentityForm(Form):
    identity_asked_on = DateField(
        label=_("When did you ask for proof of identity?"),
        required=False,
        not_future=True,
        help_text=_("Leave empty if you know the person"),
    )
    identity_on = DateField(
        label=_("When was the identity confirmed?"), required=False, not_future=True
    )
    identity_how = forms.CharField(
        label=_("How was it confirmed?"),
        max_length=200,
        required=False,
        help_text=_("Such as “known to the liaison”. Do not write down numbers of documents"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExtendForm(Form):
    told_on = DateField(label=_("When did you tell them?"), not_future=True, initial=clock.today)
    reason = long_text(
        _("Why is more time needed?"),
        rows=3,
        help_text=_("The request is complex, or they made several"),
    )


class SearchForm(Form):
    """The rows of registers that carry the name; whoever handles it says which are the person."""

    chosen = forms.MultipleChoiceField(
        label=_("Which of these are the person?"), required=False, widget=Checkboxes()
    )

    def __init__(self, *args: Any, candidates: Any, chosen: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [
            (each.value, _("%(called)s of %(review)s") % _words(each)) for each in candidates
        ]
        field.initial = list(chosen)
        if not field.choices:
            del self.fields["chosen"]


def _words(candidate: Any) -> dict[str, str]:
    return {"called": candidate.called, "review": candidate.review.reference}


class ItemForm(Form):
    reveals = {"decision": {"withhold": "ground"}}

    decision = forms.ChoiceField(
        label=_("What is done with it?"),
        choices=AccessItem.Decision.choices,
        widget=Radios(
            hints={
                "give": _("With everybody else blacked out"),
                "withhold": _("The answer counts it by its ground and says nothing of it"),
            }
        ),
    )
    ground = forms.ChoiceField(
        label=_("On what ground?"),
        choices=[("", ""), *AccessItem.Ground.choices],
        required=False,
    )
    reason = long_text(_("Why?"), required=False, rows=3)
    hide = long_text(
        _("Black out also"), required=False, rows=3, help_text=_("One name or phrase on each line")
    )
    leave = long_text(
        _("Leave open"),
        required=False,
        rows=3,
        help_text=_("What was blacked out and is theirs to know: one on each line"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == AccessItem.Decision.WITHHOLD:
            if not said.get("ground"):
                self.add_error("ground", _("Say on what ground it is withheld"))
            if not said.get("reason", "").strip():
                self.add_error("reason", _("Say why it is withheld"))
        return said


def initial_of(item: AccessItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ItemForm.base_fields}


class SettleForm(Form):
    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("agree", _("I sign it off")), ("return", _("It goes back"))],
        widget=Radios(),
    )


class SendForm(Form):
    sent_on = DateField(label=_("When was it sent?"), not_future=True, initial=clock.today)
    sent_how = forms.CharField(
        label=_("How was it sent?"), max_length=100, help_text=_("A safe way for this person")
    )


class CloseForm(Form):
    reason = long_text(
        _("Why is it closed without an answer?"),
        rows=4,
        help_text=_("Withdrawn, or refused as the law allows: they are told why, and of the ICO"),
    )


class PutForm(Form):
    """Nothing to fill in: it is put as it is decided."""
