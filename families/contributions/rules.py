"""How the person's own check stands, and what became of what they said."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from families.contributions.models import AccuracyCheck, Contribution, ContributionText, Use

Check = Contribution.Check
Where = Use.Where

# The person has had no chance to say whether it is right.
UNCHECKED = Check.NOT_SHOWN
COLOURS = {Check.NOT_SHOWN: "yellow", Check.SHOWN: "grey", Check.NOT_WANTED: "grey"}


class Became(TextChoices):
    USED = "used", _("Used")
    NOT_USED = "not_used", _("Not used, with a reason")
    NOTHING = "nothing", _("Nothing yet")


def state_of(lines: Iterable[AccuracyCheck], texts: Iterable[ContributionText]) -> Check:
    """The newest line by its day; of a text that we have changed since, nothing has been shown.

    A text that gave way to their own correction went at the very moment of that line.
    """
    lines = list(lines)
    corrections = {line.at for line in lines if line.step == Check.CORRECTED}
    ours = [text.at for text in texts if text.at not in corrections]
    counted = [line for line in lines if not ours or line.at > max(ours)]
    if not counted:
        return Check.NOT_SHOWN
    return Check(max(counted, key=lambda line: (line.on, line.pk)).step)


def became(uses: Iterable[Any]) -> Became:
    wheres = {use.where for use in uses}
    if not wheres:
        return Became.NOTHING
    return Became.NOT_USED if wheres == {Where.NOT_USED.value} else Became.USED
