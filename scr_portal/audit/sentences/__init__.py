"""What a history says of each kind of event.

A sentence is filled with ``who``, ``label`` and the keys of the event's changes.
"""

from django.utils.functional import Promise

from scr_portal.audit.events import Event
from scr_portal.audit.sentences import (
    contributions,
    decisions,
    family,
    involvement,
    keeping,
    markers,
    portal,
    record,
    scope,
)

SENTENCES: dict[Event, str | Promise] = {
    **contributions.SENTENCES,
    **decisions.SENTENCES,
    **family.SENTENCES,
    **involvement.SENTENCES,
    **keeping.SENTENCES,
    **markers.SENTENCES,
    **portal.SENTENCES,
    **record.SENTENCES,
    **scope.SENTENCES,
}
