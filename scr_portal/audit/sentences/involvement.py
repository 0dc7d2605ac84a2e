from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.FAMILY_DECIDED: _("{who} recorded who decided whether {label} takes part"),
    Event.FAMILY_DISAGREED: _("{who} disagreed with the decision whether {label} takes part"),
    Event.FAMILY_GROUP_NOTED: _("{who} noted that the family has none: {label}"),
    Event.FAMILY_STANDING_ADDED: _("{who} recorded the part of {label} in proceedings"),
    Event.FAMILY_STANDING_CHANGED: _("{who} changed the part of {label} in proceedings: {fields}"),
    Event.FAMILY_OFFICER_CONSULTED: _(
        "{who} recorded what an investigating officer said of contact with {label}"
    ),
    Event.FAMILY_SAFETY_CHANGED: _("{who} changed how {label} is kept safe: {fields}"),
    Event.FAMILY_SAFETY_REASON_CHANGED: _("{who} changed why {label} is kept safe"),
    Event.FAMILY_APART_SET: _("{who} recorded two people to keep apart: {label}"),
    Event.FAMILY_APART_ENDED: _("{who} ended that two people are kept apart: {label}"),
    Event.FAMILY_SUPPORT_ADDED: _("{who} added support for {label}: {kind}"),
    Event.FAMILY_SUPPORT_CHANGED: _("{who} changed the support for {label} ({kind}): {fields}"),
    Event.FAMILY_SUPPORT_MOVED: _("{who} recorded support for {label} ({kind}) as {state}"),
    Event.FAMILY_WAIVED: _("{who} let the review move on without {about}: {label}"),
    Event.FAMILY_WAIVER_ENDED: _("{who} ended that the review moves on without {about}: {label}"),
    Event.FAMILY_CONTACT_PLANNED: _("{who} planned to get in touch with {label} on {on}"),
    Event.FAMILY_CONTACT_MADE: _("{who} recorded a contact with {label} on {on}"),
    Event.FAMILY_CONTACT_DESPITE: _(
        "{who} gave a reason to get in touch with {label} although something stood against it"
    ),
    Event.FAMILY_CONTACT_CHANGED: _("{who} changed a contact with {label}: {fields}"),
    Event.FAMILY_CONTACT_CALLED_OFF: _("{who} called off a contact with {label}"),
    Event.FAMILY_REFUSED: _("{who} recorded that {label} said no"),
    Event.FAMILY_REFUSAL_ENDED: _("{who} recorded that {label} changed their mind"),
    Event.FAMILY_PROMISED: _("{who} recorded a promise made to {label}"),
    Event.FAMILY_PROMISE_CHANGED: _("{who} changed a promise made to {label}: {fields}"),
    Event.FAMILY_PROMISE_KEPT: _("{who} recorded a promise to {label} as kept"),
    Event.FAMILY_PROMISE_GIVEN_UP: _("{who} recorded that a promise to {label} can't be kept"),
    Event.FAMILY_QUESTION_ADDED: _("{who} wrote down a question: {label}"),
    Event.FAMILY_QUESTION_CHANGED: _("{who} changed a question, {label}: {fields}"),
    Event.FAMILY_QUESTION_ANSWERED: _("{who} recorded the answer to a question of {label}"),
    Event.FAMILY_INFLUENCE_ADDED: _("{who} recorded what {label} asked of the terms of reference"),
    Event.FAMILY_INFLUENCE_CHANGED: _(
        "{who} changed what {label} asked of the terms of reference: {fields}"
    ),
    Event.FAMILY_INFLUENCE_WEIGHED: _(
        "{who} recorded what became of what {label} asked of the terms of reference: {outcome}"
    ),
    Event.FAMILY_INFLUENCE_TOLD: _("{who} recorded that {label} was told what became of it"),
    Event.FAMILY_TOLD_AFTERWARDS: _("{who} recorded what {label} was told on {on}: {about}"),
    Event.FAMILY_EVALUATION_ASKED: _("{who} asked {label} how it was to take part"),
    Event.FAMILY_EVALUATION_WITHDRAWN: _(
        "{who} withdrew the link by which {label} says how it was to take part"
    ),
    Event.FAMILY_EVALUATION_ANSWERED: _("{label} said how it was to take part"),
    Event.FAMILY_EVALUATION_WRITTEN_DOWN: _("{who} wrote down how it was for {label} to take part"),
}
