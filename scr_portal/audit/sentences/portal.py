from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.SIGNED_IN: _("{who} signed in"),
    Event.SIGN_IN_FAILED: _("A sign-in failed"),
    Event.SIGNED_OUT: _("{who} signed out"),
    Event.SESSION_ENDED: _("{who}'s session ended: {reason}"),
    Event.SIGNED_OUT_EVERYWHERE: _("{who} signed out on every device"),
    Event.PASSWORD_CHANGED: _("{who} changed their password"),
    Event.FACTOR_CHANGED: _("{who} changed their second factor: {what}"),
    Event.INVITED: _("{who} invited {label}"),
    Event.INVITED_AGAIN: _("{who} sent {label} a new invitation"),
    Event.INVITATION_ACCEPTED: _("{label} accepted an invitation"),
    Event.INVITATION_REFUSED: _("An invitation link was refused: {reason}"),
    Event.INVITATION_WITHDRAWN: _("{who} withdrew the invitation of {label}"),
    Event.BOARD_ROLE_GIVEN: _("{who} gave {label} the role {role}"),
    Event.BOARD_ROLE_ENDED: _("{who} ended the role {role} of {label}"),
    Event.ACCOUNT_CLOSED: _("{who} closed the account of {label}"),
    Event.ACCOUNT_REOPENED: _("{who} opened the account of {label} again"),
    Event.AGENCY_ADDED: _("{who} added the agency {label}"),
    Event.AGENCY_RENAMED: _("{who} renamed the agency {before} to {label}"),
    Event.BOARD_ADDED: _("{who} added the board {label}"),
    Event.CLOSURE_ADDED: _("{who} added an office closure: {label}"),
    Event.CLOSURE_REMOVED: _("{who} removed an office closure: {label}"),
    Event.PROFILE_CHANGED: _("{who} changed their profile"),
    Event.GUEST_LINK_MADE: _("{who} made a link for somebody outside {label}"),
    Event.GUEST_LINK_WITHDRAWN: _("{who} withdrew a link {label}"),
    Event.GUEST_LINK_EXTENDED: _("{who} gave a link {label} more time, until {until}"),
    Event.GUEST_LINK_OPENED: _("A link {label} was opened"),
    Event.GUEST_LINK_USED: _("A link {label} was used"),
    Event.GUEST_LINK_REFUSED: _("A link for somebody outside was refused: {reason}"),
}
