from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.BOARD_PRIORITY_ADDED: _("{who} added the learning priority {label}"),
    Event.BOARD_PRIORITY_ENDED: _("{who} ended the learning priority {label}"),
    Event.REFERRAL_RECEIVED: _("A referral was sent to the board"),
    Event.REFERRAL_READ: _("{who} read a referral that was sent in"),
    Event.REFERRAL_ACCEPTED: _("{who} opened the review from a referral that was sent in"),
    Event.REFERRAL_SAME: _("{who} put a referral that was sent in to the review"),
    Event.REFERRAL_DECLINED: _("{who} did not take further a referral sent in"),
    Event.REFERRAL_CHANGED: _("{who} changed the referral: {fields}"),
    Event.DECISION_DRAFTED: _("{who} drafted the decision, version {version}"),
    Event.DECISION_READY: _("{who} put the decision to the chair, version {version}"),
    Event.DECISION_TAKEN_BACK: _("{who} took the decision back from the chair, version {version}"),
    Event.DECISION_RETURNED: _("{who} returned the decision, version {version}"),
    Event.DECISION_SIGNED: _("{who} signed the decision, version {version}"),
    Event.SIGNED: _("{who} signed {label}"),
    Event.INPUT_ASKED: _("{who} asked {label} for input: {about}"),
    Event.INPUT_GIVEN: _("{who} gave input: {about}"),
    Event.INPUT_GIVEN_UP: _("{who} stopped waiting for the input of {label}"),
    Event.MEETING_RECORDED: _("{who} recorded the sub-group's meeting of {on}"),
    Event.MEETING_CHANGED: _(
        "{who} changed the record of the sub-group's meeting of {on}: {fields}"
    ),
    Event.RECOMMENDED: _("{who} recorded recommendation {number} to the chair"),
    Event.CHALLENGE_RECORDED: _("{who} recorded the {label}"),
    Event.CHALLENGE_CHANGED: _("{who} changed the record of the {label}: {fields}"),
    Event.RETURN_FORM_CHANGED: _("{who} changed the form for agencies: {label}, {act}"),
    Event.RETURN_ASKED: _("{who} asked {label} what it knows"),
    Event.RETURN_ANSWERED: _("{label} said what it knows"),
    Event.RETURN_WRITTEN_DOWN: _("{who} wrote down the answer of {label}"),
    Event.RETURN_GIVEN_UP: _("{who} recorded that {label} did not answer"),
    Event.PRESERVATION_SENT: _("{who} asked {label} to keep its records"),
    Event.PRESERVATION_CONFIRMED: _("{label} confirmed that it keeps its records"),
    Event.ASKING_MOVED: _("{who} moved the day of the {label} to {due}"),
    Event.ASKING_SENT_AGAIN: _("{who} sent the link of the {label} again"),
    Event.ASKING_WITHDRAWN: _("{who} withdrew the {label}"),
    Event.GATHERING_CHANGED: _("{who} changed the information for the decision: {fields}"),
    Event.NEIGHBOUR_ADDED: _("{who} recorded the check with {label}"),
    Event.NEIGHBOUR_CHANGED: _("{who} changed the record of the check with {label}"),
    Event.NATIONAL_BODY_TOLD: _("{who} recorded that {label} was told on {on}"),
}
