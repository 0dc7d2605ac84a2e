from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.PERSON_ADDED: _("{who} added {label} to the family register"),
    Event.FAMILY_LETTER_TEXT_ADDED: _(
        "{who} gave the board a text of its own for a letter: {label}"
    ),
    Event.FAMILY_LETTER_TEXT_CHANGED: _(
        "{who} changed the board's text of a letter, {label}: {fields}"
    ),
    Event.FAMILY_LETTER_TEXT_TAKEN_OUT: _("{who} took out the board's text of a letter: {label}"),
    Event.FAMILY_LETTER_BEGUN: _("{who} began a letter. {label}"),
    Event.FAMILY_LETTER_CHANGED: _("{who} changed a letter. {label} ({fields})"),
    Event.FAMILY_LETTER_TAKEN_OVER: _("{who} took over the draft of a letter. {label}"),
    Event.FAMILY_LETTER_DROPPED: _("{who} dropped a letter. {label}"),
    Event.FAMILY_LETTER_SENT: _("{who} recorded a letter as sent on {on}, {how}. {label}"),
    Event.FAMILY_LETTER_ANSWERED: _("{who} recorded a reply of {on}, {how}. {label}"),
    Event.FAMILY_LETTER_READ: _("{who} read a letter. {label}"),
    Event.PERSON_CHANGED: _("{who} changed {label} in the family register: {fields}"),
    Event.PERSON_REMOVED: _("{who} removed {label} from the family register"),
    Event.PERSON_DETAILS_SHOWN: _("{who} looked at the name and contact details of {label}"),
    Event.FAMILY_NAMES_SHOWN: _("{who} looked at the family network with real names"),
    Event.FAMILY_RELATION_ADDED: _("{who} recorded a relation: {label}"),
    Event.FAMILY_RELATION_CHANGED: _("{who} changed a relation, {label}: {fields}"),
    Event.FAMILY_RELATION_ENDED: _("{who} recorded as over: {label}"),
    Event.FAMILY_RELATION_REMOVED: _("{who} removed a relation: {label}"),
    Event.FAMILY_HOUSEHOLD_ADDED: _("{who} added the household {label}"),
    Event.FAMILY_HOUSEHOLD_CHANGED: _("{who} changed the household {label}: {fields}"),
    Event.FAMILY_HOUSEHOLD_REMOVED: _("{who} removed the household {label}"),
    Event.FAMILY_ADDRESS_SHOWN: _("{who} looked at the address of {label}"),
    Event.FAMILY_LIVING_ADDED: _("{who} recorded who lives where: {label}"),
    Event.FAMILY_LIVING_ENDED: _("{who} recorded who lives there no more: {label}"),
    Event.FAMILY_LIVING_REMOVED: _("{who} removed a place in a household: {label}"),
}
