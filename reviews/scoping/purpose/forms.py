from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews.decisions.briefings.models import Briefing
from reviews.scoping.purpose import rules
from reviews.scoping.purpose.models import Group, PurposeStatement, Telling
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes


class StatementForm(Form):
    """May be saved with gaps, which are said where it is put right."""

    # All of it is wanted before the chair agrees: "optional" would mislead.
    mark_optional = False

    text = long_text(_("What the review is for"), required=False, rows=16)
    complications = long_text(
        _("What makes that harder, said openly"),
        required=False,
        help_text=_(
            "A trial, an inquest, a disciplinary process, attention in the press: what of it could "
            "make people doubt that this review is about learning? Give no names."
        ),
    )
    no_complications = forms.BooleanField(
        label=_("Nothing is known that complicates the purpose"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("complications") and data.get("no_complications"):
            said = _("You have written what complicates it, so leave this box empty")
            self.add_error("no_complications", said)
        return data


def initial_of(in_work: PurposeStatement | None, agreed: PurposeStatement | None) -> dict[str, Any]:
    """The version in work, else a copy of the agreed one, else words of ours to begin from."""
    names = ("text", "complications", "no_complications")
    if found := in_work or agreed:
        version = in_work.version if in_work else 0
        return {name: getattr(found, name) for name in names} | {"version": version}
    return {"text": rules.template(), "version": 0}


class TellForm(Form):
    """One occasion; a line for each group that was ticked."""

    groups = forms.MultipleChoiceField(
        label=_("Who was told?"),
        choices=Group.choices,
        widget=Checkboxes(small=True),
        error_messages={"required": _("Choose who was told")},
    )
    who_members = forms.CharField(label=_("Which of them"), max_length=300, required=False)
    who_agency_leads = forms.CharField(label=_("Which of them"), max_length=300, required=False)
    who_practitioners = forms.CharField(label=_("Which of them"), max_length=300, required=False)
    who_family = forms.CharField(
        label=_("Which of them"),
        max_length=300,
        required=False,
        help_text=_("Such as “mother and grandmother”, without names"),
    )
    who_reviewers = forms.CharField(label=_("Which of them"), max_length=300, required=False)
    told_on = DateField(label=_("Told on"), not_future=True)
    how = forms.ChoiceField(
        label=_("How"), choices=[("", _("Choose")), *Telling.How.choices], widget=forms.Select
    )
    told_by = forms.CharField(label=_("By whom"), max_length=200)
    note = long_text(_("What they said or asked"), required=False, rows=3)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    reveals = {"groups": {group.value: f"who_{group.value}" for group in Group}}

    @property
    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = {name: data[name] for name in ("told_on", "how", "told_by", "note", "token")}
        return kept | {"groups": {group: data[f"who_{group}"] for group in data["groups"]}}


def by_briefing(briefing: Briefing, number: int) -> dict[str, Any]:
    """What is known of it; whether it told members of the purpose, who records it must say."""
    return {
        "groups": [Group.MEMBERS],
        "who_members": ngettext(
            "%(number)s member, by briefing %(briefing)s",
            "%(number)s members, by briefing %(briefing)s",
            number,
        )
        % {"number": number, "briefing": briefing.number},
        "told_on": localdate(briefing.issued_at),
        "how": Telling.How.BRIEFING,
        "told_by": str(briefing.issued_by),
    }


class ReasonForm(Form):
    reason = long_text(_("Why?"), rows=3)
