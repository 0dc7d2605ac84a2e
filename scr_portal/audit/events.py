"""Every kind of event with the sentence that a history shows; a test holds the list complete.

A sentence is filled with ``who``, ``label`` and the keys of the event's changes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    SIGNED_IN = "signed_in", _("{who} signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("A sign-in failed")
    SIGNED_OUT = "signed_out", _("{who} signed out")
    SESSION_ENDED = "session_ended", _("{who}'s session ended: {reason}")
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("{who} signed out on every device")
    PASSWORD_CHANGED = "password_changed", _("{who} changed their password")
    FACTOR_CHANGED = "factor_changed", _("{who} changed their second factor: {what}")
    INVITED = "invited", _("{who} invited {label}")
    INVITED_AGAIN = "invited_again", _("{who} sent {label} a new invitation")
    INVITATION_ACCEPTED = "invitation_accepted", _("{label} accepted an invitation")
    INVITATION_REFUSED = "invitation_refused", _("An invitation link was refused: {reason}")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("{who} withdrew the invitation of {label}")
    BOARD_ROLE_GIVEN = "board_role_given", _("{who} gave {label} the role {role}")
    BOARD_ROLE_ENDED = "board_role_ended", _("{who} ended the role {role} of {label}")
    ACCOUNT_CLOSED = "account_closed", _("{who} closed the account of {label}")
    ACCOUNT_REOPENED = "account_reopened", _("{who} opened the account of {label} again")
    AGENCY_ADDED = "agency_added", _("{who} added the agency {label}")
    AGENCY_RENAMED = "agency_renamed", _("{who} renamed the agency {before} to {label}")
    BOARD_ADDED = "board_added", _("{who} added the board {label}")
    CLOSURE_ADDED = "closure_added", _("{who} added an office closure: {label}")
    CLOSURE_REMOVED = "closure_removed", _("{who} removed an office closure: {label}")
    PROFILE_CHANGED = "profile_changed", _("{who} changed their profile")

    GUEST_LINK_MADE = "guest_link_made", _("{who} made a link for somebody outside {label}")
    GUEST_LINK_WITHDRAWN = "guest_link_withdrawn", _("{who} withdrew a link {label}")
    GUEST_LINK_EXTENDED = (
        "guest_link_extended",
        _("{who} gave a link {label} more time, until {until}"),
    )
    GUEST_LINK_OPENED = "guest_link_opened", _("A link {label} was opened")
    GUEST_LINK_USED = "guest_link_used", _("A link {label} was used")
    GUEST_LINK_REFUSED = (
        "guest_link_refused",
        _("A link for somebody outside was refused: {reason}"),
    )

    REVIEW_REFERRED = "review_referred", _("{who} opened the referral {label}")
    REVIEW_OPENED = "review_opened", _("{who} opened the review")
    REVIEW_CHANGED = "review_changed", _("{who} changed the record: {fields}")
    CHILD_ADDED = "child_added", _("{who} added {label}")
    CHILD_CHANGED = "child_changed", _("{who} changed {label}: {fields}")
    NAMES_SHOWN = "names_shown", _("{who} looked at the real name of {label}")
    STAGE_CHANGED = "stage_changed", _("{who} moved the review from {source} to {target}")
    PAUSED = "paused", _("{who} paused the review: {reason}")
    RESUMED = "resumed", _("{who} resumed the review")
    APPOINTED = "appointed", _("{who} appointed {label} as {role}")
    APPOINTMENT_ENDED = "appointment_ended", _("{who} ended the appointment of {label} as {role}")
    GRANTED = "granted", _("{who} gave {label} leave to {permission}")
    GRANT_ENDED = "grant_ended", _("{who} ended the leave of {label} to {permission}")
    RECUSED = "recused", _("{who} recused {label}")
    RECUSAL_ENDED = "recusal_ended", _("{who} ended the recusal of {label}")
    DEADLINE_MET = "deadline_met", _("{who} recorded {label} as met on {on}")
    DEADLINE_UNMET = "deadline_unmet", _("{who} took back that {label} was met")
    EXTENDED = "extended", _("{who} extended {label} to {due}: {reason}")
    EXTENSION_ASKED = "extension_asked", _("{who} asked to extend {label} to {due}: {reason}")
    EXTENSION_REFUSED = "extension_refused", _("{who} did not agree to extend {label}")
    HISTORY_READ = "history_read", _("{who} read the history")

    REFERRAL_CHANGED = "referral_changed", _("{who} changed the referral: {fields}")
    DECISION_DRAFTED = "decision_drafted", _("{who} drafted the decision, version {version}")
    DECISION_READY = "decision_ready", _("{who} put the decision to the chair, version {version}")
    DECISION_TAKEN_BACK = (
        "decision_taken_back",
        _("{who} took the decision back from the chair, version {version}"),
    )
    DECISION_RETURNED = "decision_returned", _("{who} returned the decision, version {version}")
    DECISION_SIGNED = "decision_signed", _("{who} signed the decision, version {version}")
    SIGNED = "signed", _("{who} signed {label}")

    CATALOGUE_LOADED = "catalogue_loaded", _("The catalogue {label} was loaded")
    CATALOGUE_IMPORTED = "catalogue_imported", _("The catalogue {label} was imported")
    PASS_OPENED = "pass_opened", _("{who} opened the self-assessment {label}")
    PASS_READ = "pass_read", _("{who} read the self-assessment {label}")
    ANSWERED = "answered", _("{who} answered {label}: {fields}")
    ANSWER_RESTORED = "answer_restored", _("{who} restored an earlier text of {label}")
    REFLECTED = "reflected", _("{who} wrote the reflection on {label}")
    PASS_SUBMITTED = "pass_submitted", _("{who} submitted the self-assessment {label}")
    PASS_RETURNED = "pass_returned", _("{who} returned the self-assessment {label}")
    PASS_ACCEPTED = "pass_accepted", _("{who} accepted the self-assessment {label}")
    PASS_WITHDRAWN = "pass_withdrawn", _("{who} took back the submission of {label}")
    EXPORT_ASKED = "export_asked", _("{who} asked for the PDF {label}")
    EXPORT_MADE = "export_made", _("The PDF {label} was made")
    EXPORT_FAILED = "export_failed", _("The PDF {label} could not be made")
    DOWNLOADED = "downloaded", _("{who} downloaded {label}")
    FILE_REFUSED = "file_refused", _("The scanner refused {label}: {found}")
    NOTIFICATION_RETRIED = "notification_retried", _("{who} had a message sent again")
