"""A copy of what an agency sent, for whoever sent it."""

from django.utils.translation import gettext as _

from reviews.decisions.returns import rules
from reviews.decisions.returns.models import AgencyReturn
from scr_portal.core import clock
from scr_portal.core.paper import Facts, Paper, Section, Text
from scr_portal.core.templatetags.portal import moment


def of_return(row: AgencyReturn) -> Paper:
    return Paper(
        title=_("What the agency knows"),
        subtitle=str(row.agency),
        reference=row.review.reference,
        board=str(row.review.board),
        marking=row.review.get_marking_display(),
        version=_("sent on %(moment)s") % {"moment": moment(row.answered_at)},
        made_by=row.answered_name,
        made_at=clock.now(),
        sections=[Section(_("What was sent"), [*_answers(row), _sender(row)])],
        state=row.get_state_display(),
    )


def _answers(row: AgencyReturn) -> list[Text]:
    if row.state == AgencyReturn.State.NOTHING_KNOWN:
        return []
    texts = [
        Text(rules.shown(question, row.answers) or _("Not answered"), question["text"])
        for question in row.questions
    ]
    return [*texts, Text(row.note, _("Anything else"))] if row.note else texts


def _sender(row: AgencyReturn) -> Facts:
    rows = [
        (_("Answer"), row.get_state_display()),
        (_("Answered by"), row.answered_name),
        (_("Sent"), row.answered_at),
    ]
    return Facts(rows, _("By whom"))
