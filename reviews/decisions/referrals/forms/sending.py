"""One page for whoever sends a case to the board: a member of it, or a professional outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case import timetable
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.forms.parts import (
    ChildFields,
    CriteriaFields,
    ReasonFields,
    TagFields,
    delay_field,
)
from reviews.decisions.referrals.forms.steps import demand_reason
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.forms import DateField


class SendForm(ChildFields, CriteriaFields, ReasonFields, TagFields):
    role = forms.CharField(
        label=_("Your role"), max_length=90, help_text=_("Such as Named nurse for safeguarding")
    )
    organisation = forms.CharField(label=_("Your organisation"), max_length=100)
    aware_on = DateField(
        label=_("Date you or your organisation learned of the incident"), not_future=True
    )
    delay_reason = delay_field()

    sections = [
        (_("You"), ["role", "organisation"]),
        (
            _("The child and the incident"),
            ["pseudonym", "harm", "age_at_incident", "incident_on", "aware_on", "delay_reason"],
        ),
        (_("Are the criteria met?"), ["*", "ground"]),
        (_("Why you refer the case"), ["rationale", "support", "urgent_risks"]),
        (_("What may link it to other cases"), ["adults", "settings", "others"]),
    ]

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.profile = timetable.profile_in_force(clock.today()).key
        self.add_clauses(self.profile)
        self.fields["pseudonym"].label = _("What to call the child here")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        incident_on, aware_on = data.get("incident_on"), data.get("aware_on")
        if incident_on and aware_on and aware_on < incident_on:
            self.add_error("aware_on", _("This day can't lie before the incident"))
        if not self.errors:
            demand_reason(self, self.board, referred_on=clock.today())
        return data

    def parts(self) -> list[dict[str, Any]]:
        """The fields under their headings, as the page shows them."""
        clauses = [name for name in self.fields if name.startswith(("clause_", "note_"))]
        return [
            {
                "title": title,
                "fields": [
                    self[name] for each in names for name in (clauses if each == "*" else [each])
                ],
                "criteria": self.criteria if "*" in names else None,
            }
            for title, names in self.sections
        ]

    def answers(self) -> Answers:
        return Answers.from_form(self.profile, self.cleaned_data, self.clauses)
