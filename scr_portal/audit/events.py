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

    BOARD_PRIORITY_ADDED = "board_priority_added", _("{who} added the learning priority {label}")
    BOARD_PRIORITY_ENDED = "board_priority_ended", _("{who} ended the learning priority {label}")
    REFERRAL_RECEIVED = "referral_received", _("A referral was sent to the board")
    REFERRAL_READ = "referral_read", _("{who} read a referral that was sent in")
    REFERRAL_ACCEPTED = (
        "referral_accepted",
        _("{who} opened the review from a referral that was sent in"),
    )
    REFERRAL_SAME = "referral_same", _("{who} put a referral that was sent in to the review")
    REFERRAL_DECLINED = "referral_declined", _("{who} did not take further a referral sent in")
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
    INPUT_ASKED = "input_asked", _("{who} asked {label} for input: {about}")
    INPUT_GIVEN = "input_given", _("{who} gave input: {about}")
    INPUT_GIVEN_UP = "input_given_up", _("{who} stopped waiting for the input of {label}")
    MEETING_RECORDED = "meeting_recorded", _("{who} recorded the sub-group's meeting of {on}")
    MEETING_CHANGED = (
        "meeting_changed",
        _("{who} changed the record of the sub-group's meeting of {on}: {fields}"),
    )
    RECOMMENDED = "recommended", _("{who} recorded recommendation {number} to the chair")
    CHALLENGE_RECORDED = "challenge_recorded", _("{who} recorded the {label}")
    CHALLENGE_CHANGED = "challenge_changed", _("{who} changed the record of the {label}: {fields}")
    RETURN_FORM_CHANGED = (
        "return_form_changed",
        _("{who} changed the form for agencies: {label}, {act}"),
    )
    RETURN_ASKED = "return_asked", _("{who} asked {label} what it knows")
    RETURN_ANSWERED = "return_answered", _("{label} said what it knows")
    RETURN_WRITTEN_DOWN = "return_written_down", _("{who} wrote down the answer of {label}")
    RETURN_GIVEN_UP = "return_given_up", _("{who} recorded that {label} did not answer")
    PRESERVATION_SENT = "preservation_sent", _("{who} asked {label} to keep its records")
    PRESERVATION_CONFIRMED = (
        "preservation_confirmed",
        _("{label} confirmed that it keeps its records"),
    )
    ASKING_MOVED = "asking_moved", _("{who} moved the day of the {label} to {due}")
    ASKING_SENT_AGAIN = "asking_sent_again", _("{who} sent the link of the {label} again")
    ASKING_WITHDRAWN = "asking_withdrawn", _("{who} withdrew the {label}")
    GATHERING_CHANGED = (
        "gathering_changed",
        _("{who} changed the information for the decision: {fields}"),
    )
    NEIGHBOUR_ADDED = "neighbour_added", _("{who} recorded the check with {label}")
    NEIGHBOUR_CHANGED = "neighbour_changed", _("{who} changed the record of the check with {label}")
    NATIONAL_BODY_TOLD = "national_body_told", _("{who} recorded that {label} was told on {on}")

    REVIEWER_ADDED = "reviewer_added", _("{who} added {label} to the register of reviewers")
    REVIEWER_CHANGED = (
        "reviewer_changed",
        _("{who} changed the entry of {label} in the register of reviewers: {fields}"),
    )
    REVIEWER_RETIRED = "reviewer_retired", _("{who} retired {label} from the register of reviewers")
    REVIEWER_RETURNED = (
        "reviewer_returned",
        _("{who} took {label} into the register of reviewers again"),
    )
    REFERENCE_ADDED = "reference_added", _("{who} added a reference for {label}")
    REFERENCE_REMOVED = "reference_removed", _("{who} removed a reference for {label}")
    INDEPENDENCE_DECLARED = (
        "independence_declared",
        _("{who} recorded the declaration of independence of {label}: {answer}"),
    )
    ENGAGED = "engaged", _("{who} engaged {label} as {part}")
    ENGAGEMENT_CHANGED = (
        "engagement_changed",
        _("{who} changed the engagement of {label}: {fields}"),
    )
    ENGAGEMENT_ENDED = "engagement_ended", _("{who} ended the engagement of {label}")
    PARTNER_ADDED = "partner_added", _("{who} added the partner board {label}")
    PARTNER_CHANGED = "partner_changed", _("{who} changed the partner board {label}: {fields}")
    PARTNER_ENDED = "partner_ended", _("{who} ended the part of the partner board {label}")
    RESPONSIBILITY_ADDED = (
        "responsibility_added",
        _("{who} gave {label} a responsibility: {duty}"),
    )
    RESPONSIBILITY_REMOVED = (
        "responsibility_removed",
        _("{who} took a responsibility from {label}: {duty}"),
    )
    ASSURANCE_ADDED = "assurance_added", _("{who} added a step of the assurance: {label}")
    ASSURANCE_CHANGED = (
        "assurance_changed",
        _("{who} changed a step of the assurance, {label}: {fields}"),
    )
    ASSURANCE_MOVED = "assurance_moved", _("{who} moved a step of the assurance: {label}")
    ASSURANCE_REMOVED = "assurance_removed", _("{who} removed a step of the assurance: {label}")
    GOVERNANCE_CHANGED = "governance_changed", _("{who} changed the governance: {fields}")
    IMPASSE_RECORDED = "impasse_recorded", _("{who} recorded an impasse")
    IMPASSE_CHANGED = "impasse_changed", _("{who} changed the record of an impasse: {fields}")
    TERMS_BEGUN = "terms_begun", _("{who} began the terms of reference, edition {edition}")
    TERMS_WRITTEN = "terms_written", _("{who} wrote in the terms of reference: {section}")
    TERMS_SENT_OUT = (
        "terms_sent_out",
        _("{who} sent the terms of reference out for comments until {until}, round {number}"),
    )
    TERMS_ROUND_CLOSED = (
        "terms_round_closed",
        _("The comments on the terms of reference asked for by {who} closed, round {number}"),
    )
    TERMS_COMMENTED = "terms_commented", _("{who} commented on the terms of reference: {label}")
    TERMS_COMMENT_ANSWERED = (
        "terms_comment_answered",
        _("{who} answered a comment on the terms of reference: {label}"),
    )
    TERMS_COMMENT_SETTLED = (
        "terms_comment_settled",
        _("{who} dealt with a comment on the terms of reference: {label}, {disposition}"),
    )
    TERMS_PUT = "terms_put", _("{who} put the terms of reference to the chair, edition {edition}")
    TERMS_TAKEN_BACK = (
        "terms_taken_back",
        _("{who} took the terms of reference back from the chair, edition {edition}"),
    )
    TERMS_RETURNED = (
        "terms_returned",
        _("{who} returned the terms of reference, edition {edition}"),
    )
    TERMS_SIGNED = "terms_signed", _("{who} signed the terms of reference, edition {edition}")
    PARALLEL_ADDED = "parallel_added", _("{who} added a parallel process")
    PARALLEL_CHANGED = "parallel_changed", _("{who} changed a parallel process: {fields}")
    PARALLEL_ENDED = "parallel_ended", _("{who} recorded that a parallel process has ended")
    BRIEFING_DRAFTED = "briefing_drafted", _("{who} drafted briefing {number} to members")
    BRIEFING_READY = "briefing_ready", _("{who} put briefing {number} to the chair")
    BRIEFING_TAKEN_BACK = (
        "briefing_taken_back",
        _("{who} took briefing {number} back from the chair"),
    )
    BRIEFING_RETURNED = "briefing_returned", _("{who} returned briefing {number}")
    BRIEFING_ISSUED = (
        "briefing_issued",
        _("{who} issued briefing {number} (members told: {members})"),
    )
    BRIEFING_OPENED = "briefing_opened", _("{who} opened briefing {number}")
    BRIEFING_READ = "briefing_read", _("{who} said that they have read briefing {number}")
    BRIEFING_GIVEN_UP = (
        "briefing_given_up",
        _("{who} stopped waiting for {label} to read briefing {number}"),
    )
    PURPOSE_DRAFTED = (
        "purpose_drafted",
        _("{who} wrote the statement of purpose, version {number}"),
    )
    PURPOSE_AGREED = (
        "purpose_agreed",
        _("{who} agreed to the statement of purpose, version {number}"),
    )
    TELLING_RECORDED = (
        "telling_recorded",
        _("{who} recorded who was told of the purpose on {on}: {label}"),
    )
    TELLING_STRUCK = "telling_struck", _("{who} struck out a telling of the purpose: {label}")
    TELLING_WAIVED = (
        "telling_waived",
        _("{who} recorded why a group is not told of the purpose: {label}"),
    )
    TELLING_WAIVER_ENDED = (
        "telling_waiver_ended",
        _("{who} ended the waiver of telling the purpose: {label}"),
    )

    PERSON_ADDED = "person_added", _("{who} added {label} to the family register")
    FAMILY_LETTER_TEXT_ADDED = (
        "family_letter_text_added",
        _("{who} gave the board a text of its own for a letter: {label}"),
    )
    FAMILY_LETTER_TEXT_CHANGED = (
        "family_letter_text_changed",
        _("{who} changed the board's text of a letter, {label}: {fields}"),
    )
    FAMILY_LETTER_TEXT_TAKEN_OUT = (
        "family_letter_text_taken_out",
        _("{who} took out the board's text of a letter: {label}"),
    )
    FAMILY_LETTER_BEGUN = "family_letter_begun", _("{who} began a letter. {label}")
    FAMILY_LETTER_CHANGED = (
        "family_letter_changed",
        _("{who} changed a letter. {label} ({fields})"),
    )
    FAMILY_LETTER_TAKEN_OVER = (
        "family_letter_taken_over",
        _("{who} took over the draft of a letter. {label}"),
    )
    FAMILY_LETTER_DROPPED = "family_letter_dropped", _("{who} dropped a letter. {label}")
    FAMILY_LETTER_SENT = (
        "family_letter_sent",
        _("{who} recorded a letter as sent on {on}, {how}. {label}"),
    )
    FAMILY_LETTER_ANSWERED = (
        "family_letter_answered",
        _("{who} recorded a reply of {on}, {how}. {label}"),
    )
    FAMILY_LETTER_READ = "family_letter_read", _("{who} read a letter. {label}")
    PERSON_CHANGED = "person_changed", _("{who} changed {label} in the family register: {fields}")
    PERSON_REMOVED = "person_removed", _("{who} removed {label} from the family register")
    PERSON_DETAILS_SHOWN = (
        "person_details_shown",
        _("{who} looked at the name and contact details of {label}"),
    )
    FAMILY_NAMES_SHOWN = (
        "family_names_shown",
        _("{who} looked at the family network with real names"),
    )
    FAMILY_RELATION_ADDED = "family_relation_added", _("{who} recorded a relation: {label}")
    FAMILY_RELATION_CHANGED = (
        "family_relation_changed",
        _("{who} changed a relation, {label}: {fields}"),
    )
    FAMILY_RELATION_ENDED = "family_relation_ended", _("{who} recorded as over: {label}")
    FAMILY_RELATION_REMOVED = "family_relation_removed", _("{who} removed a relation: {label}")
    FAMILY_HOUSEHOLD_ADDED = "family_household_added", _("{who} added the household {label}")
    FAMILY_HOUSEHOLD_CHANGED = (
        "family_household_changed",
        _("{who} changed the household {label}: {fields}"),
    )
    FAMILY_HOUSEHOLD_REMOVED = "family_household_removed", _("{who} removed the household {label}")
    FAMILY_ADDRESS_SHOWN = "family_address_shown", _("{who} looked at the address of {label}")
    FAMILY_LIVING_ADDED = "family_living_added", _("{who} recorded who lives where: {label}")
    FAMILY_LIVING_ENDED = (
        "family_living_ended",
        _("{who} recorded who lives there no more: {label}"),
    )
    FAMILY_LIVING_REMOVED = (
        "family_living_removed",
        _("{who} removed a place in a household: {label}"),
    )

    FAMILY_DECIDED = "family_decided", _("{who} recorded who decided whether {label} takes part")
    FAMILY_DISAGREED = (
        "family_disagreed",
        _("{who} disagreed with the decision whether {label} takes part"),
    )
    FAMILY_GROUP_NOTED = "family_group_noted", _("{who} noted that the family has none: {label}")
    FAMILY_STANDING_ADDED = (
        "family_standing_added",
        _("{who} recorded the part of {label} in proceedings"),
    )
    FAMILY_STANDING_CHANGED = (
        "family_standing_changed",
        _("{who} changed the part of {label} in proceedings: {fields}"),
    )
    FAMILY_OFFICER_CONSULTED = (
        "family_officer_consulted",
        _("{who} recorded what an investigating officer said of contact with {label}"),
    )
    FAMILY_SAFETY_CHANGED = (
        "family_safety_changed",
        _("{who} changed how {label} is kept safe: {fields}"),
    )
    FAMILY_SAFETY_REASON_CHANGED = (
        "family_safety_reason_changed",
        _("{who} changed why {label} is kept safe"),
    )
    FAMILY_APART_SET = "family_apart_set", _("{who} recorded two people to keep apart: {label}")
    FAMILY_APART_ENDED = (
        "family_apart_ended",
        _("{who} ended that two people are kept apart: {label}"),
    )
    FAMILY_SUPPORT_ADDED = "family_support_added", _("{who} added support for {label}: {kind}")
    FAMILY_SUPPORT_CHANGED = (
        "family_support_changed",
        _("{who} changed the support for {label} ({kind}): {fields}"),
    )
    FAMILY_SUPPORT_MOVED = (
        "family_support_moved",
        _("{who} recorded support for {label} ({kind}) as {state}"),
    )
    FAMILY_WAIVED = "family_waived", _("{who} let the review move on without {about}: {label}")
    FAMILY_WAIVER_ENDED = (
        "family_waiver_ended",
        _("{who} ended that the review moves on without {about}: {label}"),
    )

    FAMILY_CONTACT_PLANNED = (
        "family_contact_planned",
        _("{who} planned to get in touch with {label} on {on}"),
    )
    FAMILY_CONTACT_MADE = "family_contact_made", _("{who} recorded a contact with {label} on {on}")
    FAMILY_CONTACT_DESPITE = (
        "family_contact_despite",
        _("{who} gave a reason to get in touch with {label} although something stood against it"),
    )
    FAMILY_CONTACT_CHANGED = (
        "family_contact_changed",
        _("{who} changed a contact with {label}: {fields}"),
    )
    FAMILY_CONTACT_CALLED_OFF = (
        "family_contact_called_off",
        _("{who} called off a contact with {label}"),
    )
    FAMILY_REFUSED = "family_refused", _("{who} recorded that {label} said no")
    FAMILY_REFUSAL_ENDED = (
        "family_refusal_ended",
        _("{who} recorded that {label} changed their mind"),
    )
    FAMILY_PROMISED = "family_promised", _("{who} recorded a promise made to {label}")
    FAMILY_PROMISE_CHANGED = (
        "family_promise_changed",
        _("{who} changed a promise made to {label}: {fields}"),
    )
    FAMILY_PROMISE_KEPT = "family_promise_kept", _("{who} recorded a promise to {label} as kept")
    FAMILY_PROMISE_GIVEN_UP = (
        "family_promise_given_up",
        _("{who} recorded that a promise to {label} can't be kept"),
    )
    FAMILY_QUESTION_ADDED = "family_question_added", _("{who} wrote down a question: {label}")
    FAMILY_QUESTION_CHANGED = (
        "family_question_changed",
        _("{who} changed a question, {label}: {fields}"),
    )
    FAMILY_QUESTION_ANSWERED = (
        "family_question_answered",
        _("{who} recorded the answer to a question of {label}"),
    )
    FAMILY_INFLUENCE_ADDED = (
        "family_influence_added",
        _("{who} recorded what {label} asked of the terms of reference"),
    )
    FAMILY_INFLUENCE_CHANGED = (
        "family_influence_changed",
        _("{who} changed what {label} asked of the terms of reference: {fields}"),
    )
    FAMILY_INFLUENCE_WEIGHED = (
        "family_influence_weighed",
        _("{who} recorded what became of what {label} asked of the terms of reference: {outcome}"),
    )
    FAMILY_INFLUENCE_TOLD = (
        "family_influence_told",
        _("{who} recorded that {label} was told what became of it"),
    )
    FAMILY_TOLD_AFTERWARDS = (
        "family_told_afterwards",
        _("{who} recorded what {label} was told on {on}: {about}"),
    )
    FAMILY_EVALUATION_ASKED = (
        "family_evaluation_asked",
        _("{who} asked {label} how it was to take part"),
    )
    FAMILY_EVALUATION_WITHDRAWN = (
        "family_evaluation_withdrawn",
        _("{who} withdrew the link by which {label} says how it was to take part"),
    )
    FAMILY_EVALUATION_ANSWERED = (
        "family_evaluation_answered",
        _("{label} said how it was to take part"),
    )
    FAMILY_EVALUATION_WRITTEN_DOWN = (
        "family_evaluation_written_down",
        _("{who} wrote down how it was for {label} to take part"),
    )

    FAMILY_CONTRIBUTION_WRITTEN = (
        "family_contribution_written",
        _("{who} wrote down what a family member said: {label}"),
    )
    FAMILY_CONTRIBUTION_CHANGED = "family_contribution_changed", _("{who} changed {label}: {fields}")
    FAMILY_CONTRIBUTION_OPENED = (
        "family_contribution_opened",
        _("{who} changed who may read {label}: {to}"),
    )
    FAMILY_READER_NAMED = "family_reader_named", _("{who} opened {label} to {reader}")
    FAMILY_READER_ENDED = "family_reader_ended", _("{who} closed {label} to {reader}")
    FAMILY_ACCURACY_CHECKED = (
        "family_accuracy_checked",
        _("{who} recorded the check of {label} by the person who made it: {step}"),
    )
    FAMILY_ACCOUNT_ADDED = "family_account_added", _("{who} put another account beside {label}")
    FAMILY_ACCOUNT_CHANGED = (
        "family_account_changed",
        _("{who} changed what stands beside {label}"),
    )
    FAMILY_ACCOUNT_REMOVED = (
        "family_account_removed",
        _("{who} took away what stood beside {label}"),
    )
    FAMILY_USE_RECORDED = "family_use_recorded", _("{who} recorded what became of {label}: {where}")
    FAMILY_USE_CHANGED = "family_use_changed", _("{who} changed what became of {label}: {fields}")
    FAMILY_KEEPSAKE_ADDED = "family_keepsake_added", _("{who} recorded {label}")
    FAMILY_KEEPSAKE_CHANGED = "family_keepsake_changed", _("{who} changed {label}: {fields}")
    FAMILY_CONSENT_ENDED = (
        "family_consent_ended",
        _("{who} recorded that consent was taken back for {label}"),
    )
    FAMILY_KEEPSAKE_RETURNED = "family_keepsake_returned", _("{who} gave back {label}")

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
    DOCUMENT_ADDED = "document_added", _("{who} added a document: {label}")
    DOCUMENT_VERSION_ADDED = (
        "document_version_added",
        _("{who} added version {version} of a document: {label}"),
    )
    DOCUMENT_CHANGED = "document_changed", _("{who} changed a document: {label} ({fields})")
    DOCUMENT_WITHDRAWN = "document_withdrawn", _("{who} withdrew a document: {label}")
    DOCUMENT_PUT_BACK = "document_put_back", _("{who} put back a document: {label}")
    FILE_REFUSED = "file_refused", _("The scanner refused {label}: {found}")
    NOTIFICATION_RETRIED = "notification_retried", _("{who} had a message sent again")
