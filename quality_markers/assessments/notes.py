"""What other rooms have to say under a question: comments, what came back, what is assigned.

A page may hold a hundred questions. What is said under them comes with the statement that fetches
the questions, so that no room asks for its own once for each, or even once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Question
from scr_portal.core.contributions import collect


@dataclass(frozen=True)
class QuestionNote:
    """``name``: a word that no other note has. ``expression``: of the question ``OuterRef("pk")``.

    ``say`` puts its value into words, escaped like any text; without words there is no note.
    ``url`` is the address that the words lead to, if any.
    """

    name: str
    expression: Any
    say: Callable[[Any], str]
    url: Callable[[Question], str] = lambda question: ""

    @property
    def key(self) -> str:
        return f"note_{self.name}"


@dataclass(frozen=True)
class Said:
    """As it stands under one question."""

    text: str
    url: str


def notes_for(assessment: Pass, user: Any) -> list[QuestionNote]:
    """Contribution "question_notes": (assessment, user) -> [QuestionNote]."""
    return collect("question_notes", assessment, user)


def said_of(question: Question, notes: list[QuestionNote]) -> list[Said]:
    found = ((note, note.say(getattr(question, note.key))) for note in notes)
    return [Said(text, note.url(question)) for note, text in found if text]
