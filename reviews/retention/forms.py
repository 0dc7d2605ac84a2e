from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.retention.kinds import KINDS, LONGEST, Kind
from reviews.retention.models import Act
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class ScheduleForm(Form):
    """For each kind a period, what happens then, and what the period rests on."""

    mark_optional = False

    def __init__(self, *args: Any, lines: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, proposed in KINDS.items():
            if kind == Kind.HISTORY:
                continue
            line = lines.get(kind)
            months = line.months if line else proposed.months
            source = line.source if line else str(_OURS)
            self.fields[f"{kind}_months"] = forms.IntegerField(
                label=_("%(kind)s: kept for how many months?") % {"kind": kind.label},
                help_text=_("Counted from %(since)s. Empty: for good") % {"since": proposed.since},
                required=False,
                min_value=1,
                max_value=LONGEST,
                initial=months,
            )
            if len(proposed.acts) > 1:
                self.fields[f"{kind}_act"] = forms.ChoiceField(
                    label=_("%(kind)s: what happens then?") % {"kind": kind.label},
                    choices=[(act.value, act.label) for act in proposed.acts],
                    widget=Radios(inline=True, small=True),
                    initial=line.act if line else proposed.act,
                )
            self.fields[f"{kind}_source"] = forms.CharField(
                label=_("%(kind)s: what does the period rest on?") % {"kind": kind.label},
                max_length=300,
                initial=source,
            )
        self.fields["why"] = long_text(
            _("Why is the schedule as it is?"),
            help_text=_("What the board looked at: its authority’s policy, inquiries, advice"),
        )

    @property
    def lines(self) -> dict[str, dict[str, Any]]:
        said = self.cleaned_data
        found = {
            kind.value: {
                "months": said[f"{kind}_months"],
                "act": said.get(f"{kind}_act") or KINDS[kind].act,
                "source": said[f"{kind}_source"],
            }
            for kind in KINDS
            if kind != Kind.HISTORY
        }
        history = {"months": None, "act": Act.DESTROY, "source": str(_CHAIN)}
        return {**found, Kind.HISTORY.value: history}


_OURS = _("Proposed by the portal, invented: the board’s to decide")
_CHAIN = _("Its events name each other by their hashes, and none can be taken out")


class SettleForm(Form):
    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("agree", _("I agree")), ("return", _("I do not agree"))],
        widget=Radios(),
    )
    reason = long_text(
        _("Reason"), required=False, rows=3, help_text=_("Needed where you do not agree")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("verdict") == "return" and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why you do not agree"))
        return said


class HoldForm(Form):
    asked_by = forms.CharField(
        label=_("Who asked for it?"),
        max_length=200,
        help_text=_("A court, the police, an inquiry, a solicitor: an office rather than a name"),
    )
    asked_on = DateField(label=_("When did they ask?"), not_future=True)
    look_again_on = DateField(
        label=_("When will you look at it again?"),
        help_text=_("It stands until somebody lifts it, not until this day"),
    )
    reason = long_text(_("Why must it be kept?"), rows=4)

    def __init__(self, *args: Any, reviews: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["look_again_on"].initial = clock.today() + timedelta(days=182)
        if reviews is not None:
            choices = [("", "")] + [(str(each.pk), each.reference) for each in reviews]
            chosen = forms.ChoiceField(label=_("Which review?"), choices=choices)
            self.fields = {"review": chosen, **self.fields}


class LiftForm(Form):
    reason = long_text(_("Why is it lifted?"), rows=4, help_text=_("Who said so, and when"))


class LongerForm(Form):
    until = DateField(label=_("Keep it until"))
    reason = long_text(_("Why is it kept longer?"), rows=4)


class ProposeForm(Form):
    act = forms.ChoiceField(label=_("What should happen?"), widget=Radios())
    reason = long_text(
        _("What have you looked at?"),
        rows=4,
        help_text=_(
            "Claims, inquiries, people who may still ask. The certificate keeps these words for "
            "good: write no name and nothing of the case"
        ),
    )

    def __init__(self, *args: Any, kind: Kind, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["act"]
        field.choices = [(each.value, each.label) for each in KINDS[kind].acts]
        field.initial = act
        field.widget.hints = {
            Act.DESTROY: _(
                "All rows and files go, with what the board gathered from them as learning. The "
                "history stays, without texts, and the certificate."
            ),
            Act.ANONYMISE: _(
                "Names, contacts, the family register, documents and all free text go. Stages, "
                "dates, the outcome, judgements and the board’s learning stay."
            ),
        }
