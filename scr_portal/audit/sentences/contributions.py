from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.FAMILY_CONTRIBUTION_WRITTEN: _("{who} wrote down what a family member said: {label}"),
    Event.FAMILY_CONTRIBUTION_CHANGED: _("{who} changed {label}: {fields}"),
    Event.FAMILY_CONTRIBUTION_OPENED: _("{who} changed who may read {label}: {to}"),
    Event.FAMILY_READER_NAMED: _("{who} opened {label} to {reader}"),
    Event.FAMILY_READER_ENDED: _("{who} closed {label} to {reader}"),
    Event.FAMILY_ACCURACY_CHECKED: _(
        "{who} recorded the check of {label} by the person who made it: {step}"
    ),
    Event.FAMILY_ACCOUNT_ADDED: _("{who} put another account beside {label}"),
    Event.FAMILY_ACCOUNT_CHANGED: _("{who} changed what stands beside {label}"),
    Event.FAMILY_ACCOUNT_REMOVED: _("{who} took away what stood beside {label}"),
    Event.FAMILY_USE_RECORDED: _("{who} recorded what became of {label}: {where}"),
    Event.FAMILY_USE_CHANGED: _("{who} changed what became of {label}: {fields}"),
    Event.FAMILY_KEEPSAKE_ADDED: _("{who} recorded {label}"),
    Event.FAMILY_KEEPSAKE_CHANGED: _("{who} changed {label}: {fields}"),
    Event.FAMILY_CONSENT_ENDED: _("{who} recorded that consent was taken back for {label}"),
    Event.FAMILY_KEEPSAKE_RETURNED: _("{who} gave back {label}"),
}
