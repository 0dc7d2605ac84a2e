"""By when an answer is asked for, what it must hold, and how one is shown."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.queries import closures_of
from reviews.decisions.returns.models import ReturnQuestion
from scr_portal.core import clock
from scr_portal.core.dates import add_working_days, on_screen
from scr_portal.core.reasons import Refused

DATA = Path(__file__).parent / "data"
Kind = ReturnQuestion.Kind


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def first_questions() -> list[dict[str, Any]]:
    """What a new board's form holds."""
    return _read("questions.toml")["question"]


def notice_text() -> str:
    return _read("asking.toml")["preservation"]["text"].strip()


def due_by_default(what: str, review: Review) -> date:
    """``what`` is "return" or "preservation"; data/asking.toml says why it is that long."""
    off = closures_of([review.board_id])
    amount = _read("asking.toml")[what]["working_days"]
    return add_working_days(clock.today(), amount, off.get(review.board_id, frozenset()))


def against_asking(review: Review) -> str:
    """Why no agency can be asked now; empty where it can."""
    return _("The review is closed.") if review.stage == Stage.CLOSED else ""


def asked_as(question: ReturnQuestion) -> dict[str, Any]:
    """A question as it is kept with each return that was asked by it."""
    return {
        "id": question.pk,
        "text": question.text,
        "help": question.help,
        "kind": question.kind,
        "required": question.required,
    }


def name_of(question: Mapping[str, Any]) -> str:
    """Of its field in the form."""
    return f"q_{question['id']}"


@dataclass(frozen=True)
class Said:
    """What came back: answers by the question's id, dates as ISO text."""

    name: str
    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    nothing_known: bool = False

    def checked(self, questions: list[dict[str, Any]]) -> "Said":
        """Raises Refused where the name or a required answer is missing."""
        if not self.name.strip():
            raise Refused(_("Say who answers."))
        if self.nothing_known:
            return Said(self.name.strip(), {}, self.note, True)
        known = {str(question["id"]): question for question in questions}
        answers = {key: text for key, text in self.answers.items() if key in known and text}
        missing = [
            question["text"]
            for key, question in known.items()
            if question["required"] and not str(answers.get(key, "")).strip()
        ]
        if missing:
            raise Refused([_("Answer “%(question)s”") % {"question": text} for text in missing])
        return Said(self.name.strip(), answers, self.note)


def shown(question: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    """One answer in words; empty where there is none."""
    answer = answers.get(str(question["id"]), "")
    if answer and question["kind"] == Kind.DATE:
        return on_screen(date.fromisoformat(answer))
    if answer and question["kind"] == Kind.YES_NO:
        return _("Yes") if answer == "yes" else _("No")
    return answer
