from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reviews.case.models import Deadline, Review
from reviews.case.statutory import Anchor
from reviews.decisions.advice import queries as advice
from reviews.decisions.advice.models import Recommendation
from reviews.decisions.decision.bodies import Duty, duties
from reviews.decisions.decision.models import Decision, Factor, NationalNotification
from reviews.decisions.referrals import criteria
from reviews.decisions.referrals.models import ClauseTest
from reviews.documents.models import Document
from reviews.permissions import Permission


def may_see_drafts(user: Any, review: Review) -> bool:
    return user.has_perm(Permission.EDIT, review) or user.has_perm(Permission.SIGN, review)


def versions_for(user: Any, review: Review) -> QuerySet[Decision]:
    """Drafts are for those who write or sign; everybody else reads what was signed."""
    rows = Decision.objects.filter(review=review).select_related(
        "review__board", "signature", "written_by", "recommendation"
    )
    rows = rows.prefetch_related("factors").order_by("-number")
    if may_see_drafts(user, review):
        return rows
    return rows.filter(state=Decision.State.SIGNED)


# --- the criteria, as the referral tested them (QM 2.7) ------------------------------------------


@dataclass(frozen=True)
class Tested:
    """``rows`` are clause, answer and note; ``judgement`` is what they come to."""

    rows: list[tuple[str, str, str]]
    judgement: str


def tested(review: Review) -> Tested | None:
    """None where nobody has tested a clause."""
    found = ClauseTest.objects.filter(referral__review=review)
    answers = {row.clause: row for row in found}
    if not answers:
        return None
    known = criteria.criteria_of(review.profile)
    judged = criteria.judge(known, {key: row.answer for key, row in answers.items()})
    rows = [
        (str(clause.label), row.get_answer_display(), row.note)
        for clause in known.clauses
        if (row := answers.get(clause.key))
    ]
    return Tested(rows, str(judged))


# --- a version in words --------------------------------------------------------------------------


def considered(decision: Decision) -> Recommendation | None:
    """What the chair has signed that they took account of; of a draft, whatever was said last."""
    if decision.state == Decision.State.DRAFT:
        return advice.latest_recommendation(decision.review)
    return decision.recommendation


def lines_of(decision: Decision) -> list[tuple[str, str]]:
    """Every field of a version with its label, for one to be laid beside another."""
    met = {True: _("Yes"), False: _("No"), None: ""}[decision.criteria_met]
    weighed = {row.factor: f"{row.get_bearing_display()}\n{row.note}" for row in decision.weighed}
    return [
        (_("Outcome"), str(decision.get_outcome_display())),
        (_("Statutory criteria met"), met),
        (_("Nature and scale"), decision.nature),
        (_("Reasons"), decision.rationale),
        *((str(factor.label), weighed.get(factor.value, "")) for factor in Factor),
        (_("Recommendation considered"), str(considered(decision) or "")),
        (_("Why it departs from the recommendation"), decision.departs_reason),
        (_("Why it took longer than the limit"), decision.delay_reason),
    ]


# --- national bodies -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """A duty as it stands: ``told`` by body, ``left`` whom nobody has told yet."""

    duty: Duty
    deadline: Deadline | None
    told: dict[str, NationalNotification]

    @property
    def left(self) -> list[str]:
        return [body for body in self.duty.bodies if body not in self.told]


def tellings(review: Review) -> list[Telling]:
    """The duties that apply by now, those without a day yet left out."""
    sent = list(NationalNotification.objects.filter(review=review).select_related("by"))
    stored = {row.key: row for row in review.deadlines.all()}
    anchors = review.anchors
    found = []
    for duty in duties(review.profile):
        day = anchors.get(duty.clock.anchor)
        if day is None or not duty.clock.applies(day, review.outcome or None):
            continue
        # What was told before the case was decided anew does not tell of the new decision.
        since = day if duty.clock.anchor == Anchor.DECIDED else review.incident_on
        told = {
            row.body: row
            for row in sent
            if row.clock_key == duty.clock.key and row.sent_on >= since
        }
        found.append(Telling(duty, stored.get(duty.clock.key), told))
    return found


def notifications_of(review: Review) -> QuerySet[NationalNotification]:
    return NationalNotification.objects.filter(review=review).select_related("by")


def sent(user: Any, review: Review) -> list[tuple[NationalNotification, bool]]:
    """Each with whether a copy is kept that this person may read."""
    kept = Document.objects.readable(user, review).in_use()
    kept = kept.filter(about_type=NationalNotification._meta.label_lower)
    copies = set(kept.values_list("about_id", flat=True))
    return [(row, str(row.pk) in copies) for row in notifications_of(review)]
