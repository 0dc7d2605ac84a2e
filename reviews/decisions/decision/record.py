"""The decision record: a version of the decision as a paper, with what it rests on (QM 2.7)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reviews.decisions.advice import queries as advice
from reviews.decisions.advice.models import PeerChallenge, Recommendation
from reviews.decisions.decision import queries
from reviews.decisions.decision.models import Decision
from reviews.decisions.referrals.models import Referral
from reviews.decisions.returns import queries as returns
from reviews.signatures.paper import signed
from scr_portal.core.paper import Block, Facts, Note, Paper, Section, Table, Text


def paper_of(decision: Decision, *, by: Any, at: datetime) -> Paper:
    is_signed = decision.signature is not None
    version = _("Version %(number)s") % {"number": decision.number}
    return Paper(
        title=_("Decision record"),
        subtitle=decision.review.pseudonym,
        reference=decision.review.reference,
        board=decision.review.board.name,
        marking=decision.review.get_marking_display(),
        version=_("%(version)s, signed") % {"version": version}
        if is_signed
        else _("%(version)s, DRAFT") % {"version": version},
        made_by=str(by),
        made_at=at,
        sections=[
            _what_was_decided(decision),
            _criteria(decision),
            _factors(decision),
            *_information(decision),
            _recommendation(decision),
            _challenge(decision),
        ],
        signatures=[signed(decision.signature)] if decision.signature else [],
        state="" if is_signed else decision.get_state_display(),
    )


def _what_was_decided(decision: Decision) -> Section:
    met = {True: _("Yes"), False: _("No"), None: _("Not said yet")}[decision.criteria_met]
    blocks: list[Block] = [
        Facts(
            [
                (_("Outcome"), decision.get_outcome_display() or _("Not said yet")),
                (_("Statutory criteria met"), met),
                (_("Signed by"), decision.signature.signer_name if decision.signature else ""),
                (_("Signed on"), decision.signature.at if decision.signature else ""),
                (_("Written by"), decision.written_by),
            ]
        )
    ]
    texts = [
        (_("Reasons"), decision.rationale),
        (_("Nature and scale of the review"), decision.nature),
        (_("Why it departs from the recommendation"), decision.departs_reason),
        (_("Why it took longer than the limit"), decision.delay_reason),
        (_("What is new since the last version"), decision.changed),
    ]
    blocks += [Text(text, heading=heading) for heading, text in texts if text.strip()]
    return Section(_("What was decided, and why"), blocks)


def _criteria(decision: Decision) -> Section:
    title = _("The criteria, as the referral tested them")
    tested = queries.tested(decision.review)
    if tested is None:
        ground = Referral.objects.filter(review=decision.review).first()
        words = ground.get_ground_display() if ground else _("Not on the record")
        return Section(title, [Facts([(_("Ground of the referral"), words)])])
    head = [_("Clause"), _("Answer"), _("What it rests on")]
    return Section(title, [Table(head, tested.rows, (3, 1, 3)), Note(tested.judgement)])


def _factors(decision: Decision) -> Section:
    rows = [(row, row.get_bearing_display(), row.note) for row in decision.weighed]
    blocks: list[Block] = [Table([_("Factor"), _("Bearing"), _("Why")], rows, (2, 2, 4))]
    return Section(_("What was weighed"), blocks if rows else [Note(_("Nothing weighed yet."))])


def _information(decision: Decision) -> list[Section]:
    """Counts, and who gave no answer: what agencies said stays with their returns."""
    stand = returns.summary(decision.review)
    if not stand.asked:
        return []
    rows = [
        (_("Agencies asked"), stand.asked),
        (_("Answered"), stand.answered),
        (_("Nothing known of the family"), stand.nothing_known),
        (_("Not returned"), stand.not_returned),
        (_("Not answered yet"), stand.waiting),
    ]
    title = _("What agencies were asked, when this copy was made")
    blocks: list[Block] = [Facts([(label, str(number)) for label, number in rows])]
    if stand.gave_up:
        head = [_("Agency"), _("Why")]
        blocks.append(Table(head, stand.gave_up, (1, 3), heading=_("Did not return the form")))
    if stand.waiting_for:
        blocks.append(Text(", ".join(stand.waiting_for), heading=_("Not answered yet")))
    return [Section(title, blocks)]


def _recommendation(decision: Decision) -> Section:
    made = queries.considered(decision)
    title = _("What was recommended to the chair")
    if made is None:
        return Section(title, [Note(_("Nothing was recommended."))])
    return Section(title, [*_recommended(made), *_dissent(made)])


def _recommended(made: Recommendation) -> list[Block]:
    return [
        Facts(
            [
                (_("Recommendation"), made.number),
                (_("Recommended"), made.get_outcome_display()),
                (_("Made on"), made.at),
                (_("At the meeting of"), made.meeting.held_on if made.meeting else ""),
            ]
        ),
        Text(made.rationale, heading=_("Reasons given")),
        *([Text(made.nature, heading=_("Nature and scale recommended"))] if made.nature else []),
    ]


def _dissent(made: Recommendation) -> list[Block]:
    rows = [(dissent.who, dissent.text) for dissent in made.dissents.all()]
    if not rows:
        return [Note(_("Nobody dissented."))]
    return [Table([_("Who"), _("What they hold instead")], rows, (1, 3), heading=_("Dissent"))]


def _challenge(decision: Decision) -> Section:
    """As it was on the record when the decision was signed."""
    rows = advice.challenges_of(decision.review)
    if decision.signature:
        rows = rows.filter(at__lte=decision.signature.at)
    blocks = [block for row in rows for block in _one_challenge(row)]
    return Section(
        _("Independent challenge"), blocks or [Note(_("No challenge is on the record."))]
    )


def _one_challenge(row: PeerChallenge) -> list[Block]:
    if not row.sought:
        return [Text(row.not_sought_reason, heading=_("Considered, and not sought"))]
    return [
        Facts([(_("Who"), row.peer), (_("Of"), row.peer_board), (_("When"), row.held_on)]),
        *(
            Text(text, heading=heading)
            for heading, text in [
                (_("What was asked"), row.asked),
                (_("What they said"), row.said),
                (_("What came of it"), row.became),
            ]
            if text
        ),
    ]
