from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.models import Marker
from quality_markers.learning.models import Improvement, Theme
from scr_portal.core.forms import Form, long_text
from scr_portal.core.widgets import Checkboxes


class ThemesField(forms.ModelMultipleChoiceField):
    widget = Checkboxes


def _themes(label: Any) -> ThemesField:
    return ThemesField(label=label, queryset=Theme.objects.none(), required=False)


def offer(form: Any, board_id: int, kept: Improvement | None = None) -> None:
    """The board's themes in use, and those retired that this one has already."""
    had = kept.themes.values("pk") if kept else []
    field = form.fields["themes"]
    field.queryset = Theme.objects.filter(Q(retired_at=None) | Q(pk__in=had), board=board_id)
    if not field.queryset.exists():
        del form.fields["themes"]


class ImprovementForm(Form):
    marker = forms.ChoiceField(label=_("What it is about"), widget=forms.Select)
    text = long_text(
        _("What should future reviews do otherwise?"),
        rows=5,
        help_text=_("One thing, so that it can be read without this review"),
    )
    quote = long_text(
        _("In somebody’s own words"),
        required=False,
        rows=3,
        help_text=_("As it was said when looking back, without who said it"),
    )
    themes = _themes(_("Themes"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self,
        *args: Any,
        board_id: int,
        markers: Iterable[Marker] = (),
        whole: bool = False,
        kept: Improvement | None = None,
        **kwargs: Any,
    ) -> None:
        """``markers`` are those to choose from; none of them is for one that is noted already."""
        super().__init__(*args, **kwargs)
        offer(self, board_id, kept)
        choices = [("", str(_("The self-assessment as a whole")))] if whole else []
        self.markers = {str(marker.number): marker for marker in markers}
        if kept:
            del self.fields["marker"]
            del self.fields["token"]
            return
        choices += [(number, str(marker)) for number, marker in self.markers.items()]
        field: Any = self.fields["marker"]
        field.choices, field.required = choices, not whole

    def clean_marker(self) -> Marker | None:
        return self.markers.get(self.cleaned_data["marker"])


class GatherForm(Form):
    gathered_text = long_text(
        _("As the board is to read it"),
        rows=5,
        help_text=_("For readers who do not know the case: no name, place, date or reference"),
    )
    gathered_quote = long_text(
        _("Quote, as the board is to read it"),
        required=False,
        rows=3,
        help_text=_("Shorten it, or leave it out, where somebody could be known by it"),
    )
    themes = _themes(_("Themes"))
    despite = forms.BooleanField(
        label=_("I have looked: these words point to nobody of this case"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kept: Improvement, asks: bool, **kwargs: Any) -> None:
        """``asks``: words were found, so that the box to say that they point to nobody is there."""
        super().__init__(*args, **kwargs)
        offer(self, kept.board_id, kept)
        if not asks:
            del self.fields["despite"]


class ThemeForm(Form):
    name = forms.CharField(label=_("Name of the theme"), max_length=80)
