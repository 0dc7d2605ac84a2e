from django import forms
from django.utils.translation import gettext_lazy as _

from scr_portal.core.forms import Form


class InboxFilter(Form):
    """What a person narrows the inbox to; a word that makes no sense narrows nothing."""

    mark_optional = False

    show = forms.ChoiceField(choices=[("all", _("All")), ("unread", _("Unread"))], required=False)
    reference = forms.CharField(label=_("Reference of a review"), max_length=40, required=False)
