"""Is a letter the right thing for this person at all? What the register says, and never why."""

from django.utils.translation import gettext as _

from families.letters.checks.finding import Checked, Finding


def check(letter: Checked) -> list[Finding]:
    found = []
    if letter.no_letters:
        found.append(
            Finding(
                _("Letters must never be written to this person."),
                _("Use one of the safe ways to reach them. It goes only with a reason."),
                asks_why=True,
            )
        )
    elif letter.letters_do_not_suit:
        found.append(
            Finding(
                _("Letters do not suit this person."),
                _("Speak to them, or give it to them in person. It goes only with a reason."),
                asks_why=True,
            )
        )
    if letter.under_16:
        found.append(
            Finding(
                _("This person is under 16."),
                _(
                    "Agree with somebody who cares for them how it reaches them, let somebody they "
                    "trust be there, and think of their own ways: a message, a call, a meeting."
                ),
            )
        )
    return found
