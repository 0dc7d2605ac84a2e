"""What was sent, as a paper that its sender may keep."""

from typing import Any

from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.models import ReceivedReferral
from scr_portal.core import clock
from scr_portal.core.paper import Block, Facts, Paper, Section, Text
from scr_portal.core.templatetags.portal import moment

LONGEST_FACT = 300  # characters


def paper_of(received: ReceivedReferral) -> Paper:
    answers = Answers.of(received)
    return Paper(
        title=_("Referral to %(board)s") % {"board": received.board},
        reference=received.number,
        board=str(received.board),
        marking=Review.Marking.SENSITIVE.label,
        version=_("As it was sent"),
        made_by=answers.sender,
        made_at=clock.now(),
        subtitle=_("Sent %(when)s") % {"when": moment(received.received_at)},
        sections=[
            Section(title, _blocks(rows))
            for title, rows in answers.sections()
            if any(value for _label, value in rows)
        ],
    )


def _blocks(rows: list[tuple[str, Any]]) -> list[Block]:
    """Long answers are text of their own: a row of facts is never torn between pages."""
    blocks: list[Block] = []
    for label, value in rows:
        if isinstance(value, str) and len(value) > LONGEST_FACT:
            blocks.append(Text(value, heading=label))
        elif blocks and isinstance(blocks[-1], Facts):
            blocks[-1] = Facts([*blocks[-1].rows, (label, value)])
        else:
            blocks.append(Facts([(label, value)]))
    return blocks
