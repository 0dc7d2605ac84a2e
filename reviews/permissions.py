"""Who may do what: the matrix, on one screen. docs/permissions.md says the same to a lawyer."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    # on a board
    MANAGE_PEOPLE = "accounts.manage_people", _("invite people and give board roles")
    SEE_JOBS = "notifications.see_jobs", _("see what the portal does behind the pages")
    OPEN = "reviews.open", _("open a referral")
    REFER = "reviews.refer", _("refer a case to the board")
    KEEP_REGISTERS = "reviews.keep_registers", _("keep the board's lists, forms and reviewers")
    READ_LEARNING = "reviews.read_learning", _("read what the board learns from its reviews")
    KEEP_RETENTION = (
        "reviews.keep_retention",
        _("keep the retention schedule and legal holds, and propose what is destroyed"),
    )
    DECIDE_RETENTION = (
        "reviews.decide_retention",
        _("decide what is destroyed or anonymised, and by which schedule"),
    )
    ANSWER_ACCESS = (
        "reviews.answer_access",
        _("answer people who ask what is held about them"),
    )
    BREAK_GLASS = "reviews.break_glass", _("open a review in an emergency, for 72 hours")
    SEE_EMERGENCIES = (
        "reviews.see_emergencies",
        _("see which reviews were opened in an emergency"),
    )
    SEE_REFUSALS = "reviews.see_refusals", _("see who was refused at the board's pages")
    # on a review
    VIEW = "reviews.view", _("see that the review exists, its stage and dates")
    EDIT = "reviews.edit", _("edit the record, manage dates")
    APPOINT = "reviews.appoint", _("appoint people, recuse")
    SIGN = "reviews.sign", _("sign decisions and stages that need the chair")
    MOVE = "reviews.move", _("move a stage")
    MOVE_REPORT = "reviews.move_report", _("move to drafting and to sign-off")
    READ_DECISIONS = "reviews.read_decisions", _("read the referral and the decision")
    RECOMMEND = "reviews.recommend", _("recommend to the chair")
    GIVE_INPUT = (
        "reviews.give_input",
        _("give input to a decision or terms of reference when asked"),
    )
    RECEIVE_BRIEFINGS = "reviews.receive_briefings", _("receive briefings")
    ANSWER_REQUESTS = "reviews.answer_requests", _("answer what an agency is asked")
    READ_SCOPE = "reviews.read_scope", _("read purpose, terms of reference and governance")
    WRITE_SCOPE = "reviews.write_scope", _("write purpose, terms of reference and governance")
    READ_PLAN = "reviews.read_plan", _("read the plan and the parallel processes")
    KEEP_PLAN = "reviews.keep_plan", _("keep the plan and the parallel processes")
    READ_DOCUMENTS = "reviews.read_documents", _("read the documents that are theirs to read")
    ADD_DOCUMENTS = "reviews.add_documents", _("add documents")
    SEE_FAMILY = "reviews.see_family", _("see the family register")
    KEEP_FAMILY = "reviews.keep_family", _("keep the family register")
    SEE_NAMES = "reviews.see_names", _("see real names")
    SEE_SAFETY = "reviews.see_safety", _("see why a family member is kept safe")
    READ_CONTRIBUTIONS = (
        "reviews.read_contributions",
        _("read what family members said to the review team"),
    )
    KEEP_CONTRIBUTIONS = "reviews.keep_contributions", _("write down what family members said")
    READ_HISTORY = "reviews.read_history", _("read the history")
    EXPORT = "reviews.export", _("export and download what they may see")
    READ_MARKERS = "reviews.read_markers", _("read self-assessments")
    READ_FAMILY_MARKERS = "reviews.read_family_markers", _("read self-assessments of the family")
    ANSWER_MARKERS = "reviews.answer_markers", _("fill in self-assessments")
    ANSWER_FAMILY_MARKERS = (
        "reviews.answer_family_markers",
        _("fill in self-assessments of the family"),
    )
    ANSWER_ASSIGNED = (
        "reviews.answer_assigned",
        _("fill in what is assigned to them of a self-assessment"),
    )
    COMMENT_MARKERS = "reviews.comment_markers", _("comment on self-assessments")
    ACCEPT_MARKERS = "reviews.accept_markers", _("accept a self-assessment pass")

    @property
    def codename(self) -> str:
        return self.value.partition(".")[2]


class Role(models.TextChoices):
    UNIT = "unit", _("Business unit")
    CHAIR = "chair", _("Board chair")
    MEMBER = "member", _("Board member")
    AUDITOR = "auditor", _("Auditor")
    LEAD = "lead", _("Lead reviewer")
    LIAISON = "liaison", _("Family liaison")
    PANEL = "panel", _("Panel member")
    AGENCY = "agency", _("Agency author")
    OBSERVER = "observer", _("Observer")


BOARD_ROLES = frozenset({Role.UNIT, Role.CHAIR, Role.MEMBER, Role.AUDITOR})
REVIEW_ROLES = frozenset(set(Role) - BOARD_ROLES)

P = Permission
_READ = {P.VIEW, P.READ_DECISIONS, P.READ_MARKERS, P.READ_FAMILY_MARKERS, P.EXPORT} | {
    P.READ_SCOPE,
    P.READ_PLAN,
    P.READ_DOCUMENTS,
}
_WRITE = {P.WRITE_SCOPE, P.KEEP_PLAN, P.ADD_DOCUMENTS}
_FAMILY = {P.SEE_FAMILY, P.SEE_NAMES}
_CLOSE = {P.SEE_SAFETY, P.READ_CONTRIBUTIONS, P.KEEP_CONTRIBUTIONS}
_FILL_IN = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.COMMENT_MARKERS}
_KEEPING = {P.KEEP_RETENTION, P.ANSWER_ACCESS}

# What an emergency opens: to read, and nothing that leaves the portal or changes anything.
IN_AN_EMERGENCY = frozenset(
    {P.VIEW, P.READ_DECISIONS, P.READ_SCOPE, P.READ_PLAN, P.READ_DOCUMENTS, P.READ_CONTRIBUTIONS}
    | {P.SEE_SAFETY}
    | _FAMILY
)

# Held beside those by whoever reads it so: no role gives it, and nobody by name.
AS_EMERGENCY = "reviews.in_emergency"

# A system administrator manages accounts and opens no review but in an emergency.
ADMINISTRATOR: frozenset[Permission] = frozenset({P.MANAGE_PEOPLE, P.SEE_JOBS, P.BREAK_GLASS})

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.UNIT: frozenset(
        {P.MANAGE_PEOPLE, P.SEE_JOBS, P.OPEN, P.EDIT, P.APPOINT, P.MOVE, P.MOVE_REPORT}
        | {P.KEEP_FAMILY, P.READ_HISTORY, P.KEEP_REGISTERS, P.RECOMMEND, P.ANSWER_REQUESTS}
        | {P.READ_LEARNING, P.BREAK_GLASS, P.SEE_REFUSALS}
        | _READ
        | _WRITE
        | _FAMILY
        | _FILL_IN
        | _KEEPING
    ),
    Role.CHAIR: frozenset(
        {P.MANAGE_PEOPLE, P.APPOINT, P.SIGN, P.MOVE, P.MOVE_REPORT, P.ACCEPT_MARKERS}
        | {P.READ_HISTORY, P.KEEP_REGISTERS, P.READ_LEARNING, P.GIVE_INPUT, P.COMMENT_MARKERS}
        | {P.DECIDE_RETENTION}
        | _KEEPING
        | {P.SEE_EMERGENCIES, P.SEE_REFUSALS}
        | _READ
        | _FAMILY
    ),
    # A member sees no review: what was asked of them, and what was issued to them.
    Role.MEMBER: frozenset({P.REFER, P.GIVE_INPUT, P.RECEIVE_BRIEFINGS, P.ANSWER_REQUESTS}),
    Role.AUDITOR: frozenset(
        {P.SEE_FAMILY, P.READ_HISTORY, P.READ_LEARNING, P.SEE_EMERGENCIES, P.SEE_REFUSALS} | _READ
    ),
    Role.LEAD: frozenset(
        {P.MOVE_REPORT, P.KEEP_FAMILY, P.READ_HISTORY, P.RECOMMEND, P.GIVE_INPUT}
        | _READ
        | _WRITE
        | _FAMILY
        | _CLOSE
        | _FILL_IN
    ),
    Role.LIAISON: frozenset(
        {P.VIEW, P.READ_DECISIONS, P.EXPORT, P.KEEP_FAMILY}
        | {P.READ_SCOPE, P.READ_DOCUMENTS, P.ADD_DOCUMENTS}
        | {P.READ_FAMILY_MARKERS, P.ANSWER_FAMILY_MARKERS, P.COMMENT_MARKERS}
        | _FAMILY
        | _CLOSE
    ),
    Role.PANEL: frozenset(
        {P.RECOMMEND, P.GIVE_INPUT, P.ANSWER_ASSIGNED, P.COMMENT_MARKERS} | _READ
    ),
    Role.AGENCY: frozenset({P.ANSWER_REQUESTS}),
    Role.OBSERVER: frozenset({P.VIEW}),
}

ON_BOARDS = frozenset(
    {P.MANAGE_PEOPLE, P.SEE_JOBS, P.OPEN, P.REFER, P.KEEP_REGISTERS, P.READ_LEARNING}
    | {P.BREAK_GLASS, P.SEE_EMERGENCIES, P.SEE_REFUSALS}
    | {P.DECIDE_RETENTION}
    | _KEEPING
)


def roles_with(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role, allowed in MATRIX.items() if permission in allowed)


def on_reviews() -> list[tuple[str, Any]]:
    """For Review.Meta.permissions: codename and name, in the order of the matrix."""
    matrix = [(p.codename, str(p.label)) for p in Permission if p not in ON_BOARDS]
    return [*matrix, (AS_EMERGENCY.partition(".")[2], _("read it in an emergency"))]
