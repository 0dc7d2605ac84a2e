"""What the evaluation asks, in plain words: no scores, and nothing that has to be answered."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from families.people.models import Life, Person

# A family has other things to do than to answer within three weeks.
LINK_LASTS = timedelta(days=42)
# So long after the publication everybody who was invited has been told what was learned.
TOLD_WITHIN = timedelta(days=28)


@dataclass(frozen=True)
class Question:
    """Without ``choices`` it is answered in a box."""

    key: str
    text: str | Promise
    choices: tuple[tuple[str, str | Promise], ...] = ()
    help: str | Promise = ""


QUESTIONS = (
    Question(
        "purpose",
        _("Were you told what the review was for?"),
        (
            ("yes", _("Yes, and I understood it")),
            ("partly", _("Yes, but I did not understand all of it")),
            ("no", _("No")),
            ("forgotten", _("I do not remember")),
        ),
    ),
    Question(
        "listened",
        _("Did you feel that people listened to you?"),
        (
            ("always", _("Yes, always")),
            ("mostly", _("Most of the time")),
            ("seldom", _("Not often")),
            ("no", _("No")),
        ),
    ),
    Question(
        "way",
        _("Could you take part in the way that you wanted?"),
        (
            ("yes", _("Yes")),
            ("partly", _("In part")),
            ("no", _("No")),
            ("not_wanted", _("I did not want to take part")),
        ),
        _("For example where and when you met, and who was with you"),
    ),
    Question(
        "time",
        _("Were you asked at a time that was right for you?"),
        (
            ("yes", _("Yes")),
            ("early", _("It was too early")),
            ("late", _("It was too late")),
            ("often", _("I was asked too often")),
        ),
    ),
    Question(
        "support",
        _("Did you have the help that you needed to take part?"),
        (
            ("yes", _("Yes")),
            ("partly", _("Some of it")),
            ("no", _("No")),
            ("none", _("I needed no help")),
        ),
        _("For example an interpreter, somebody at your side, travel, or care for your children"),
    ),
    Question(
        "used",
        _("Was what you said used in the way that you understood it would be?"),
        (
            ("yes", _("Yes")),
            ("partly", _("In part")),
            ("no", _("No")),
            ("not_known", _("I do not know what became of it")),
        ),
    ),
    Question(
        "told",
        _("Were you told what was learned, and what will change?"),
        (
            ("yes", _("Yes")),
            ("partly", _("In part")),
            ("no", _("No")),
            ("not_wanted", _("I did not want to know")),
        ),
    ),
    Question("otherwise", _("What should we have done differently?")),
    Question("more", _("Is there anything else that you want to tell us?")),
)


def can_be_told(person: Person) -> bool:
    return person.life not in {Life.DIED, Life.UNBORN}
