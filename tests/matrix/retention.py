"""What lies behind the addresses of what a board keeps, and of requests for what is held."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from families.people.operations.people import add_person
from reviews.case.models import Review
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.permissions import Permission as P
from reviews.retention import operations, queries
from reviews.retention.kinds import KINDS, OURS
from reviews.retention.models import Disposal
from reviews.subject_access import operations as access
from reviews.subject_access.models import AccessItem, AccessRequest
from scr_portal.core import clock
from tests.cast import Cast
from tests.reviews.decisions.referrals.conftest import ANSWERS

ON_BOARD = {
    P.KEEP_RETENTION: """reviews:retention reviews:kept reviews:kept_hold reviews:kept_longer
        reviews:kept_propose reviews:holds reviews:hold_new reviews:hold_lift
        reviews:retention_schedule reviews:retention_schedule_new reviews:disposals
        reviews:disposal reviews:disposal_file""",
    P.DECIDE_RETENTION: "reviews:retention_schedule_settle reviews:disposal_settle",
    P.ANSWER_ACCESS: """reviews:access_requests reviews:access_new reviews:access_request
        reviews:access_identity reviews:access_extend reviews:access_search reviews:access_put
        reviews:access_settle reviews:access_send reviews:access_close reviews:access_file""",
}
ON_REVIEW: list[tuple[set[P], str]] = [
    (
        {P.SEE_NAMES},
        """reviews:access_part reviews:access_item reviews:access_gone_through
        reviews:access_part_file""",
    ),
]
# There once the answer is signed off.
ABSENT_NOW = {"reviews:access_part_file"}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    return _kept(cast) | _asked(cast, review)


def _kept(cast: Cast) -> dict[str, dict[str, Any]]:
    """On declined referrals, which also those see who are recused from the review."""
    _schedule(cast)
    operations.settle_schedule(
        schedule=_schedule_of(cast), is_agreed=True, reason="", by=cast.chair
    )
    waiting = _proposed(cast)
    gone = _proposed(cast)
    operations.settle(disposal=gone, is_agreed=True, reason="", by=cast.chair)
    operations.carry_out(pk=gone.pk)
    _schedule(cast)
    kept = _declined(cast)
    found = queries.one(cast.board, cast.unit, f"referral-{kept.pk}")
    assert found is not None
    today = clock.today()
    hold = operations.hold(
        board=cast.board,
        received=kept,
        asked_by="A court",
        asked_on=today,
        look_again_on=today + timedelta(days=30),
        reason="A claim.",
        by=cast.unit,
    )
    of_kept = {"key": found.key}
    return {
        **{f"reviews:kept{act}": of_kept for act in ("", "_hold", "_longer", "_propose")},
        "reviews:hold_lift": {"pk": hold.pk},
        "reviews:retention_schedule_settle": {"number": _schedule_of(cast).number},
        "reviews:disposal": {"number": waiting.number},
        "reviews:disposal_settle": {"number": waiting.number},
        "reviews:disposal_file": {"number": gone.number, "kind": "pdf"},
    }


def _asked(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """A request of somebody in the register, and one of somebody who is nowhere, signed off."""
    person = add_person(
        review=review,
        by=cast.liaison,
        pseudonym="Lodger",
        relationship="friend",
        real_name="Ottoline Invented",
    )
    found = asked(cast, name="Ottoline Invented")
    chosen = f"{review.pk}|families.Person|{person.pk}"
    access.search(request=found, chosen=[chosen], by=cast.unit)
    item = AccessItem.objects.get(part__request=found, target_type="families.Person")
    nobody = asked(cast, name="Nobody Known")
    access.search(request=nobody, chosen=[], by=cast.unit)
    nobody = access.put(request=nobody, by=cast.unit)
    access.settle(request=nobody, is_agreed=True, by=cast.chair)
    of_part, acts = {"pk": item.part_id}, "request identity extend search put settle send close"
    return {
        **{f"reviews:access_{act}": {"number": found.number} for act in acts.split()},
        "reviews:access_file": {"number": nobody.number, "kind": "pdf"},
        "reviews:access_part": of_part,
        "reviews:access_item": of_part | {"item": item.pk},
        "reviews:access_gone_through": of_part,
        "reviews:access_part_file": of_part | {"kind": "pdf"},
    }


def asked(cast: Cast, **said: Any) -> AccessRequest:
    """A request whose person is known."""
    today = clock.today()
    fields: dict[str, Any] = {
        "who": "family",
        "name": "Nobody Known",
        "also_called": "",
        "email": "",
        "asks_for": "All of it.",
    }
    fields |= {"received_on": today, "received_how": "letter", "token": uuid4().hex}
    made = access.ask(board=cast.board, by=cast.unit, **fields | said)
    return access.change(
        request=made,
        version=made.version,
        identity_asked_on=None,
        identity_on=today,
        identity_how="Known to the liaison.",
        by=cast.unit,
    )


def _schedule(cast: Cast) -> None:
    lines = {
        kind.value: {"months": one.months, "act": one.act, "source": str(OURS)}
        for kind, one in KINDS.items()
    }
    operations.propose_schedule(board=cast.board, lines=lines, why="As we agreed.", by=cast.unit)


def _schedule_of(cast: Cast) -> Any:
    return queries.schedules_of(cast.board).get(state="proposed")


def _declined(cast: Cast) -> ReceivedReferral:
    return ReceivedReferral.objects.create(
        board=cast.board,
        by=cast.member,
        answers=json.dumps(ANSWERS),
        token=uuid4().hex,
        state=ReceivedReferral.State.DECLINED,
        settled_by=cast.unit,
        settled_at=clock.now() - timedelta(days=900),
    )


def _proposed(cast: Cast) -> Disposal:
    kept = queries.one(cast.board, cast.unit, f"referral-{_declined(cast).pk}")
    assert kept is not None
    return operations.propose(kept=kept, act="destroy", reason="Nothing stands.", by=cast.unit)
