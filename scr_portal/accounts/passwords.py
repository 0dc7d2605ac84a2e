from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Whoever wants into this portal tries its own words first (ASVS 5, 6.1.2). Names of the board and
# of the person are Django's own validator's.
WORDS = (
    *("scrportal", "seriouscasereview", "casereview", "safeguarding", "lscb", "qualitymarkers"),
    *("childprotection", "reviewer", "password", "passwort", "welcome", "letmein", "changeme"),
)
LEFT = 8
"""Letters and digits that a password must have beside such words."""


class OwnWordsValidator:
    """A word of this portal with a year behind it is no password."""

    def validate(self, password: str, user: Any = None) -> None:
        left = "".join(filter(str.isalnum, password.casefold()))
        found = [word for word in WORDS if word in left]
        for word in found:
            left = left.replace(word, "")
        if found and len(left) < LEFT:
            raise ValidationError(
                _("The password is mostly “%(word)s”. Add words that have nothing to do with it.")
                % {"word": found[0]},
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        return _("Don’t use words of this portal, such as safeguarding or review, alone.")
