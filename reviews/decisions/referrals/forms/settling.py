"""What the unit is asked when it settles a referral that was sent in."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.forms.parts import delay_field
from reviews.decisions.referrals.forms.steps import demand_reason
from scr_portal.accounts.models import Agency, Board
from scr_portal.core.forms import DateField, Form, long_text


class AcceptForm(Form):
    """What the sender could not know. All the rest is taken over as it was said."""

    pseudonym = forms.CharField(
        label=_("Pseudonym of the child"),
        max_length=60,
        help_text=_("What the case is called from now on. Never a real name."),
    )
    agency = forms.ModelChoiceField(
        label=_("Agency of the sender"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("None of the board's agencies"),
    )
    learned_on = DateField(
        label=_("Date the board learned of the incident"),
        not_future=True,
        help_text=_("The board's dates are counted from it, not from when the sender knew"),
    )
    notified_on = DateField(
        label=_("Date of the notification to the board"), not_future=True, required=False
    )
    referred_on = DateField(label=_("Date of the referral"), not_future=True)
    delay_reason = delay_field()

    def __init__(
        self, *args: Any, board: Board, answers: Answers, received_on: date, **kwargs: Any
    ) -> None:
        initial = {
            "pseudonym": answers.child["pseudonym"],
            "learned_on": received_on,
            "referred_on": received_on,
            "delay_reason": answers.kept["delay_reason"],
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        self.board, self.answers = board, answers
        self.fields["agency"].queryset = board.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        aware_on = self.answers.case["aware_on"]
        referred_on, notified_on = data.get("referred_on"), data.get("notified_on")
        if referred_on and referred_on < aware_on:
            self.add_error("referred_on", _("The sender knew of the incident only after this day"))
        if referred_on and notified_on and not aware_on <= notified_on <= referred_on:
            self.add_error(
                "notified_on",
                _("This day must lie between that on which the sender knew, and the referral"),
            )
        learned_on = data.get("learned_on")
        if learned_on and referred_on and not aware_on <= learned_on <= referred_on:
            self.add_error(
                "learned_on",
                _("This day must lie between that on which the sender knew, and the referral"),
            )
        if not self.errors:
            self.cleaned_data["aware_on"] = aware_on
            demand_reason(self, self.board, referred_on=data["referred_on"])
        return data

    def case(self) -> dict[str, Any]:
        names = ("pseudonym", "notified_on", "referred_on")
        said = {name: self.cleaned_data[name] for name in names}
        return said | {"aware_on": self.cleaned_data["learned_on"]}

    def referral(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("agency", "delay_reason")}


class SameForm(Form):
    reference = forms.CharField(
        label=_("Reference of the review"), max_length=40, help_text=_("Such as SCR-2026-014")
    )

    def __init__(self, *args: Any, reviews: QuerySet[Review], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviews = reviews

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if reference := data.get("reference", "").strip():
            data["review"] = self.reviews.filter(reference__iexact=reference).first()
            if data["review"] is None:
                self.add_error("reference", _("There is no review with this reference"))
        return data


class DeclineForm(Form):
    reason = long_text(
        _("Why it is not taken further"),
        rows=3,
        help_text=_("Kept in the record. The sender is told only that it has been looked at."),
    )


class AskForm(Form):
    """To whom the link goes."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("Email address"), max_length=254)
    days = forms.IntegerField(
        label=_("For how many days the link can be used"), min_value=1, max_value=60, initial=21
    )


class PriorityForm(Form):
    title = forms.CharField(
        label=_("Learning priority"),
        max_length=200,
        help_text=_("As the board's plan has it, such as Neglect of adolescents"),
    )
