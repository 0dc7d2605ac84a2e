from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event

SENTENCES = {
    Event.REVIEWER_ADDED: _("{who} added {label} to the register of reviewers"),
    Event.REVIEWER_CHANGED: _(
        "{who} changed the entry of {label} in the register of reviewers: {fields}"
    ),
    Event.REVIEWER_RETIRED: _("{who} retired {label} from the register of reviewers"),
    Event.REVIEWER_RETURNED: _("{who} took {label} into the register of reviewers again"),
    Event.REFERENCE_ADDED: _("{who} added a reference for {label}"),
    Event.REFERENCE_REMOVED: _("{who} removed a reference for {label}"),
    Event.INDEPENDENCE_DECLARED: _(
        "{who} recorded the declaration of independence of {label}: {answer}"
    ),
    Event.ENGAGED: _("{who} engaged {label} as {part}"),
    Event.ENGAGEMENT_CHANGED: _("{who} changed the engagement of {label}: {fields}"),
    Event.ENGAGEMENT_ENDED: _("{who} ended the engagement of {label}"),
    Event.PARTNER_ADDED: _("{who} added the partner board {label}"),
    Event.PARTNER_CHANGED: _("{who} changed the partner board {label}: {fields}"),
    Event.PARTNER_ENDED: _("{who} ended the part of the partner board {label}"),
    Event.RESPONSIBILITY_ADDED: _("{who} gave {label} a responsibility: {duty}"),
    Event.RESPONSIBILITY_REMOVED: _("{who} took a responsibility from {label}: {duty}"),
    Event.ASSURANCE_ADDED: _("{who} added a step of the assurance: {label}"),
    Event.ASSURANCE_CHANGED: _("{who} changed a step of the assurance, {label}: {fields}"),
    Event.ASSURANCE_MOVED: _("{who} moved a step of the assurance: {label}"),
    Event.ASSURANCE_REMOVED: _("{who} removed a step of the assurance: {label}"),
    Event.GOVERNANCE_CHANGED: _("{who} changed the governance: {fields}"),
    Event.IMPASSE_RECORDED: _("{who} recorded an impasse"),
    Event.IMPASSE_CHANGED: _("{who} changed the record of an impasse: {fields}"),
    Event.TERMS_BEGUN: _("{who} began the terms of reference, edition {edition}"),
    Event.TERMS_WRITTEN: _("{who} wrote in the terms of reference: {section}"),
    Event.TERMS_SENT_OUT: _(
        "{who} sent the terms of reference out for comments until {until}, round {number}"
    ),
    Event.TERMS_ROUND_CLOSED: _(
        "The comments on the terms of reference asked for by {who} closed, round {number}"
    ),
    Event.TERMS_COMMENTED: _("{who} commented on the terms of reference: {label}"),
    Event.TERMS_COMMENT_ANSWERED: _("{who} answered a comment on the terms of reference: {label}"),
    Event.TERMS_COMMENT_SETTLED: _(
        "{who} dealt with a comment on the terms of reference: {label}, {disposition}"
    ),
    Event.TERMS_PUT: _("{who} put the terms of reference to the chair, edition {edition}"),
    Event.TERMS_TAKEN_BACK: _(
        "{who} took the terms of reference back from the chair, edition {edition}"
    ),
    Event.TERMS_RETURNED: _("{who} returned the terms of reference, edition {edition}"),
    Event.TERMS_SIGNED: _("{who} signed the terms of reference, edition {edition}"),
    Event.PARALLEL_ADDED: _("{who} added a parallel process"),
    Event.PARALLEL_CHANGED: _("{who} changed a parallel process: {fields}"),
    Event.PARALLEL_ENDED: _("{who} recorded that a parallel process has ended"),
    Event.BRIEFING_DRAFTED: _("{who} drafted briefing {number} to members"),
    Event.BRIEFING_READY: _("{who} put briefing {number} to the chair"),
    Event.BRIEFING_TAKEN_BACK: _("{who} took briefing {number} back from the chair"),
    Event.BRIEFING_RETURNED: _("{who} returned briefing {number}"),
    Event.BRIEFING_ISSUED: _("{who} issued briefing {number} (members told: {members})"),
    Event.BRIEFING_OPENED: _("{who} opened briefing {number}"),
    Event.BRIEFING_READ: _("{who} said that they have read briefing {number}"),
    Event.BRIEFING_GIVEN_UP: _("{who} stopped waiting for {label} to read briefing {number}"),
    Event.PURPOSE_DRAFTED: _("{who} wrote the statement of purpose, version {number}"),
    Event.PURPOSE_AGREED: _("{who} agreed to the statement of purpose, version {number}"),
    Event.TELLING_RECORDED: _("{who} recorded who was told of the purpose on {on}: {label}"),
    Event.TELLING_STRUCK: _("{who} struck out a telling of the purpose: {label}"),
    Event.TELLING_WAIVED: _("{who} recorded why a group is not told of the purpose: {label}"),
    Event.TELLING_WAIVER_ENDED: _("{who} ended the waiver of telling the purpose: {label}"),
}
