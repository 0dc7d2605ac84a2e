"""What the board counts of families in its reviews, after Ofsted 2009, and what it hides of it.

The rules of hiding are those of every page of figures: ``scr_portal/core/suppression.py``.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REVIEWS = "reviews"


@dataclass(frozen=True)
class Line:
    """``within`` is the line that counts every review which this one counts, and more."""

    key: str
    label: str | Promise
    within: str = REVIEWS


@dataclass(frozen=True)
class Group:
    label: str | Promise
    lines: tuple[Line, ...]


GROUPS = (
    Group(_("Reviews"), (Line(REVIEWS, _("Reviews held"), ""),)),
    Group(
        _("Parents and step-parents"),
        (
            Line("parents_invited", _("Invited")),
            Line("parents_accepted", _("Said yes")),
            Line("parents_took_part", _("Took part"), "parents_accepted"),
            Line("parents_declined", _("Said no")),
        ),
    ),
    Group(
        _("Grandparents"),
        (
            Line("grandparents_considered", _("Considered")),
            Line("grandparents_invited", _("Invited"), "grandparents_considered"),
            Line("grandparents_took_part", _("Took part")),
        ),
    ),
    Group(
        _("The child, brothers and sisters"),
        (
            Line("children_considered", _("Considered")),
            Line("children_invited", _("Invited"), "children_considered"),
            Line("children_took_part", _("Took part")),
        ),
    ),
    Group(
        _("Other family, carers and friends"),
        (
            Line("others_considered", _("Considered")),
            Line("others_invited", _("Invited"), "others_considered"),
            Line("others_took_part", _("Took part")),
        ),
    ),
    Group(
        _("Interpreters, and what became of the words"),
        (
            Line("interpreter_needed", _("An interpreter was needed")),
            Line("interpreter_used", _("An interpreter was used"), "interpreter_needed"),
            Line("told_of_words", _("Somebody was told what became of their words")),
        ),
    ),
)
LINES = tuple(line for group in GROUPS for line in group.lines)
