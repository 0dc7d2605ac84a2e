from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.scoping.partners.models import Partnership
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text


class AgreementForm(Form):
    contact = forms.CharField(label=_("Whom to speak to there"), max_length=200, required=False)
    agreed = long_text(
        _("What the boards have agreed"),
        required=False,
        help_text=_(
            "Who leads and who pays, who appoints the reviewers, how each board comments, who "
            "signs and publishes, and how the families on both sides hear of it"
        ),
    )
    starts = DateField(label=_("From"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PartnerForm(AgreementForm):
    partner = forms.ModelChoiceField(
        label=_("Board with this portal"),
        queryset=Board.objects.none(),
        required=False,
        empty_label=_("A board that is not here"),
    )
    name = forms.CharField(
        label=_("Name of a board that is not here"), max_length=200, required=False
    )

    field_order = ["partner", "name", "contact", "agreed", "starts", "version"]

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Board.objects.exclude(pk=review.board_id)
        self.fields["partner"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("partner") and not data.get("name") and not self.errors:
            self.add_error("name", _("Choose a board, or write the name of one that is not here"))
        return data


def initial_of(partnership: Partnership) -> dict[str, Any]:
    names = ("contact", "agreed", "starts", "version")
    return {name: getattr(partnership, name) for name in names}


class EndForm(Form):
    ends = DateField(label=_("Last day"), not_future=True, initial=clock.today)
