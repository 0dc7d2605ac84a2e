"""What a check finds, and all that it is given: no database behind it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Finding:
    """``quote`` is where it stands, ``instead`` what to write or do.

    A finding stops nobody, but for one that ``blocks``. One that ``asks_why`` is about somebody's
    safety: the letter goes only with a reason.
    """

    text: str | Promise
    instead: str | Promise = ""
    quote: str = ""
    blocks: bool = False
    asks_why: bool = False


@dataclass(frozen=True)
class Named:
    """Somebody of the review; ``sex`` is "female", "male" or nothing that a pronoun shows."""

    name: str
    pseudonym: str
    sex: str = ""

    @property
    def words(self) -> set[str]:
        """The parts of the name by which somebody is called, without initials."""
        return {word for word in self.name.replace(",", " ").split() if len(word) > 2}


@dataclass(frozen=True)
class Checked:
    subject: str
    body: str
    kind: str
    is_english: bool
    is_easy_read: bool
    reader: Named
    under_16: bool = False
    no_letters: bool = False
    letters_do_not_suit: bool = False
    children: tuple[Named, ...] = ()
    others: tuple[Named, ...] = ()
    pseudonym: str = ""

    @property
    def text(self) -> str:
        return f"{self.subject}\n\n{self.body}"
