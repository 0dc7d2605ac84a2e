"""Reading age and length of sentences, for English alone.

The reading age is Flesch and Kincaid's grade and five years. Syllables are counted by rule: the
library that is usual for it (textstat) brings nltk, a dictionary to download and seven more
packages for this one sum.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from families.letters.checks.finding import Checked, Finding

OLDEST, OLDEST_EASY = 12, 10  # years
LONGEST, LONGEST_EASY = 20, 12  # words of a sentence
MOST = 8  # sentences that are named one by one
_WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d+")
_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
_SHORT_FORM = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Revd|No)\.")


@dataclass(frozen=True)
class Reading:
    age: float
    longest: int
    sentences: tuple[str, ...]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Sentences and points of lists, without headings, a greeting or a name under the text."""
    found = []
    for line in text.split("\n"):
        if line.startswith("# "):
            continue
        for each in _END.split(_SHORT_FORM.sub(r"\1", line.removeprefix("- ").strip())):
            if len(words(each)) > 4 or (words(each) and each.rstrip('"”’)')[-1:] in {*".!?"}):
                found.append(each)
    return found


def syllables(word: str) -> int:
    """By rule, one at least: right for nine words in ten, which is enough for a sum of hundreds."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(r"(?<=[^aeiouy])(?:ely|eful|eless)(?=$)", _without_e, word)
    word = re.sub(
        r"(?:(?<=[^aeioutdl])ed|(?<=[aeiou]l)ed|(?<=[^aeiouscgxzh])es|(?<=[^aeioul])e)$", "", word
    )
    word = re.sub(r"(?<=[aeiou]l)e$", "", word)
    count = len(re.findall(r"[aeiouy]+", word))
    count += len(
        re.findall(r"[iu]a(?!$)(?=[^lnu])|io(?!n|us)|[^tscg]ia(?=[ln])|eo(?=[^u])|ying$", word)
    )
    return max(count, 1)


def _without_e(found: re.Match[str]) -> str:
    return found[0][1:]


def read(text: str) -> Reading:
    found = sentences(text)
    count = [len(words(each)) for each in found]
    total = sum(count)
    if not total:
        return Reading(5.0, 0, ())
    spoken = sum(syllables(word) for each in found for word in words(each))
    grade = 0.39 * total / len(found) + 11.8 * spoken / total - 15.59
    return Reading(round(max(grade, 0) + 5, 1), max(count), tuple(found))


def check(letter: Checked) -> list[Finding]:
    if not letter.is_english:
        return []
    easy = letter.is_easy_read
    oldest, longest = (OLDEST_EASY, LONGEST_EASY) if easy else (OLDEST, LONGEST)
    reading = read(letter.body)
    found = []
    if reading.age > oldest:
        text = _("It reads at an age of about %(age)s. Aim for %(oldest)s at the most.")
        found.append(
            Finding(
                text % {"age": round(reading.age), "oldest": oldest},
                _("Use shorter words and one thought to a sentence."),
            )
        )
    long = [each for each in reading.sentences if len(words(each)) > longest]
    text = _("A sentence of %(words)s words. Aim for %(longest)s at the most.")
    return found + [
        Finding(
            text % {"words": len(words(each)), "longest": longest},
            _("Make two sentences of it."),
            quote=each,
        )
        for each in long[:MOST]
    ]
