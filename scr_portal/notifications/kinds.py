"""What a person may be told. No sentence holds a name or a word of the case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    STAGE_CHANGED = "stage_changed", _("{reference} has moved to another stage")
    APPOINTED = "appointed", _("You have been appointed to {reference}")
    DECISION_TO_SIGN = "decision_to_sign", _("A decision on {reference} waits for your signature")
    DECISION_RETURNED = "decision_returned", _("A decision on {reference} has come back to you")
    INPUT_GIVEN = "input_given", _("Input that you asked for on {reference} has arrived")
    AGENCY_ANSWERED = "agency_answered", _("An agency has answered about {reference}")
    RECOMMENDED = "recommended", _("A recommendation on {reference} has been made to the chair")
    BRIEFING_TO_ISSUE = "briefing_to_issue", _("A briefing on {reference} waits for the chair")
    BRIEFING_RETURNED = "briefing_returned", _("A briefing on {reference} has come back to you")
    PURPOSE_TO_AGREE = (
        "purpose_to_agree",
        _("The statement of purpose of {reference} waits for your agreement"),
    )
    TERMS_TO_SIGN = (
        "terms_to_sign",
        _("The terms of reference of {reference} wait for your signature"),
    )
    TERMS_RETURNED = (
        "terms_returned",
        _("The terms of reference of {reference} have come back to you"),
    )
    TERMS_SIGNED = "terms_signed", _("The terms of reference of {reference} have been signed")
    COMMENTS_SETTLED = (
        "comments_settled",
        _("Your comments on the terms of reference of {reference} have been dealt with"),
    )
    FAMILY_DESPITE = (
        "family_despite",
        _("A contact on {reference} goes on although something stood against it"),
    )
    CONTRIBUTION_OPENED = (
        "contribution_opened",
        _("What somebody said for {reference} was opened to you"),
    )
    PASS_OPENED = "pass_opened", _("A self-assessment of {reference} has been opened")
    PASS_SUBMITTED = "pass_submitted", _("A self-assessment of {reference} waits for you")
    PASS_RETURNED = "pass_returned", _("A self-assessment of {reference} has come back to you")
    PASS_ACCEPTED = "pass_accepted", _("A self-assessment of {reference} has been accepted")
    PASS_GIVEN_UP = "pass_given_up", _("A self-assessment of {reference} has been withdrawn")
    PASS_REOPENED = "pass_reopened", _("A self-assessment of {reference} has been reopened")
    PASS_MOVED = "pass_moved", _("A self-assessment of {reference} goes on in a newer wording")
    PASS_TAKEN_UP = "pass_taken_up", _("A further quality marker of {reference} has been taken up")
    PASS_ASSIGNED = "pass_assigned", _("Part of a self-assessment of {reference} is yours to do")
    STANDING_IN = "standing_in", _("You stand in for somebody on {reference}")
    COMMENTED = "commented", _("A comment on a self-assessment of {reference} is for you")
    EXTENSION_ASKED = "extension_asked", _("An extension on {reference} waits for your agreement")
    EXTENSION_SETTLED = "extension_settled", _("An extension on {reference} has been settled")
    DEADLINE_NEAR = "deadline_near", _("A date of {reference} is near")
    DEADLINE_TODAY = "deadline_today", _("A date of {reference} falls today")
    DEADLINE_OVER = "deadline_over", _("A date of {reference} has passed")
    ASKED = "asked", _("Something about {reference} is asked of you")
    ASKED_AGAIN = "asked_again", _("Something about {reference} still waits for your answer")
    NOT_ANSWERED = "not_answered", _("Something asked about {reference} has not been answered")
    FAMILY_ANSWERED = "family_answered", _("A family member has answered about {reference}")
    FILE_REFUSED = "file_refused", _("The scanner refused a file that was added to {reference}")
    REFERRAL_RECEIVED = "referral_received", _("A referral has been sent to the board")
    REFERRAL_SETTLED = "referral_settled", _("The board has looked at a referral that you sent")
    EXPORT_READY = "export_ready", _("A file of {reference} is ready")
    EXPORT_FAILED = "export_failed", _("A file of {reference} could not be made")
    INVITATION = "invitation", _("You are invited to SCR Portal")
    PASSWORD_RESET = "password_reset", _("A new password for SCR Portal")
    PASSWORD_CHANGED = "password_changed", _("Your password was changed")
    FACTOR_CHANGED = "factor_changed", _("Your second factor was changed")
    PASSWORD_TRIED = (
        "password_tried",
        _("Wrong passwords were given several times for your account"),
    )
    FACTOR_TRIED = (
        "factor_tried",
        _("Somebody gave your password and failed at the second factor"),
    )
    ROLE_GIVEN = "role_given", _("You have been given a role")
    EMERGENCY_OPENED = "emergency_opened", _("{reference} was opened in an emergency")
    EMERGENCY_ENDED = (
        "emergency_ended",
        _("What was opened of {reference} in an emergency waits for you to look at it"),
    )
    KEEPING_TO_DECIDE = "keeping_to_decide", _("A proposal on what the board keeps waits for you")
    KEEPING_SETTLED = "keeping_settled", _("Your proposal on what the board keeps was decided")
    ACCESS_TO_SIGN = (
        "access_to_sign",
        _("An answer to a request for personal information waits for you"),
    )
    ACCESS_SETTLED = (
        "access_settled",
        _("An answer to a request for personal information was looked at"),
    )


# What is overdue and what has just been assigned goes at once, whatever a person chose.
ALWAYS_AT_ONCE = frozenset(
    {
        Kind.APPOINTED,
        Kind.DECISION_TO_SIGN,
        Kind.DECISION_RETURNED,
        Kind.BRIEFING_TO_ISSUE,
        Kind.BRIEFING_RETURNED,
        Kind.PURPOSE_TO_AGREE,
        Kind.TERMS_TO_SIGN,
        Kind.TERMS_RETURNED,
        Kind.PASS_RETURNED,
        Kind.DEADLINE_TODAY,
        Kind.DEADLINE_OVER,
        Kind.EXTENSION_ASKED,
        Kind.FILE_REFUSED,
        Kind.PASSWORD_RESET,
        Kind.PASSWORD_CHANGED,
        Kind.FACTOR_CHANGED,
        Kind.PASSWORD_TRIED,
        Kind.FACTOR_TRIED,
        Kind.EMERGENCY_OPENED,
        Kind.EMERGENCY_ENDED,
        Kind.ASKED,
        Kind.ASKED_AGAIN,
    }
)

# With a link that opens the door: it is for the email alone, and in no inbox.
LETTERS = frozenset({Kind.INVITATION, Kind.PASSWORD_RESET})

# For one person alone, who may be asked on a review that they do not see.
TO_WHOM_IT_ASKS = frozenset({Kind.ASKED, Kind.ASKED_AGAIN, Kind.COMMENTS_SETTLED})
