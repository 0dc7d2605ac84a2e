from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.queries import find_people, known_to
from reviews.permissions import ON_BOARDS, REVIEW_ROLES, Permission, Role
from scr_portal.accounts.models import Agency, User
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form
from scr_portal.core.widgets import Radios

# What each role is for, under its name on the form.
ROLE_HINTS: dict[str, Any] = {
    Role.LEAD: _("Leads the review and answers the self-assessments"),
    Role.LIAISON: _("Keeps the family register and works with the family"),
    Role.PANEL: _("Reads the review's material and the self-assessments"),
    Role.AGENCY: _("Answers what its own agency is asked for"),
    Role.OBSERVER: _("Sees that the review exists, its stage and its dates"),
}


class PersonForm(Form):
    """One person, by name among those the board knows, or by exact email address."""

    who = forms.CharField(
        label=_("Who?"),
        max_length=254,
        help_text=_("A name the board knows, or the exact email address of an account."),
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
        error_messages={"required": _("Enter a name or an email address")},
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        self.not_found = False

    @property
    def suggestions(self) -> list[User]:
        """For the list under the box: people of the board and whom it appointed before."""
        return list(known_to(self.review.board))

    def clean_who(self) -> User:
        found = find_people(self.review.board, self.cleaned_data["who"])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{user.name} ({user.email})" for user in found)
            raise forms.ValidationError(
                _now("Several people have that name. Give the email address: %(names)s"),
                params={"names": names},
            )
        self.not_found = True
        raise forms.ValidationError(
            _now("Nobody by that name or address has an account here. Invite them first")
        )


class AppointForm(PersonForm):
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[choice for choice in Role.choices if choice[0] in REVIEW_ROLES],
        widget=Radios(small=True, hints=ROLE_HINTS),
        error_messages={"required": _("Choose a role")},
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("For an agency author: the agency whose report they write."),
    )
    starts = DateField(label=_("From"), required=False, help_text=_("Today, if left empty."))
    ends = DateField(
        label=_("Until"),
        required=False,
        not_past=True,
        help_text=_("The last day. Left empty, the role stays until somebody ends it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(board=self.review.board_id)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts") or clock.today(), cleaned.get("ends")
        if ends and ends < starts:
            self.add_error("ends", _("The last day must be on or after the first"))
        if cleaned.get("role") == Role.AGENCY and not cleaned.get("agency"):
            self.add_error("agency", _("Choose the agency that this person writes for"))
        return cleaned


class RecuseForm(PersonForm):
    reason = forms.CharField(
        label=_("What is the conflict of interest?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what the conflict of interest is")},
    )


class GrantForm(PersonForm):
    permission = forms.ChoiceField(
        label=_("Leave to do what?"),
        widget=Radios(small=True),
        error_messages={"required": _("Choose what they may do")},
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=500, error_messages={"required": _("Give a reason")}
    )
    ends = DateField(label=_("Until"), required=False, not_past=True)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [p for p in Permission if p not in ON_BOARDS and by.has_perm(p, self.review)]
        choices = [(p.value, p.label) for p in given]
        self.fields["permission"].choices = choices  # type: ignore[attr-defined]

    def clean_permission(self) -> Permission:
        return Permission(self.cleaned_data["permission"])
