"""The life of a review as one table. ``operations.advance`` is its only reader that writes.

The markers are no process map (QM, "How they can be used"): rooms are open in every stage that
their permission allows, and only these moves are ordered.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.permissions import Permission, Role
from scr_portal.core.workflow import Move, Table


class Stage(models.TextChoices):
    REFERRED = "referred", _("Referred")
    CONSIDERING = "considering", _("Considering")
    DECIDED = "decided", _("Decided")
    COMMISSIONING = "commissioning", _("Commissioning")
    UNDER_WAY = "under_way", _("Under way")
    DRAFTING = "drafting", _("Drafting")
    SIGN_OFF = "sign_off", _("Sign-off")
    RESPONDING = "responding", _("Responding")
    PUBLICATION = "publication", _("Publication")
    IMPLEMENTING = "implementing", _("Implementing")
    CLOSED = "closed", _("Closed")


S, P = Stage, Permission

LIFECYCLE = Table(
    Stage,
    [
        Move(S.REFERRED, S.CONSIDERING, P.MOVE, _("Begin considering")),
        Move(S.CONSIDERING, S.DECIDED, P.SIGN, _("Decide")),
        Move(S.DECIDED, S.COMMISSIONING, P.MOVE, _("Begin commissioning")),
        Move(
            S.DECIDED,
            S.CLOSED,
            P.SIGN,
            _("Close without a review"),
            _("The record is kept. Nobody works on it until the chair reopens it."),
        ),
        Move(S.DECIDED, S.CONSIDERING, P.SIGN, _("Consider again"), back=True),
        Move(S.COMMISSIONING, S.UNDER_WAY, P.MOVE, _("Begin the review's work")),
        Move(S.UNDER_WAY, S.DRAFTING, P.MOVE_REPORT, _("Begin drafting the report")),
        Move(S.DRAFTING, S.UNDER_WAY, P.MOVE_REPORT, _("Go back to the work"), back=True),
        Move(S.DRAFTING, S.SIGN_OFF, P.MOVE_REPORT, _("Put the report to sign-off")),
        Move(S.SIGN_OFF, S.DRAFTING, P.MOVE_REPORT, _("Return to drafting"), back=True),
        Move(
            S.SIGN_OFF,
            S.RESPONDING,
            P.SIGN,
            _("Sign off the report"),
            _("The report counts as complete from today, and the board begins its response."),
        ),
        Move(
            S.RESPONDING,
            S.PUBLICATION,
            P.SIGN,
            _("Sign the board's response"),
            _("The response stands, and publication is prepared."),
        ),
        Move(
            S.PUBLICATION,
            S.IMPLEMENTING,
            P.SIGN,
            _("Publish"),
            _("Today becomes the day of publication; the time online is counted from it."),
        ),
        Move(
            S.IMPLEMENTING,
            S.CLOSED,
            P.SIGN,
            _("Close the review"),
            _("The record is kept. Nobody works on it until the chair reopens it."),
        ),
        Move(S.CLOSED, S.CONSIDERING, P.SIGN, _("Reopen the decision"), back=True),
        Move(S.CLOSED, S.IMPLEMENTING, P.SIGN, _("Reopen the actions"), back=True),
    ],
)

OPEN_STAGES = [stage for stage in Stage if stage != Stage.CLOSED]

# Who has the ball: whose move is awaited at a stage.
WAITS_FOR: dict[Stage, Role] = {
    S.REFERRED: Role.UNIT,
    S.CONSIDERING: Role.CHAIR,
    S.DECIDED: Role.UNIT,
    S.COMMISSIONING: Role.UNIT,
    S.UNDER_WAY: Role.LEAD,
    S.DRAFTING: Role.LEAD,
    S.SIGN_OFF: Role.CHAIR,
    S.RESPONDING: Role.CHAIR,
    S.PUBLICATION: Role.CHAIR,
    S.IMPLEMENTING: Role.UNIT,
}


def illegal_move_sql() -> str:
    """The body of the trigger by which PostgreSQL refuses what the table does not hold."""
    pairs = ", ".join(f"('{source}', '{target}')" for source, target in LIFECYCLE.pairs())
    return f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.stage <> '{Stage.REFERRED.value}' THEN
                RAISE EXCEPTION 'A review begins as referred, not as %.', NEW.stage
                    USING ERRCODE = 'check_violation';
            END IF;
        ELSIF (OLD.stage, NEW.stage) NOT IN ({pairs}) THEN
            RAISE EXCEPTION 'A review does not move from % to %.', OLD.stage, NEW.stage
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """
