from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.decisions.returns.models import ReturnQuestion
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios


class QuestionForm(Form):
    text = forms.CharField(label=_("Question"), max_length=300)
    help = forms.CharField(
        label=_("Help"),
        max_length=300,
        required=False,
        help_text=_("Shown under the question, as this text is"),
    )
    kind = forms.ChoiceField(
        label=_("Answered by"),
        choices=ReturnQuestion.Kind,
        initial=ReturnQuestion.Kind.TEXT,
        widget=Radios(small=True),
    )
    required = forms.BooleanField(
        label=_("An agency that knows the family must answer it"), required=False
    )


class MoveForm(Form):
    up = forms.BooleanField(required=False)
