"""How long things are kept, how that ends, and what people are told of what is held about them."""

from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.BOARD_RETENTION_PROPOSED: _("{who} proposed the {label}"),
    Event.BOARD_RETENTION_AGREED: _("{who} agreed the {label}"),
    Event.BOARD_RETENTION_RETURNED: _("{who} returned the {label}"),
    Event.KEEPING_HELD: _("{who} put {label} under a legal hold"),
    Event.KEEPING_HOLD_LIFTED: _("{who} lifted a legal hold on {label}"),
    Event.KEEPING_LONGER: _("{who} decided to keep {label} until {until}"),
    Event.KEEPING_END_PROPOSED: _("{who} proposed to {act} {label}"),
    Event.KEEPING_END_REFUSED: _("{who} did not agree to {act} {label}"),
    Event.KEEPING_END_AGREED: _("{who} agreed to {act} {label}"),
    Event.KEEPING_ENDED: _("The portal carried out certificate {number} on {label}: {act}"),
    Event.BOARD_CERTIFICATE_READ: _("{who} took {label} with them"),
    Event.BOARD_PURGED: _("The portal removed {count} of: {label}"),
    Event.BOARD_ACCESS_ASKED: _("{who} recorded the request {label} for personal information"),
    Event.BOARD_ACCESS_CHANGED: _("{who} changed the request {label}: {fields}"),
    Event.BOARD_ACCESS_EXTENDED: _("{who} extended the request {label} to {until}"),
    Event.BOARD_ACCESS_SEARCHED: _("{who} searched for what {label} asks for: {count} found"),
    Event.BOARD_ACCESS_PUT: _("{who} put the answer to {label} to a second person"),
    Event.BOARD_ACCESS_RETURNED: _("{who} returned the answer to {label}"),
    Event.BOARD_ACCESS_SIGNED: _("{who} signed off the answer to {label}"),
    Event.BOARD_ACCESS_SENT: _("{who} recorded the answer to {label} as sent"),
    Event.BOARD_ACCESS_CLOSED: _("{who} closed the request {label} without an answer"),
    Event.ACCESS_ITEM_READ: _("{who} read an item for the request {label}"),
    Event.ACCESS_ITEM_DECIDED: _("{who} decided on an item of the request {label}: {decision}"),
    Event.ACCESS_GONE_THROUGH: _("{who} went through what is close to the family for {label}"),
    Event.ACCESS_TAKEN: _("{who} took the answer to {label} with them"),
}
