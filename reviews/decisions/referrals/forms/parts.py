"""Groups of questions that the unit, board members and professionals outside are all asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.case.models import Child
from reviews.decisions.referrals import rules
from reviews.decisions.referrals.criteria import Criteria, criteria_of
from reviews.decisions.referrals.models import ClauseTest, LearningPriority, Referral
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios


class ChildFields(Form):
    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonym of the child"),
        max_length=60,
        help_text=gettext_lazy("A name that cannot be traced to the family, such as Child R"),
    )
    harm = forms.ChoiceField(
        label=gettext_lazy("What happened to the child"), choices=Child.Harm, widget=Radios()
    )
    age_at_incident = forms.CharField(
        label=gettext_lazy("Age at the incident"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Such as 7 months, or 12"),
    )
    incident_on = DateField(label=gettext_lazy("Date of the incident"), not_future=True)


def delay_field() -> Any:
    return long_text(
        gettext_lazy("Why the referral took this long"),
        required=False,
        rows=3,
        help_text=gettext_lazy("Asked for where it came late after the incident was known"),
    )


class CriteriaFields(Form):
    """The clauses of the timetable in force, each with what its answer rests on (QM 1.2)."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground for the referral"),
        choices=Referral.Ground,
        widget=Radios(),
        help_text=gettext_lazy("The one that you rely on, whatever the clauses come to"),
    )
    criteria: Criteria

    def add_clauses(self, profile: str) -> None:
        self.criteria = criteria_of(profile)
        for clause in self.criteria.clauses:
            self.fields[f"clause_{clause.key}"] = forms.ChoiceField(
                label=str(clause.label),
                choices=ClauseTest.Answer,
                widget=Radios(inline=True, small=True),
            )
            self.fields[f"note_{clause.key}"] = forms.CharField(
                label=_("What this rests on (%(clause)s)") % {"clause": clause.said},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        names = [name for name in self.fields if name.startswith(("clause_", "note_"))]
        first = list(self.fields).index("ground")
        rest = [name for name in self.fields if name not in names]
        self.order_fields([*rest[:first], *names, *rest[first:]])

    def add_priorities(self, board: Board, chosen: LearningPriority | None = None) -> None:
        """Those that the board has now, and the one that the referral names already."""
        rows = LearningPriority.objects.filter(board=board)
        today = clock.today()
        current = rows.filter(Q(ends=None) | Q(ends__gte=today) | Q(pk=chosen.pk if chosen else 0))
        field = forms.ModelChoiceField(
            label=_("Learning priority of the board that it speaks to"),
            queryset=current,
            required=False,
            empty_label=_("None of them"),
        )
        if not current.exists():
            field.help_text = _("The board keeps no learning priorities yet.")
        self.fields["priority"] = field

    @property
    def clauses(self) -> dict[str, tuple[str, str]]:
        return clauses_in(self.criteria, self.cleaned_data)


def clauses_in(criteria: Criteria, data: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Answer and note, by the clause's key."""
    return {
        clause.key: (data.get(f"clause_{clause.key}", ""), data.get(f"note_{clause.key}", ""))
        for clause in criteria.clauses
    }


class ReasonFields(Form):
    rationale = long_text(gettext_lazy("Why the case is referred"))
    support = long_text(
        gettext_lazy("Information that supports it"),
        required=False,
        help_text=gettext_lazy("What is known, from whom, and what is only suspected"),
    )
    urgent_risks = long_text(
        gettext_lazy("Risks that cannot wait for a review"),
        required=False,
        rows=3,
        help_text=gettext_lazy(
            "Such as other children in contact with the same adult, and who has been told. If a "
            "child is in danger now, do not wait for this form."
        ),
    )


def tag_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TagFields(Form):
    """What shows that two cases share an adult or a place."""

    adults = tag_field(
        gettext_lazy("Adults who may appear in other cases"),
        gettext_lazy("One in each line, by a token of the board such as A12. Never a real name."),
    )
    settings = tag_field(
        gettext_lazy("Settings"),
        gettext_lazy("One in each line: the school, ward, home or club where it happened"),
    )
    others = tag_field(
        gettext_lazy("Other tags"),
        gettext_lazy("One in each line, such as home education or unborn child"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in rules.TAG_FIELDS:
            for line in rules.lines(data.get(name, "")):
                if len(line) > rules.LONGEST_TAG:
                    words = _("Each line must be %(limit)s characters or fewer: %(line)s…")
                    said = {"limit": rules.LONGEST_TAG, "line": line[:30]}
                    self.add_error(name, words % said)
        return data

    @property
    def tags(self) -> list[tuple[str, str]]:
        return rules.tags_in(self.cleaned_data)
