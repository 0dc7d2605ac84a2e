from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue import queries
from quality_markers.catalogue.book import Book
from quality_markers.catalogue.models import CatalogueVersion, VersionState
from quality_markers.catalogue.scanning import taken
from quality_markers.catalogue.sheets import files
from scr_portal.accounts.models import Board
from scr_portal.core.forms import Form, long_text
from scr_portal.core.reasons import Refused
from scr_portal.core.widgets import Radios


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(filter(None, [obj.title, _whose(obj)]))


def _whose(version: CatalogueVersion) -> str:
    if version.state != VersionState.PUBLISHED:
        return str(version.get_state_display()).lower()
    if version.board_id is None:
        return str(_("for every board"))
    return str(_("current")) if version.is_current else ""


class CompareForm(Form):
    mark_optional = False
    old = VersionField(label=_("Earlier version"), queryset=CatalogueVersion.objects.none())
    new = VersionField(label=_("Later version"), queryset=CatalogueVersion.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = CatalogueVersion.objects.visible_to(user)  # type: ignore[attr-defined]


class BeginForm(Form):
    based_on = VersionField(
        label=_("Which version do you begin from?"),
        queryset=CatalogueVersion.objects.none(),
        empty_label=None,
        widget=Radios(small=True),
    )
    keep_own = forms.BooleanField(
        label=_("Take over the questions and guidance that the board has of its own now"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].queryset = queries.of_board(board)  # type: ignore[attr-defined]
        current = CatalogueVersion.objects.current(board)
        if current:
            self.fields["based_on"].initial = current.pk
        if current is None or current.board_id is None:
            del self.fields["keep_own"]


class GuidanceForm(Form):
    local_guidance = long_text(
        _("Guidance of this board"),
        required=False,
        help_text=_(
            "What people of this board should know at this marker: whom to ask, where things lie, "
            "what was agreed. A line that begins with “- ” becomes a bullet."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class QuestionForm(Form):
    text = long_text(
        _("Question"),
        rows=3,
        help_text=_("Ask for judgement and what it rests on, rather than for a yes or a no."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PublishForm(Form):
    title = forms.CharField(label=_("What is this version called?"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput)


class LoadForm(Form):
    file = forms.FileField(
        label=_("Catalogue as YAML or Excel"),
        help_text=_("A file as the portal writes it: download one to see how it is made."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )
    against = VersionField(
        label=_("Show what would change against"),
        queryset=CatalogueVersion.objects.none(),
        required=False,
        empty_label=_("Nothing: show it whole"),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].queryset = queries.of_board(board)  # type: ignore[attr-defined]
        self.fields["against"].initial = getattr(CatalogueVersion.objects.current(board), "pk", "")

    def clean_file(self) -> Book:
        """What the file says; everything that stands against it is said under the box."""
        try:
            return files.read(taken(self.cleaned_data["file"].file))
        except Refused as refused:
            raise refused.as_error() from refused
