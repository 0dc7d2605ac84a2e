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
    Event.CONTRADICTION_EXPLAINED: _("{who} explained what the record says to {label}"),
    Event.PASS_SUBMITTED: _("{who} submitted the self-assessment {label}"),
    Event.PASS_RETURNED: _("{who} returned the self-assessment {label}"),
    Event.PASS_ACCEPTED: _("{who} accepted the self-assessment {label}"),
    Event.PASS_WITHDRAWN: _("{who} took back the submission of {label}"),
    Event.PASS_GIVEN_UP: _("{who} withdrew the self-assessment {label}"),
    Event.PASS_REOPENED: _("{who} reopened the self-assessment {label}"),
    Event.PASS_MOVED: _("{who} moved the self-assessment {label} to a newer wording: {title}"),
    Event.PASS_PLANNED: _("{who} planned marker {label} ({fields})"),
    Event.PASS_UNPLANNED: _("{who} took marker {label} out of the plan"),
    Event.PASS_TAKEN_UP: _("{who} took up marker {label}"),
    Event.PASS_ASSIGNED: _("{who} assigned {label} to {person}"),
    Event.PASS_ASSIGNMENT_ENDED: _("{who} ended the assignment of {label} to {person}"),
    Event.STAND_IN_NAMED: _("{deputy} stands in for {person} ({label}): entered by {who}"),
    Event.STAND_IN_ENDED: _("{deputy} no longer stands in for {person} ({label}): {who}"),
    Event.IMPROVEMENT_NOTED: _("{who} noted an improvement for future reviews: {label}"),
    Event.IMPROVEMENT_CHANGED: _(
        "{who} changed an improvement for future reviews: {label} ({fields})"
    ),
    Event.IMPROVEMENT_DROPPED: _("{who} set aside an improvement for future reviews: {label}"),
    Event.IMPROVEMENT_PUT_BACK: _("{who} put back an improvement for future reviews: {label}"),
    Event.IMPROVEMENT_GATHERED: _(
        "{who} gathered an improvement into the board’s learning: {label}"
    ),
    Event.IMPROVEMENT_TAKEN_BACK: _(
        "{who} took an improvement out of the board’s learning: {label}"
    ),
    Event.BOARD_THEME_ADDED: _("{who} added a theme of what is learned: {label}"),
    Event.BOARD_THEME_RETIRED: _("{who} retired a theme of what is learned: {label}"),
    Event.BOARD_THEME_PUT_BACK: _("{who} put back a theme of what is learned: {label}"),
    Event.COMMENTED: _("{who} commented on {label}"),
    Event.COMMENT_RESOLVED: _("{who} resolved a comment on {label}"),
    Event.COMMENT_REOPENED: _("{who} opened a comment on {label} again"),
    Event.MOVEMENT_WRITTEN: _("{who} wrote why something moved: {label}"),
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
