"""The kinds of event in a review's history, as its filter offers them; a test holds them whole."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scr_portal.audit.events import Event


@dataclass(frozen=True)
class Group:
    label: str | Promise
    kinds: frozenset[Event]


SIGNING_IN = {Event.SIGNED_IN, Event.SIGNED_OUT, Event.SIGNED_OUT_EVERYWHERE}


def _beginning(label: Promise, *stems: str) -> Group:
    """Kinds whose name begins with one of the stems."""
    kinds = {event for event in Event if event.value.startswith(stems)}
    return Group(label, frozenset(kinds - SIGNING_IN))


GROUPS: dict[str, Group] = {
    "record": _beginning(_("Record"), "review_referred", "review_changed", "child_", "referral_"),
    "stages": _beginning(_("Stages and pauses"), "stage_changed", "paused", "resumed"),
    "dates": _beginning(_("Dates"), "deadline_", "extended", "extension_"),
    "people": _beginning(_("People"), "appoint", "grant", "recus"),
    "emergencies": _beginning(_("Emergencies"), "emergency_"),
    "guests": _beginning(_("Links for people outside"), "guest_"),
    "decisions": _beginning(
        _("Decisions and signatures"),
        "decision_",
        "signed",
        "input_",
        "return_",
        "preservation_",
        "asking_",
        "gathering_",
        "neighbour_",
        "meeting_",
        "recommended",
        "challenge_",
        "national_body_",
        "briefing_",
    ),
    "family": _beginning(_("Family"), "person_", "family_"),
    "documents": _beginning(_("Documents"), "document_", "file_"),
    "scope": _beginning(
        _("Scope, reviewers and governance"),
        "independence_",
        "engage",
        "partner_",
        "responsibility_",
        "assurance_",
        "governance_",
        "impasse_",
        "parallel_",
        "terms_",
        "purpose_",
        "telling_",
    ),
    "markers": _beginning(
        _("Self-assessments"),
        "pass_opened",
        "pass_submitted",
        "pass_returned",
        "pass_accepted",
        "pass_withdrawn",
        "pass_given_up",
        "pass_reopened",
        "pass_moved",
        "pass_planned",
        "pass_unplanned",
        "pass_taken_up",
        "pass_assign",
        "contradiction_",
        "evidence_",
        "stand_in_",
        "answer",
        "reflect",
        "comment",
        "movement_",
        "pack_",
        "improvement_",
    ),
    "keeping": _beginning(
        _("Keeping, and requests for personal information"), "keeping_", "access_"
    ),
    "reading": _beginning(
        _("Reading and downloads"),
        "review_opened",
        "names_shown",
        "history_read",
        "pass_read",
        "export_",
        "downloaded",
        "original_downloaded",
    ),
}
