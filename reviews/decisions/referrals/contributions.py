"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.queries import closures_of
from reviews.case.steps import How, Step
from reviews.decisions.referrals.criteria import Outcome, criteria_of, judge
from reviews.decisions.referrals.models import ClauseTest, LearningPriority, Referral
from reviews.decisions.referrals.operations.referring import late
from reviews.decisions.referrals.queries.received import waiting_for
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.guests.models import GuestLink, Purpose


def worklist(user: Any) -> list[Need]:
    return [*_received(user), *_to_consider(user), *_unexplained(user)]


def _received(user: Any) -> list[Need]:
    return [
        Need(
            text=_("Look at referral %(number)s, sent to %(board)s")
            % {"number": row.number, "board": row.board},
            url=reverse("reviews:received_referral", args=[row.board.slug, row.pk]),
            since=row.received_at,
        )
        for row in waiting_for(user)[:50]
    ]


def _to_consider(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.EDIT).filter(stage=Stage.REFERRED)
    return [
        Need(
            text=_("Begin to consider the referral"),
            url=reverse("reviews:referral", args=[review.pk]),
            review=review,
            since=review.stage_since,
        )
        for review in reviews
    ]


def _unexplained(user: Any) -> list[Need]:
    """Dates are put right later, and then a referral may turn out to have been slow (QM 1.3)."""
    reviews = Review.objects.visible_to(user, Permission.EDIT).filter(
        stage__in=[Stage.REFERRED, Stage.CONSIDERING],
        aware_on__isnull=False,
        referral__delay_reason="",
    )
    rows = list(reviews[:50])
    closures = closures_of(review.board_id for review in rows)
    return [
        Need(
            text=_("Say why the referral took so long"),
            url=reverse("reviews:referral_edit", args=[review.pk]),
            review=review,
            since=review.created_at,
        )
        for review in rows
        if late(review, closures.get(review.board_id, ()))
    ]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [
        {
            "part": Part.DECISION,
            "label": _("Referral"),
            "name": "reviews:referral",
            "url": reverse("reviews:referral", args=[review.pk]),
        }
    ]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    pages = [
        (Permission.OPEN, "received_referrals", _("Referrals sent in")),
        (Permission.KEEP_REGISTERS, "priorities", _("Learning priorities")),
    ]
    return [
        {"label": label, "url": reverse(f"reviews:{name}", args=[board.slug])}
        for permission, name, label in pages
        if user.has_perm(permission, board)
    ]


def guest_pages(link: GuestLink) -> list[str]:
    if link.purpose != Purpose.REFERRAL:
        return []
    return [reverse("reviews:guest_referral", args=[link.token])]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """QM 1.1 to 1.3: rationale and support, the criteria or another reason, what took so long.

    15.4: what the board has set out to learn.
    """
    if marker not in (1, 15) or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:referral", args=[review.pk])
    if marker == 15:
        return [_priorities(review.board, url)]
    rows = Referral.objects.select_related("priority").prefetch_related("clauses")
    referral = rows.filter(review=review).first()
    if referral is None:
        return []
    unexplained = not referral.delay_reason and bool(late(review))
    said = [
        ("1.1", _rationale(referral), not referral.support.strip()),
        ("1.2", *_ground(referral, review)),
        ("1.3", _dates(referral, review, unexplained), unexplained),
    ]
    return [
        Evidence(number, text, url, review.referred_on, contradicts)
        for number, text, contradicts in said
    ]


def _priorities(board: Board, url: str) -> Evidence:
    rows = LearningPriority.objects.filter(board=board)
    going = [row for row in rows if row.ends is None or row.ends >= clock.today()]
    if not going:
        nothing = _("No learning priority of the board is on the record")
        return Evidence("15.4", nothing, url, contradicts=True)
    names = "; ".join(str(row) for row in going)
    return Evidence(
        "15.4", _("Learning priorities of the board: %(names)s") % {"names": names}, url
    )


def _rationale(referral: Referral) -> str:
    if referral.support.strip():
        return _("The referral gives its reasons, and the information that supports them")
    return _("The referral gives its reasons; no information that supports them is recorded")


def _ground(referral: Referral, review: Review) -> tuple[str, bool]:
    """The criteria are claimed, and by the answers to their clauses not met: that is at odds."""
    words, at_odds = [_("Ground: %(ground)s.") % {"ground": referral.get_ground_display()}], False
    if answers := {row.clause: row.answer for row in referral.clauses.all()}:
        outcome = judge(criteria_of(review.profile), answers).outcome
        words.append(_("By the clauses: %(outcome)s.") % {"outcome": outcome.label})
        claimed = referral.ground == Referral.Ground.CRITERIA
        at_odds = claimed and outcome == Outcome.NOT_MET
    if referral.priority:
        words.append(_("Learning priority: %(what)s.") % {"what": referral.priority})
    return " ".join(words), at_odds


def _dates(referral: Referral, review: Review, unexplained: bool) -> str:
    words = _("Incident %(incident)s, referred %(referred)s.") % {
        "incident": on_screen(review.incident_on),
        "referred": on_screen(review.referred_on),
    }
    if referral.delay_reason:
        return words + " " + _("Why it took that long is recorded.")
    return words + " " + (_("It was slow, and no reason is recorded.") if unexplained else "")


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    clauses = criteria_of(review.profile).clauses
    rows = ClauseTest.objects.filter(review=review).values_list("clause", "answer")
    answers = dict(rows)
    open_ones = [
        each
        for each in clauses
        if answers.get(each.key, ClauseTest.Answer.UNKNOWN) == ClauseTest.Answer.UNKNOWN
    ]
    hint = _("Clauses of the criteria without an answer: %(n)s") % {"n": len(open_ones)}
    return [
        Step(
            _("The referral, and the criteria clause by clause"),
            reverse("reviews:referral", args=[review.pk]),
            How.BEGUN if open_ones else How.DONE,
            hint if open_ones else "",
        )
    ]
