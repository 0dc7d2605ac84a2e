"""Forms of the plan, of what is assigned and of stand-ins, and those that ask for a reason."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import MarkerPlan
from quality_markers.assessments.operations.planning import may_join
from quality_markers.catalogue.models import Marker, Question
from reviews.case.lifecycle import Stage
from reviews.permissions import Role
from scr_portal.accounts.models import User
from scr_portal.core.forms import DateField, Form, long_text


def person_field(label: Any, people: Iterable[Any], **more: Any) -> forms.ModelChoiceField:
    ids = [person.pk for person in people]
    return forms.ModelChoiceField(
        label=label,
        queryset=User.objects.filter(pk__in=ids).order_by("name", "pk"),
        **{"empty_label": _("Choose a person"), **more},
    )


class WhenForm(Form):
    stage = forms.ChoiceField(
        label=_("At which stage of the review?"),
        required=False,
        choices=[("", _("No stage in particular"))]
        + [(value, label) for value, label in Stage.choices if value != Stage.CLOSED],
    )
    on = DateField(label=_("By which day?"), required=False)
    joins = forms.MultipleChoiceField(
        label=_("Which roles join?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = person_field(
            _("Who leads it?"),
            people,
            required=False,
            empty_label=_("Nobody in particular"),
            help_text=_("Whoever leads a marker has it among their questions."),
        )
        self.fields["joins"].choices = [  # type: ignore[attr-defined]
            (role.value, Role(role).label) for role in may_join()
        ]
        self.order_fields(["markers", "stage", "on", "lead", "joins", "note", "version"])


class PlanForm(WhenForm):
    note = long_text(_("What should be looked at?"), required=False, rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)


def planned(row: MarkerPlan | None) -> dict[str, Any]:
    if row is None:
        return {"version": 0}
    names = ("stage", "on", "lead", "joins", "note", "version")
    return {name: getattr(row, name) for name in names}


class SeveralForm(WhenForm):
    """What is left empty stays as it was planned before."""

    markers = forms.MultipleChoiceField(
        label=_("Which markers?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one marker.")},
    )

    def __init__(self, *args: Any, markers: Iterable[Marker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(marker.number): marker for marker in markers}
        self.fields["markers"].choices = [  # type: ignore[attr-defined]
            (number, str(marker)) for number, marker in self.known.items()
        ]

    def clean_markers(self) -> list[Marker]:
        return [self.known[number] for number in self.cleaned_data["markers"]]


class AssignForm(Form):
    """Whole markers ("12") and single questions ("12.4", or "12.101" of the board's own)."""

    what = forms.MultipleChoiceField(
        label=_("What is theirs to fill in?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one marker or question.")},
    )
    wanted_on = DateField(label=_("By which day is it wanted?"), required=False)

    def __init__(
        self, *args: Any, people: Iterable[Any], questions: Iterable[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(_("Who?"), people)
        self.order_fields(["person", "what", "wanted_on"])
        self.places: dict[str, Marker | Question] = {}
        for marker, group in groupby(questions, key=lambda question: question.marker):
            self.places[str(marker.number)] = marker
            self.places |= {f"{marker.number}.{each.number}": each for each in group}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (key, str(place)) for key, place in self.places.items()
        ]

    @property
    def groups(self) -> list[tuple[Any, list[Any], bool]]:
        """Each marker's checkbox with those of its questions, unfolded where one is ticked."""
        found: list[tuple[Any, list[Any], bool]] = []
        ticked = set(self["what"].value() or ())
        for key, option in zip(self.places, self["what"].options, strict=True):  # type: ignore[attr-defined]
            if "." not in key:
                found.append((option, [], False))
                continue
            marker, options, is_open = found[-1]
            found[-1] = (marker, [*options, option], is_open or key in ticked)
        return found

    @property
    def markers(self) -> list[Marker]:
        return [each for each in self._chosen if isinstance(each, Marker)]

    @property
    def questions(self) -> list[Question]:
        return [each for each in self._chosen if isinstance(each, Question)]

    @property
    def _chosen(self) -> list[Marker | Question]:
        return [self.places[key] for key in self.cleaned_data["what"]]


class StandInForm(Form):
    begins = DateField(label=_("First day"))
    ends = DateField(label=_("Last day"))

    def __init__(self, *args: Any, people: list[Any], person: Any = None, **kwargs: Any) -> None:
        """Without ``person`` it is asked who is away: by those who may say it of others."""
        super().__init__(*args, **kwargs)
        if person is None:
            self.fields["person"] = person_field(_("Who is away?"), people)
        others = [each for each in people if each != person]
        self.fields["deputy"] = person_field(_("Who stands in?"), others)
        self.order_fields(["person", "deputy", "begins", "ends"])


class WithdrawForm(Form):
    reason = long_text(_("Why is it withdrawn?"), rows=4)


class ReopenForm(Form):
    reason = long_text(_("Why is it taken up again?"), rows=4)


class MoveForm(Form):
    """``version``: the catalogue version whose comparison stands on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = long_text(_("Anything to add to the reason?"), required=False, rows=3)


class ReturnForm(Form):
    """Why the whole comes back, and why single questions do. One of them must be said."""

    reasons = long_text(
        _("Why does it come back?"),
        required=False,
        rows=5,
        help_text=_("About the whole. Reasons for single questions stand below."),
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, Question] = {}
        for question in questions:
            name = f"q-{question.marker.number}-{question.number}"
            self.asked[name] = question
            self.fields[name] = forms.CharField(
                label=str(question),
                required=False,
                max_length=rules.LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def groups(self) -> list[tuple[Marker, list[Any], bool]]:
        """By marker, unfolded where something is written."""
        rows = []
        for marker, names in groupby(self.asked, key=lambda name: self.asked[name].marker):
            fields = [self[name] for name in names]
            rows.append((marker, fields, any(field.value() or field.errors for field in fields)))
        return rows

    @property
    def single(self) -> dict[Question, str]:
        return {
            question: self.cleaned_data[name]
            for name, question in self.asked.items()
            if self.cleaned_data[name].strip()
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("reasons") and not self.single:
            self.add_error("reasons", _("Say why the self-assessment comes back."))
        return data
