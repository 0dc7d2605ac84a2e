"""What is looked at before a letter goes. Each check is pure: text and facts in, findings out."""

from families.letters.checks import holding, reading, slips, suiting, wording
from families.letters.checks.finding import Checked, Finding, Named

__all__ = ["Checked", "Finding", "Named", "findings", "of_a_text"]


def findings(letter: Checked) -> list[Finding]:
    """What stops it first, then what is about safety, then the rest in the order of the checks."""
    found = [
        each
        for check in (slips, suiting, holding, wording, reading)
        for each in check.check(letter)
    ]
    return sorted(found, key=lambda each: (not each.blocks, not each.asks_why))


def of_a_text(letter: Checked) -> list[Finding]:
    """Of a template with invented people in it: what depends on no person."""
    return [each for check in (holding, wording, reading) for each in check.check(letter)]
