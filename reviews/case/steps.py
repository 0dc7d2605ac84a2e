"""What a board does before the work of a review begins: each room says how far it has come."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from scr_portal.core.contributions import collect

# While these last the steps stand open on the overview; afterwards they are folded away.
SETTING_UP = frozenset({Stage.REFERRED, Stage.CONSIDERING, Stage.DECIDED, Stage.COMMISSIONING})


class How(TextChoices):
    DONE = "done", _("Done")
    BEGUN = "begun", _("Begun")
    TO_DO = "to_do", _("To do")
    LATER = "later", _("Cannot start yet")


_COLOURS = {How.BEGUN: "light-blue", How.TO_DO: "blue"}


@dataclass(frozen=True)
class Step:
    """``hint`` says in words what is there or what is missing; of a later step, why it waits."""

    label: str | Promise
    url: str
    how: How
    hint: str | Promise = ""

    @property
    def as_task(self) -> dict[str, Any]:
        """For components/task_list.html."""
        return {
            "label": self.label,
            "url": "" if self.how == How.LATER else self.url,
            "hint": self.hint,
            "status": self.how.label,
            "colour": _COLOURS.get(self.how, ""),
        }


def tasks(review: Review, user: Any) -> list[dict[str, Any]]:
    return [step.as_task for step in collect("steps", review, user)]


def ahead(review: Review, user: Any) -> list[dict[str, Any]]:
    """What can be begun now: for a page on which something else has just come to its end."""
    return [each.as_task for each in collect("steps", review, user) if each.how == How.TO_DO]
