from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.REVIEW_REFERRED: _("{who} opened the referral {label}"),
    Event.REVIEW_OPENED: _("{who} opened the review"),
    Event.REVIEW_CHANGED: _("{who} changed the record: {fields}"),
    Event.CHILD_ADDED: _("{who} added {label}"),
    Event.CHILD_CHANGED: _("{who} changed {label}: {fields}"),
    Event.NAMES_SHOWN: _("{who} looked at the real name of {label}"),
    Event.STAGE_CHANGED: _("{who} moved the review from {source} to {target}"),
    Event.PAUSED: _("{who} paused the review: {reason}"),
    Event.RESUMED: _("{who} resumed the review"),
    Event.APPOINTED: _("{who} appointed {label} as {role}"),
    Event.APPOINTMENT_ENDED: _("{who} ended the appointment of {label} as {role}"),
    Event.GRANTED: _("{who} gave {label} leave to {permission}"),
    Event.GRANT_ENDED: _("{who} ended the leave of {label} to {permission}"),
    Event.RECUSED: _("{who} recused {label}"),
    Event.RECUSAL_ENDED: _("{who} ended the recusal of {label}"),
    Event.DEADLINE_MET: _("{who} recorded {label} as met on {on}"),
    Event.DEADLINE_UNMET: _("{who} took back that {label} was met"),
    Event.EXTENDED: _("{who} extended {label} to {due}: {reason}"),
    Event.EXTENSION_ASKED: _("{who} asked to extend {label} to {due}: {reason}"),
    Event.EXTENSION_REFUSED: _("{who} did not agree to extend {label}"),
    Event.HISTORY_READ: _("{who} read the history"),
    Event.EMERGENCY_OPENED: _("{who} opened the review in an emergency, until {until}"),
    Event.EMERGENCY_READ: _("{who} opened {page} in {label}"),
    Event.EMERGENCY_ENDED: _("{who} ended {label} of {person}"),
    Event.EMERGENCY_LOOKED_AT: _("{who} looked at what was opened in {label}: {found}"),
}
