"""The unit's question pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case import timetable
from reviews.case.queries import closures_of
from reviews.decisions.referrals import timeliness
from reviews.decisions.referrals.forms.parts import (
    ChildFields,
    CriteriaFields,
    ReasonFields,
    TagFields,
    delay_field,
)
from reviews.decisions.referrals.models import Referral
from scr_portal.accounts.models import Agency, Board
from scr_portal.core.forms import DateField, Form, lower_first


class ChildStep(ChildFields):
    """Who it is about: never a real name, which has a place of its own in the record."""

    title = _("The child and the incident")


class DatesStep(Form):
    title = _("Who refers the case, and when")

    referrer_name = forms.CharField(
        label=_("Who refers the case"),
        max_length=200,
        help_text=_("The person's role is enough, such as Named nurse for safeguarding"),
    )
    agency = forms.ModelChoiceField(
        label=_("Their agency"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("None of the board's agencies"),
    )
    aware_on = DateField(
        label=_("Date the board learned of the incident"),
        not_future=True,
        help_text=_("If nobody knows, the first day on which the board is known to have known"),
    )
    notified_on = DateField(
        label=_("Date of the notification to the board"),
        not_future=True,
        required=False,
        help_text=_("The limit for the chair's decision is counted from this day"),
    )
    referred_on = DateField(label=_("Date of the referral"), not_future=True)
    delay_reason = delay_field()

    def __init__(self, *args: Any, board: Board, incident_on: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident_on, self.board = incident_on, board
        self.fields["agency"].queryset = board.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        before, before_words = self.incident_on, str(_("the incident"))
        for name in ("aware_on", "notified_on", "referred_on"):
            day = data.get(name)
            if day and before and day < before:
                self.add_error(
                    name,
                    _("%(label)s can't lie before %(other)s")
                    % {"label": self.fields[name].label, "other": before_words},
                )
            if day:
                before, before_words = day, lower_first(self.fields[name].label)
        if not self.errors:
            demand_reason(self, self.board, referred_on=data["referred_on"])
        return data


def demand_reason(form: Form, board: Board, *, referred_on: date) -> None:
    """Why it took so long, where it did: each measure that was passed, with its source (QM 1.3)."""
    data = form.cleaned_data
    why = timeliness.slow(
        profile=timetable.profile_in_force(referred_on),
        aware_on=data.get("aware_on"),
        notified_on=data.get("notified_on"),
        referred_on=referred_on,
        closures=closures_of([board.pk]).get(board.pk, ()),
    )
    if why and not data.get("delay_reason", "").strip():
        form.add_error("delay_reason", " ".join([*why, str(_("Say why it took this long."))]))


class CriteriaStep(CriteriaFields):
    title = _("Are the criteria met?")
    reveals = {"ground": {Referral.Ground.OTHER.value: "priority"}}

    def __init__(self, *args: Any, board: Board, profile: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_clauses(profile)
        self.add_priorities(board)


class ReasonsStep(ReasonFields, TagFields):
    title = _("Why the case is referred")

    field_order = ["rationale", "support", "urgent_risks", "adults", "settings", "others"]


STEPS: dict[str, type[Form]] = {
    "child": ChildStep,
    "dates": DatesStep,
    "criteria": CriteriaStep,
    "reasons": ReasonsStep,
}


class ReferralForm(CriteriaFields, ReasonFields, TagFields):
    """All of a referral on one page, for the unit to put it right."""

    referrer_name = forms.CharField(label=_("Who refers the case"), max_length=200)
    agency = forms.ModelChoiceField(
        label=_("Their agency"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("None of the board's agencies"),
    )
    delay_reason = delay_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    reveals = {"ground": {Referral.Ground.OTHER.value: "priority"}}
    field_order = ["referrer_name", "agency", "ground", "rationale", "support", "urgent_risks"]
    field_order += ["delay_reason", "adults", "settings", "others", "version"]

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = referral.review.board
        self.fields["agency"].queryset = board.agencies.all()  # type: ignore[attr-defined]
        self.add_clauses(referral.review.profile)
        self.add_priorities(board, chosen=referral.priority)
        for row in referral.clauses.all():
            self.initial.setdefault(f"clause_{row.clause}", row.answer)
            self.initial.setdefault(f"note_{row.clause}", row.note)

    def chosen(self) -> dict[str, Any]:
        """The columns of the referral itself."""
        names = "referrer_name agency ground priority rationale support urgent_risks delay_reason"
        return {name: self.cleaned_data[name] for name in names.split()}
