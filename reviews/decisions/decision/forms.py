from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.advice.models import Recommendation
from reviews.decisions.decision import queries, rules
from reviews.decisions.decision.models import Decision, Factor, FactorNote
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Checkboxes, Radios


class DecisionForm(Form):
    """A draft may be saved with gaps: what is missing is said when it is put to the chair."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in Review.Outcome.choices if choice[0]],
        widget=forms.RadioSelect,
        required=False,
    )
    criteria_met = forms.TypedChoiceField(
        label=_("Are the statutory criteria met?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    nature = long_text(
        _("Nature and scale of the review"),
        required=False,
        help_text=_("How wide, how deep, with what method, and why that is in proportion"),
    )
    rationale = long_text(
        _("Reasons for the decision"),
        required=False,
        rows=10,
        help_text=_("As members, government, professionals and the family will read them"),
    )
    departs_reason = long_text(
        _("Why the decision departs from the recommendation"),
        required=False,
        help_text=_("Needed where the outcome is another than the one recommended"),
    )
    delay_reason = long_text(
        _("Why the decision took longer than the limit"), required=False, rows=3
    )
    changed = long_text(_("What is new since the last version"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        first: bool = True,
        recommended: Recommendation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changed"]
        if recommended is None:
            del self.fields["departs_reason"]


def initial_of(decision: Decision) -> dict[str, Any]:
    met = {True: "yes", False: "no", None: ""}[decision.criteria_met]
    texts = [name for name in rules.DECIDE if name != "criteria_met"]
    return {name: getattr(decision, name) for name in [*texts, "version"]} | {"criteria_met": met}


class FactorsForm(Form):
    """Each factor on its own; a draft may leave some for later."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in Factor:
            self.fields[f"bearing_{factor.value}"] = forms.ChoiceField(
                label=factor.label,
                choices=FactorNote.Bearing.choices,
                widget=Radios(small=True),
                required=False,
            )
            self.fields[f"note_{factor.value}"] = long_text(
                _now("Why? %(factor)s") % {"factor": factor.label}, required=False, rows=3
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"bearing_{key}"], self[f"note_{key}"]) for key in Factor.values]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        weighed = {}
        for key in Factor.values:
            bearing, note = data.pop(f"bearing_{key}", ""), data.pop(f"note_{key}", "")
            weighed[key] = (bearing, note)
            if note and not bearing:
                self.add_error(
                    f"bearing_{key}", _now("Choose which way it bears, or empty the note")
                )
        return data | {"factors": weighed}


def factors_initial(decision: Decision | None, carried: Mapping[str, tuple[str, str]]) -> Any:
    """``carried`` is what the next version begins with, where there is none in work."""
    weighed = (
        {row.factor: (row.bearing, row.note) for row in decision.weighed} if decision else carried
    )
    initial: dict[str, Any] = {"version": decision.version if decision else 0}
    for key, (bearing, note) in weighed.items():
        initial |= {f"bearing_{key}": bearing, f"note_{key}": note}
    return initial


class ReturnForm(Form):
    reasons = long_text(_("What should be changed"), rows=4)


class ToldForm(Form):
    """Who was told: of those that the timetable names, and anybody else."""

    bodies = forms.MultipleChoiceField(
        label=_("Who was told?"), widget=Checkboxes(small=True), required=False
    )
    other = forms.CharField(
        label=_("Somebody else"),
        max_length=200,
        required=False,
        help_text=_("A national body that the timetable does not name"),
    )
    sent_on = DateField(label=_("Sent on"), not_future=True)
    route = forms.CharField(
        label=_("By what route"),
        max_length=200,
        help_text=_("Such as the national online form, or secure email"),
    )
    note = long_text(_("Note"), required=False, rows=3)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"sent_on": clock.today()}, **kwargs})
        self.known = {
            f"{telling.duty.clock.key}:{number}": (telling, body)
            for telling in queries.tellings(review)
            for number, body in enumerate(telling.duty.bodies)
            if body in telling.left
        }
        bodies = self.fields["bodies"]
        bodies.choices = [(key, body) for key, (_telling, body) in self.known.items()]  # type: ignore[attr-defined]
        bodies.widget.hints = {  # type: ignore[attr-defined]
            key: telling.duty.clock.label for key, (telling, _body) in self.known.items()
        }
        if not self.known:
            del self.fields["bodies"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = [self.known[key] for key in data.get("bodies") or []]
        pairs = [(telling.duty.clock.key, body) for telling, body in chosen]
        if other := data.pop("other", ""):
            pairs.append(("", other))
        if not pairs:
            self.add_error("bodies" if self.known else "other", _("Say who was told"))
        return data | {"bodies": pairs}
