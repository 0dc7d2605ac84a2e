from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts.confirming import check_password
from scr_portal.accounts.models import Agency, Board, BoardRole, Closure, User
from scr_portal.accounts.queries import STATES
from scr_portal.core.forms import DateField, Form, ModelForm
from scr_portal.core.widgets import Radios

NO_ROLE = "none"


class RoleFields(Form):
    """A role with its agency and end. Which roles are offered depends on who gives them."""

    role = forms.ChoiceField(
        label=_("Role on the board"),
        widget=Radios,
        error_messages={"required": _("Select their role on the board")},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        required=False,
        empty_label=_("None"),
        help_text=_("For a board member: whom they sit on the board for."),
    )
    ends = DateField(
        label=_("Last day of the role"),
        required=False,
        not_past=True,
        help_text=_("An auditor’s role needs one. Leave it empty where no end is known."),
    )

    def __init__(self, *args: Any, board: Board, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in BoardRole.Role.choices if value in roles
        ]
        self.fields["agency"].queryset = board.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        missing = not cleaned.get("ends") and "ends" not in self.errors
        if cleaned.get("role") == BoardRole.Role.AUDITOR and missing:
            self.add_error("ends", _("Enter the last day of the auditor’s role"))
        return cleaned


class GiveRoleForm(RoleFields):
    pass


class InviteForm(RoleFields):
    email = forms.EmailField(
        label=_("Email address"),
        max_length=User._meta.get_field("email").max_length,
        error_messages={"required": _("Enter their email address")},
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, error_messages={"required": _("Enter their name")}
    )
    field_order = ["email", "name", "role", "agency", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [
            *role.choices,
            (NO_ROLE, _("No role on the board: they will be appointed to a review")),
        ]

    def clean_role(self) -> str | None:
        role = self.cleaned_data["role"]
        return None if role == NO_ROLE else role


class FilterForm(Form):
    mark_optional = False

    q = forms.CharField(label=_("Name or email address"), required=False, max_length=200)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *BoardRole.Role.choices]
    )
    state = forms.ChoiceField(
        label=_("Account"), required=False, choices=[("", _("All")), *STATES.items()]
    )


class PasswordForm(Form):
    """The first password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The old password is one of the tries that are counted."""

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        check_password(context.request, password)
        return password


class AgencyForm(ModelForm):
    class Meta:
        model = Agency
        fields = ["name"]
        labels = {"name": _("Name of the agency")}


class ClosureForm(Form):
    date = DateField(label=_("Day the office is closed"))
    name = forms.CharField(
        label=_("Why the office is closed"),
        max_length=Closure._meta.get_field("name").max_length,
        help_text=_("For example, “Staff conference”."),
    )


class BoardForm(Form):
    name = forms.CharField(label=_("Name of the board"), max_length=200)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=50,
        help_text=_("Used in addresses of pages: small letters, numbers and hyphens."),
    )
    reference_prefix = forms.CharField(
        label=_("Prefix of references"),
        max_length=12,
        initial="SCR",
        help_text=_("As in SCR-2026-014."),
    )

    def clean_slug(self) -> str:
        """Addresses of boards stand beside those of these pages."""
        slug = self.cleaned_data["slug"].lower()
        if slug in {"profile", "boards", "keepalive", "invitation"}:
            raise ValidationError(_("Choose another short name: this one is taken by a page."))
        return slug


class ProfileForm(Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    mail = forms.ChoiceField(
        label=_("When should emails come?"),
        choices=User.Mail.choices,
        widget=Radios(
            hints={
                User.Mail.DAILY: _(
                    "What has just been given to you and what is over its date still come at once."
                )
            }
        ),
    )
