"""What was sent, as a paper that its sender may keep."""

from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.models import ReceivedReferral
from scr_portal.core import clock
from scr_portal.core.paper import Facts, Paper, Section
from scr_portal.core.templatetags.portal import moment


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
        state=_("Sent %(when)s") % {"when": moment(received.received_at)},
        sections=[
            Section(title, [Facts(rows)])
            for title, rows in answers.sections()
            if any(value for _label, value in rows)
        ],
    )
