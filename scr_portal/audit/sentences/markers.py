from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.CATALOGUE_LOADED: _("The catalogue {label} was loaded"),
    Event.CATALOGUE_IMPORTED: _("The catalogue {label} was imported"),
    Event.PASS_OPENED: _("{who} opened the self-assessment {label}"),
    Event.PASS_READ: _("{who} read the self-assessment {label}"),
    Event.ANSWERED: _("{who} answered {label}: {fields}"),
    Event.ANSWER_RESTORED: _("{who} restored an earlier text of {label}"),
    Event.REFLECTED: _("{who} wrote the reflection on {label}"),
    Event.PASS_SUBMITTED: _("{who} submitted the self-assessment {label}"),
    Event.PASS_RETURNED: _("{who} returned the self-assessment {label}"),
    Event.PASS_ACCEPTED: _("{who} accepted the self-assessment {label}"),
    Event.PASS_WITHDRAWN: _("{who} took back the submission of {label}"),
    Event.EXPORT_ASKED: _("{who} asked for the PDF {label}"),
    Event.EXPORT_MADE: _("The PDF {label} was made"),
    Event.EXPORT_FAILED: _("The PDF {label} could not be made"),
    Event.DOWNLOADED: _("{who} downloaded {label}"),
    Event.DOCUMENT_ADDED: _("{who} added a document: {label}"),
    Event.DOCUMENT_VERSION_ADDED: _("{who} added version {version} of a document: {label}"),
    Event.DOCUMENT_CHANGED: _("{who} changed a document: {label} ({fields})"),
    Event.DOCUMENT_WITHDRAWN: _("{who} withdrew a document: {label}"),
    Event.DOCUMENT_PUT_BACK: _("{who} put back a document: {label}"),
    Event.FILE_REFUSED: _("The scanner refused {label}: {found}"),
    Event.NOTIFICATION_RETRIED: _("{who} had a message sent again"),
}
