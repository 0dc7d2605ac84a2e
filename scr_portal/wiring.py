"""What a lower room asks of a higher one, and who answers: core/contributions.py."""

CONTRIBUTIONS = {
    # (move, review, user) -> [Reason]: what stands against this move?
    "blockers": [
        "reviews.decisions.decision.contributions.blockers",
        "reviews.scoping.purpose.contributions.blockers",
        "quality_markers.assessments.contributions.blockers",
        "families.feedback.contributions.blockers",
        "families.contributions.contributions.blockers",
        "families.involvement.contributions.taking_part.blockers",
        "reviews.retention.contributions.blockers",
    ],
    # (move, review, user) -> [Reason]: what is worth knowing before this move, and stops nobody
    "remarks": ["reviews.scoping.terms.contributions.remarks"],
    # (review, user) -> [Reason]: what was asked of the terms of reference and is not weighed yet
    "terms_remarks": ["families.involvement.contributions.contacting.terms_remarks"],
    # (user) -> [Need]: what waits for this person?
    "worklist": [
        "reviews.case.contributions.worklist",
        "reviews.decisions.referrals.contributions.worklist",
        "reviews.decisions.returns.contributions.worklist",
        "reviews.decisions.advice.contributions.worklist",
        "reviews.decisions.decision.contributions.worklist",
        "reviews.decisions.briefings.contributions.worklist",
        "reviews.scoping.purpose.contributions.worklist",
        "reviews.scoping.reviewers.contributions.worklist",
        "reviews.scoping.terms.contributions.worklist",
        "reviews.scoping.governance.contributions.worklist",
        "quality_markers.assessments.contributions.worklist",
        "quality_markers.comments.contributions.worklist",
        "quality_markers.packs.contributions.worklist",
        "quality_markers.learning.contributions.worklist",
        "families.feedback.contributions.worklist",
        "families.contributions.contributions.worklist",
        "families.involvement.contributions.taking_part.worklist",
        "families.involvement.contributions.contacting.worklist",
        "families.letters.contributions.worklist",
        "reviews.retention.contributions.worklist",
        "reviews.subject_access.contributions.worklist",
        "reviews.emergency.contributions.worklist",
    ],
    # (review, user) -> [SubNavigation]: the rooms of one review that this person may enter
    "rooms": [
        "reviews.case.contributions.rooms",
        "reviews.documents.contributions.rooms",
        "reviews.decisions.referrals.contributions.rooms",
        "reviews.decisions.returns.contributions.rooms",
        "reviews.decisions.advice.contributions.rooms",
        "reviews.decisions.decision.contributions.rooms",
        "reviews.decisions.briefings.contributions.rooms",
        "reviews.scoping.purpose.contributions.rooms",
        "reviews.scoping.reviewers.contributions.rooms",
        "reviews.scoping.partners.contributions.rooms",
        "reviews.scoping.terms.contributions.rooms",
        "reviews.planning.parallel.contributions.rooms",
        "reviews.scoping.governance.contributions.rooms",
        "quality_markers.assessments.contributions.rooms",
        "quality_markers.learning.contributions.rooms",
        "families.people.contributions.rooms",
        "families.involvement.contributions.taking_part.rooms",
        "families.involvement.contributions.contacting.rooms",
        "families.contributions.contributions.rooms",
        "families.letters.contributions.rooms",
        "families.feedback.contributions.rooms",
    ],
    # () -> [OwnLink]: further links of the header, while there is something behind them
    "navigation": ["quality_markers.assessments.contributions.navigation"],
    # () -> [Notice]: what stands on every page of a person's while there is something behind it
    "notices": ["reviews.emergency.contributions.notices"],
    # (review, user, path) -> []: a page of a review was opened in an emergency
    "read_in_emergency": ["reviews.emergency.contributions.read_in_emergency"],
    # (board, user) -> [{label, url}]: the pages of a board itself that this person may enter
    "board_rooms": [
        "scr_portal.accounts.contributions.board_rooms",
        "reviews.decisions.referrals.contributions.board_rooms",
        "reviews.decisions.returns.contributions.board_rooms",
        "reviews.scoping.reviewers.contributions.board_rooms",
        "families.figures.contributions.board_rooms",
        "families.letters.contributions.board_rooms",
        "quality_markers.catalogue.contributions.board_rooms",
        "quality_markers.learning.contributions.board_rooms",
        "reviews.retention.contributions.board_rooms",
        "reviews.subject_access.contributions.board_rooms",
        "reviews.emergency.contributions.board_rooms",
        "reviews.refusals.contributions.board_rooms",
    ],
    # (review) -> content of a signed thing as it stands now, by target type
    "signed": [
        "reviews.decisions.decision.contributions.signed",
        "reviews.scoping.terms.contributions.signed",
        "quality_markers.assessments.contributions.signed",
    ],
    # (target type of a signature) -> [{name: {value: words}}]: how its page calls what was signed
    "signed_words": [
        "reviews.decisions.decision.contributions.signed_words",
        "reviews.scoping.terms.contributions.signed_words",
        "quality_markers.assessments.contributions.signed_words",
    ],
    # (invitation) -> []: somebody is to be written to with the link of invitations.link_for(user)
    "invited": ["scr_portal.notifications.contributions.invited"],
    # (user, kind) -> []: the account's person is to be written to: a new password, a change
    "account_letter": ["scr_portal.notifications.contributions.account_letter"],
    # (board role) -> []: somebody who has an account already was given a role
    "role_given": ["scr_portal.notifications.contributions.role_given"],
    # (board role, by) -> []: somebody loses a role on a board
    "role_ended": ["reviews.emergency.contributions.role_ended"],
    # (board) -> []: its office closures changed, so dates in working days move
    "closures_changed": ["reviews.case.contributions.closures_changed"],
    # (user, board) -> [Job]: work done behind the pages that this person may see the state of
    "jobs": [
        "scr_portal.notifications.contributions.jobs",
        "scr_portal.guests.contributions.jobs",
        "quality_markers.exports.contributions.jobs",
        "scr_portal.documents.contributions.jobs",
    ],
    # (stored file) -> []: the scanner refused it, and whoever waits for it is to be told
    "file_refused": ["reviews.documents.contributions.file_refused"],
    # (about type, about id, review, user) -> [thing]: what documents may belong to, if the person
    # sees it on that review; an empty list for every other type
    "document_targets": [
        "reviews.decisions.advice.contributions.document_targets",
        "reviews.decisions.decision.contributions.document_targets",
        "families.contributions.contributions.document_targets",
    ],
    # (guest link) -> [path]: the page on which its purpose is carried out, of the room it is of
    "guest_pages": [
        "reviews.decisions.referrals.contributions.guest_pages",
        "reviews.decisions.returns.contributions.guest_pages",
        "families.feedback.contributions.guest_pages",
    ],
    # (guest link) -> [day]: by when the answer is wanted, for its letters; [] where there is no day
    "guest_wanted_on": ["reviews.decisions.returns.contributions.guest_wanted_on"],
    # (user) -> [QuerySet]: the reviews that this person may see, and so may be told of
    "visible_reviews": ["reviews.case.contributions.visible_reviews"],
    # (review, user) -> [Step]: how far it has come with what is done before the work begins
    "steps": [
        "reviews.decisions.referrals.contributions.steps",
        "reviews.decisions.returns.contributions.steps",
        "reviews.decisions.advice.contributions.steps",
        "reviews.decisions.decision.contributions.steps",
        "reviews.decisions.briefings.contributions.steps",
        "reviews.scoping.purpose.contributions.steps",
        "reviews.scoping.reviewers.contributions.steps",
        "reviews.scoping.terms.contributions.steps",
        "reviews.scoping.governance.contributions.steps",
        "families.involvement.contributions.taking_part.steps",
    ],
    # () -> [QuerySet of Asked]: what was asked of people, and is chased until they answer
    "chased": [
        "reviews.decisions.returns.contributions.chased",
        "reviews.decisions.advice.contributions.chased",
        "reviews.decisions.briefings.contributions.chased",
    ],
    # (assessment, user) -> [QuestionNote]: what stands under each question of a self-assessment
    # (quality_markers/assessments/notes.py)
    "question_notes": [
        "quality_markers.comments.contributions.question_notes",
        "quality_markers.assessments.working_notes.question_notes",
    ],
    # (review, user, marker) -> [Evidence]: what the record says to the questions of that marker
    "evidence": [
        "reviews.case.facts.evidence",
        "reviews.documents.facts.evidence",
        "reviews.decisions.referrals.contributions.evidence",
        "reviews.decisions.returns.contributions.evidence",
        "reviews.decisions.advice.contributions.evidence",
        "reviews.decisions.decision.contributions.evidence",
        "reviews.decisions.briefings.contributions.evidence",
        "reviews.scoping.purpose.contributions.evidence",
        "reviews.scoping.reviewers.contributions.evidence",
        "reviews.scoping.partners.contributions.evidence",
        "reviews.scoping.terms.contributions.evidence",
        "reviews.planning.parallel.contributions.evidence",
        "reviews.scoping.governance.contributions.evidence",
        "families.feedback.contributions.evidence",
        "families.contributions.contributions.evidence",
        "families.involvement.contributions.deciding_evidence.evidence",
        "families.involvement.contributions.contacting_evidence.evidence",
        "families.letters.contributions.evidence",
    ],
    # (review, user, role, by) -> [Reason]: what stands against giving this person that role on it
    "appointable": [
        "reviews.scoping.reviewers.contributions.appointable",
    ],
    # (review, user) -> [Q]: events of a history that this person may not know of
    "hidden_events": [
        "families.feedback.contributions.hidden_events",
        "families.contributions.contributions.hidden_events",
        "families.involvement.contributions.taking_part.hidden_events",
    ],
    # (review) -> [Identifier]: words by which somebody could be traced
    "identifiers": ["families.people.contributions.identifiers"],
    # (person, user) -> [Panel]: what the rooms of the family hold of one person, for their page
    "about_person": [
        "families.involvement.contributions.deciding_panels.about_person",
        "families.involvement.contributions.contacting.about_person",
        "families.contributions.contributions.about_person",
        "families.letters.contributions.about_person",
        "families.feedback.contributions.about_person",
    ],
    # (review, user) -> [PhaseFact]: what the rooms' rows say of a person in a phase
    "family_phases": [
        "families.involvement.contributions.taking_part.family_phases",
        "families.involvement.contributions.contacting.family_phases",
        "families.contributions.contributions.family_phases",
        "families.feedback.contributions.family_phases",
    ],
    # () -> [Holding]: every table with content of a case, and what becomes of its rows
    "holdings": [
        "reviews.retention.plan.holdings",
        "families.holdings.holdings",
        "quality_markers.holdings.holdings",
    ],
    # (review, user) -> [(table, key)]: rows that were kept for other people alone
    "closed_rows": ["families.holdings.closed_rows"],
    # () -> [numbers of reviews]: a legal hold stands, so that nothing of them may be purged
    "held_reviews": ["reviews.retention.contributions.held_reviews"],
    # (board, before, held) -> [int]: copies made before that moment went, but those of held reviews
    "copies_to_purge": ["quality_markers.holdings.copies_to_purge"],
    # (child, by) -> []: a child of the record was added or changed
    "child_changed": ["families.people.contributions.child_changed"],
    # (make_count, write) -> [Count]: what is encrypted outside a field of its own
    "encrypted_elsewhere": ["scr_portal.accounts.contributions.encrypted_elsewhere"],
    # (review, user) -> [str]: names of the parallel processes that this person may know of
    "parallel_processes": [
        "reviews.planning.parallel.contributions.parallel_processes",
    ],
    # () -> [Invariant]: what must be so at every moment (core/invariants.py)
    "invariants": [
        "scr_portal.audit.invariants.invariants",
        "scr_portal.notifications.invariants.invariants",
        "scr_portal.guests.invariants.invariants",
        "scr_portal.documents.invariants.invariants",
        "reviews.case.invariants.invariants",
        "reviews.emergency.invariants.invariants",
        "reviews.documents.invariants.invariants",
        "reviews.retention.invariants.invariants",
        "reviews.subject_access.invariants.invariants",
        "reviews.signatures.invariants.invariants",
        "quality_markers.exports.invariants.invariants",
    ],
}
