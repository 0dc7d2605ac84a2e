"""Slips of a text begun from another one: names, pronouns, pseudonyms, what was never filled in."""

import re

from django.utils.translation import gettext as _

from families.letters.checks.finding import Checked, Finding, Named
from families.letters.checks.reading import sentences
from families.letters.checks.wording import around
from families.letters.texts import unfilled

# Names that are everyday words as well: they count only as part of a whole name.
EVERYDAY = frozenset(
    {"Will", "May", "Mark", "Grace", "Hope", "Rose", "Faith", "Joy", "Summer", "Autumn", "June"}
    | {"April", "August", "Grant", "Frank", "Art", "Bill", "Rob", "Drew", "Dean", "Sky", "Dawn"}
)
PRONOUNS = {"female": "she|her|hers|herself", "male": "he|him|his|himself"}
CALLED = {
    "female": "daughter|girl|granddaughter|niece|stepdaughter",
    "male": "son|boy|grandson|nephew|stepson",
}
# Somebody else in the sentence whom the pronoun may mean.
ANOTHER = {
    "female": "mother|mum|grandmother|nan|aunt|sister|wife|woman|daughter|nurse|doctor|teacher",
    "male": "father|dad|grandfather|grandad|uncle|brother|husband|man|son|nurse|doctor|teacher",
}
TITLES = {"female": "Mrs|Ms|Miss|Madam", "male": "Mr|Sir"}
OPPOSITE = {"female": "male", "male": "female"}


def check(letter: Checked) -> list[Finding]:
    return [
        *_unfilled(letter),
        *_names(letter),
        *_pseudonyms(letter),
        *(_wrong_sex(letter) if letter.is_english else []),
    ]


def _unfilled(letter: Checked) -> list[Finding]:
    return [
        Finding(
            _("Something is not filled in: “%(gap)s”.") % {"gap": gap},
            _("Write what belongs there, or take it out. The letter cannot go like this."),
            quote=gap,
            blocks=True,
        )
        for gap in unfilled(letter.subject, letter.body)
    ]


def _word(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _names(letter: Checked) -> list[Finding]:
    """Somebody else's real name, or a part of it that the reader and the children do not share."""
    shared = letter.reader.words.union(*(child.words for child in letter.children))
    found = []
    for other in letter.others:
        if not other.name.strip() or other.name == letter.reader.name:
            continue
        parts = {word for word in other.words - shared if word not in EVERYDAY}
        for words in (other.name, *sorted(parts)):
            if hit := re.search(_word(words), letter.text):
                text = _("“%(name)s” is the real name of somebody else in the family: %(who)s.")
                found.append(
                    Finding(
                        text % {"name": hit[0], "who": other.pseudonym},
                        _("Is this letter meant for somebody else? Take the name out."),
                        quote=around(letter.text, hit),
                    )
                )
                break
    return found


def _pseudonyms(letter: Checked) -> list[Finding]:
    """Not where the word may be a plain one, as at the beginning of a sentence: “Mother”."""
    people = [letter.reader, *letter.children, *letter.others]
    called = {each.pseudonym for each in people} | {letter.pseudonym}
    real = " ".join(each.name for each in people)
    found = []
    for words in sorted(called - {""}):
        one_word = " " not in words and words.isalpha()
        before = r"(?<=[\w,;] )" if one_word else ""
        hit = re.search(before + _word(words), letter.text)
        if hit and not re.search(_word(words), real):
            found.append(
                Finding(
                    _("“%(words)s” is a pseudonym. The family does not know it.")
                    % {"words": words},
                    _("Write the name by which they are called."),
                    quote=around(letter.text, hit),
                )
            )
    return found


def _wrong_sex(letter: Checked) -> list[Finding]:
    found = [each for child in letter.children for each in _pronouns(letter, child)]
    sexes = {child.sex for child in letter.children}
    if len(sexes) == 1 and (sex := sexes.pop()) in OPPOSITE:
        found += _where(letter, rf"\byour (?:{CALLED[OPPOSITE[sex]]})\b", letter.children[0])
    if letter.reader.sex in OPPOSITE:
        own = "|".join(map(re.escape, sorted(letter.reader.words)))
        after = rf"(?:\.?\s+(?:{own})\b)" if own else r"(?=\s*[,\n])"
        title = TITLES[OPPOSITE[letter.reader.sex]]
        found += _where(letter, rf"\b(?:{title}){after}|(?<=Dear )(?:{title})\b", letter.reader)
    return found


def _where(letter: Checked, pattern: str, who: Named) -> list[Finding]:
    hit = re.search(pattern, letter.text)
    return [_does_not_fit(hit[0], who, around(letter.text, hit))] if hit else []


def _pronouns(letter: Checked, child: Named) -> list[Finding]:
    """In a sentence that names this child, no other one, and nobody else whom it could mean."""
    if child.sex not in OPPOSITE or not child.words:
        return []
    wrong = OPPOSITE[child.sex]
    others = {word for other in letter.children if other != child for word in other.words}
    found = []
    for sentence in sentences(letter.body):
        hit = _any(PRONOUNS[wrong], sentence)
        names = any(re.search(_word(word), sentence) for word in child.words - others)
        another = _any(ANOTHER[wrong], sentence) or any(word in sentence for word in others)
        if hit and names and not another:
            found.append(_does_not_fit(hit[0], child, sentence))
    return found


def _any(words: str, sentence: str) -> re.Match[str] | None:
    return re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE)


def _does_not_fit(word: str, who: Named, quote: str) -> Finding:
    sex = _("female") if who.sex == "female" else _("male")
    text = _("“%(word)s” does not fit %(who)s, who is %(sex)s on the record.")
    return Finding(
        text % {"word": word, "who": who.pseudonym, "sex": sex},
        _("Change the word, or the record if that is wrong."),
        quote=quote,
    )
