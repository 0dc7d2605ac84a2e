"""One statement, however many reviews there are."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import ExtractYear

from families.contributions.models import Contribution, Use
from families.feedback.models import Told
from families.figures import rules
from families.involvement.models import (
    Answer,
    Contact,
    ContactPerson,
    GroupNote,
    Inclusion,
    Refusal,
    Support,
)
from families.people.models import PARENTS, SIBLINGS, Relationship
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.core import suppression

GROUPS = {
    "parents": PARENTS | {Relationship.ADOPTIVE_PARENT, Relationship.STEP_PARENT},
    "grandparents": frozenset({Relationship.GRANDPARENT}),
    "children": SIBLINGS | {Relationship.SUBJECT},
}
GROUPS["others"] = frozenset(Relationship) - frozenset().union(*GROUPS.values())
NOTED = {
    "grandparents": GroupNote.Group.GRANDPARENTS,
    "children": GroupNote.Group.CHILDREN,
}


@dataclass(frozen=True)
class Figures:
    bands: list[suppression.Band]
    shown: dict[str, suppression.Shown[rules.Line]]

    @property
    def is_empty(self) -> bool:
        return not self.bands

    @property
    def most(self) -> int:
        """What the longest bar stands for."""
        return self.shown[rules.REVIEWS].total or 0


def figures(board: Board, user: Any) -> Figures:
    """Of every review of this board, alike for all who keep its registers.

    A table that left out what its reader may not see could be subtracted from another reader's.
    """
    by_year = {row.pop("year"): row for row in _counted(board, user)}
    bands = suppression.bands({year: row[rules.REVIEWS] for year, row in by_year.items()})
    counts: dict[str, list[int]] = defaultdict(list)
    for band in bands:
        rows = [row for year, row in by_year.items() if band.first <= year <= band.last]
        for line in rules.LINES:
            counts[line.key].append(sum(row[line.key] for row in rows))
    found = suppression.shown(rules.LINES, counts) if bands else []
    return Figures(bands, {each.line.key: each for each in found})


def _counted(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_REGISTERS, board):
        return []
    reviews = Review.objects.filter(board=board, outcome=Review.Outcome.REVIEW)
    tests = _tests()
    of_year: Any = (
        reviews.order_by()
        .annotate(year=ExtractYear("referred_on"))
        .values("year")
        .annotate(
            **{rules.REVIEWS: Count("pk")},
            **{key: Count("pk", filter=test) for key, test in tests.items()},
        )
    )
    return list(of_year)


def _there(model: Any, **which: Any) -> Q:
    return Q(Exists(model.objects.filter(review=OuterRef("pk"), **which)))


def _tests() -> dict[str, Q]:
    """By line: what makes a review count."""
    found: dict[str, Q] = {}
    for name, relationships in GROUPS.items():
        of_them = {"person__relationship__in": relationships}
        made = of_them | {"contact__state": Contact.State.MADE}
        invited = _there(Inclusion, choice=Inclusion.Choice.INVITED, **of_them)
        considered = _there(Inclusion, **of_them)
        if name in NOTED:
            considered |= _there(GroupNote, group=NOTED[name])
        took_part = _there(ContactPerson, answer=Answer.TOOK_PART, **made)
        yes = _there(ContactPerson, answer__in=[Answer.ACCEPTED, Answer.TOOK_PART], **made)
        no = _there(ContactPerson, answer=Answer.DECLINED, **made) | _there(Refusal, **of_them)
        found |= {
            f"{name}_invited": invited,
            f"{name}_considered": considered,
            f"{name}_took_part": took_part,
            f"{name}_accepted": yes,
            f"{name}_declined": no,
        }
    return {key: test for key, test in (found | _others()).items() if key in _KEYS}


def _others() -> dict[str, Q]:
    asked = Support.objects.filter(review=OuterRef("pk"), kind=Support.Kind.INTERPRETER)
    made = Contact.objects.filter(review=OuterRef("pk"), state=Contact.State.MADE)
    used = Q(Exists(asked.filter(state=Support.State.DONE))) | Q(
        Exists(made.exclude(interpreter=""))
    )
    needed = Q(Exists(asked.exclude(state=Support.State.NOT_NEEDED)))
    return {
        "interpreter_needed": needed | used,
        "interpreter_used": used,
        # Of what named people alone may read not even a number is counted.
        "told_of_words": _there(Told, about=Told.About.THEIR_WORDS)
        | _there(
            Use,
            person_told_on__isnull=False,
            contribution__visibility=Contribution.Visibility.TEAM,
        ),
    }


_KEYS = frozenset(line.key for line in rules.LINES)
