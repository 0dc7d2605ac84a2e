from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.scoping.reviewers import queries
from reviews.scoping.reviewers.models import Engagement, Reviewer
from scr_portal.accounts.models import Agency, User
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class FilterForm(Form):
    mark_optional = False

    q = forms.CharField(
        label=_("Name, experience or skill"), required=False, max_length=100, strip=True
    )
    state = forms.ChoiceField(
        label=_("Which entries"),
        choices=[("current", _("Current")), ("retired", _("Retired")), ("all", _("All"))],
        required=False,
    )


class ReviewerForm(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    user = forms.EmailField(
        label=_("Email address of their account"),
        required=False,
        help_text=_("If they have one here. It ties what they declare to the roles they are given"),
    )
    contact = long_text(
        _("How to reach them"), required=False, rows=3, help_text=_("Kept encrypted")
    )
    experience = long_text(
        _("Experience of reviews"), required=False, help_text=_("Which, when, and by what method")
    )
    skills = long_text(_("Knowledge and skills"), required=False)
    capacity = long_text(
        _("Capacity"),
        required=False,
        rows=3,
        help_text=_("What else they have on, here and elsewhere, and from when they are free"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_user(self) -> User | None:
        address = self.cleaned_data["user"]
        found = User.objects.filter(email__iexact=address, is_active=True).first()
        if address and found is None:
            raise forms.ValidationError(
                _("Nobody with that address has an account here. Leave it empty, or invite them")
            )
        return found


def initial_of_reviewer(reviewer: Reviewer) -> dict[str, Any]:
    names = ("name", "contact", "experience", "skills", "capacity", "version")
    address = reviewer.user.email if reviewer.user else ""
    return {name: getattr(reviewer, name) for name in names} | {"user": address}


class ReferenceForm(Form):
    given_by = forms.CharField(label=_("Given by"), max_length=200)
    given_on = DateField(label=_("Given on"), not_future=True)
    text = long_text(_("What it says"), required=False)


def _yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_OR_NO,
        coerce=lambda value: value == "yes",
        widget=Radios(inline=True),
    )


class DeclarationForm(Form):
    """Every question is asked: a yes to any of the three asks for details."""

    reveals = {"employed": {"yes": "agency"}}

    reviewer = forms.ModelChoiceField(
        label=_("Who declares?"),
        queryset=Reviewer.objects.none(),
        empty_label=_("Choose from the register"),
    )
    declared_on = DateField(label=_("Declared on"), not_future=True)
    employed = _yes_or_no(_("Are they employed by an agency of the case?"))
    agency = forms.ModelChoiceField(
        label=_("Which agency?"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Another, named in the details"),
    )
    managed = _yes_or_no(_("Have they managed or advised on the case?"))
    related = _yes_or_no(
        _("Are they related to the family, or to somebody who worked with it?"),
        _("By kinship, friendship or work"),
    )
    details = long_text(
        _("Details"),
        required=False,
        rows=4,
        help_text=_("Asked for after a yes: what ties them to the case, from when to when"),
    )
    other = long_text(_("Anything else that a reader would want to know"), required=False, rows=3)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid4().hex)
        known = review.board.reviewers.filter(retired_at__isnull=True)
        self.fields["reviewer"].queryset = known  # type: ignore[attr-defined]
        self.fields["agency"].queryset = review.board.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        tied = any(data.get(name) for name in ("employed", "managed", "related"))
        if tied and not data.get("details"):
            self.add_error("details", _("Describe what ties the reviewer to the case"))
        if not data.get("employed"):
            data["agency"] = None
        return data


class EngagementForm(Form):
    part = forms.CharField(
        label=_("As what?"), max_length=100, help_text=_("Such as lead reviewer or second reviewer")
    )
    starts = DateField(label=_("Contract from"))
    ends = DateField(label=_("Contract until"), required=False)
    days = forms.DecimalField(
        label=_("Days agreed"),
        max_digits=5,
        decimal_places=1,
        min_value=0,
        max_value=1000,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
    )
    note = long_text(_("Note"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The contract must end on or after the day it starts"))
        return data


def initial_of_engagement(engagement: Engagement) -> dict[str, Any]:
    names = ("part", "starts", "ends", "days", "note", "version")
    return {name: getattr(engagement, name) for name in names}


class EndForm(Form):
    ended_reason = long_text(_("Why does it end?"), rows=3)


def register_choices(form: FilterForm) -> dict[str, str]:
    """What of the filter is sound; anything else counts as not said."""
    said = form.cleaned_data if form.is_valid() else {}
    state = said.get("state") or queries.STATES[0]
    return {"q": said.get("q", "").replace("\x00", ""), "state": state}
