"""One board with something behind every address, and the people who might ask for it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import passes, texts
from quality_markers.catalogue.operations import load_own
from quality_markers.exports import operations as exports
from reviews.case.lifecycle import Stage
from reviews.case.models import Child, Extension, Review
from reviews.case.operations import deadlines, people
from reviews.decisions.advice.models import InputRequest, Meeting, PeerChallenge
from reviews.decisions.advice.operations import challenge, inputs, panel
from reviews.decisions.decision import operations as decisions
from reviews.decisions.decision.models import NationalNotification
from reviews.decisions.referrals import operations as referrals
from reviews.decisions.returns.operations import answering, gathering
from reviews.decisions.returns.operations import asking as agencies
from reviews.decisions.returns.operations.asking import Addressee
from reviews.decisions.returns.operations.form import questions_of
from reviews.decisions.returns.rules import Said
from reviews.permissions import Permission, Role
from scr_portal.accounts import operations as accounts
from scr_portal.accounts.models import BoardRole, User
from scr_portal.core import clock
from scr_portal.notifications.models import Notification
from tests import builders
from tests.cast import Cast, board_person, person
from tests.matrix import rooms
from tests.reviews.decisions.referrals.conftest import ANSWERS

MISSING = 999_999


@dataclass
class World:
    cast: Cast
    review: Review
    people: dict[str, User]
    arguments: dict[str, Any]
    special: dict[str, dict[str, Any]] = field(default_factory=dict)

    def kwargs(self, name: str, wanted: list[str], *, missing: bool = False) -> dict[str, Any]:
        known = self.arguments | self.special.get(name, {})
        found = {key: known[key] for key in wanted}
        if missing:
            found |= {"review": uuid4()} if "review" in found else {"board": "no-such-board"}
        return found


def make(cast: Cast) -> World:
    load_own()
    review = builders.review_at(Stage.UNDER_WAY, cast)
    cast.on(review)
    everybody = dict(cast.people) | _shut_out(cast, review)
    recusal = people.recuse(
        review=review, user=everybody["recused"], reason="Is related", by=cast.unit
    )
    given = people.grant(
        review=review,
        user=everybody["by_name"],
        permission=Permission.VIEW,
        reason="Interim cover",
        by=cast.unit,
        ends=None,
    )
    return World(
        cast=cast,
        review=review,
        people=everybody,
        arguments=_case(cast, review) | {"recusal": recusal.pk, "given": given.pk},
        special=_special(cast, review),
    )


def _shut_out(cast: Cast, review: Review) -> dict[str, User]:
    """Who once might have seen it, and who may see no more than that it exists."""
    gone = person(f"Gone {cast.called}")
    appointment = people.appoint(review=review, user=gone, role=Role.LEAD, by=cast.unit)
    people.end_appointment(appointment=appointment, by=cast.unit)
    closed = board_person(f"Closed {cast.called}", cast.board, "unit")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    former = board_person(f"Former {cast.called}", cast.board, "chair")
    BoardRole.objects.filter(user=former).update(ends=clock.today() - timedelta(days=1))
    return {
        "recused": board_person(f"Recused {cast.called}", cast.board, "chair"),
        "gone": gone,
        "closed": closed,
        "former": former,
        "by_name": person(f"Named {cast.called}"),
    }


def _case(cast: Cast, review: Review) -> dict[str, Any]:
    deadline = review.deadlines.filter(met_on=None).first()
    asked = deadlines.extend(
        deadline=deadline,
        due_on=deadline.due_on + timedelta(days=30),
        kind="inquest",
        reason="",
        by=cast.unit,
    )
    assert asked.state in Extension.State.values
    opened = passes.open_pass(review=review, purpose="clarity", by=cast.lead)
    question = opened.markers.get(number=1).questions.get(number=1)
    for text in ("First", "Second"):
        answer = opened.answers.filter(question=question).first()
        texts.save_answer(
            assessment=opened,
            question=question,
            by=cast.lead if text == "First" else cast.unit,
            version=answer.version if answer else 0,
            changes={"narrative": text},
        )
    return {
        "review": review.pk,
        "document": builders.a_document(review, cast).pk,
        "board": cast.board.slug,
        "child": Child.objects.get(review=review).pk,
        "appointment": review.appointments.get(user=cast.observer).pk,
        "deadline": deadline.pk,
        "extension": asked.pk,
        "to": Stage.DRAFTING.value,
        "step": "child",
        "number": opened.number,
        "marker": 1,
        "question": 1,
        "version": 1,
        "sort": "notification",
        "notification": MISSING,
        "message": Notification.objects.filter(user__in=cast.people.values()).first().pk,
        "token": "not-a-token",
        "letter": MISSING,
        "key": "referral:northmere",
        "uidb36": "1",
    }


def _referrals(cast: Cast) -> dict[str, dict[str, Any]]:
    """What a member sent in, a link to somebody outside, and a learning priority."""
    sent = referrals.send(board=cast.board, answers=ANSWERS, token="one-click", by=cast.member)
    link = referrals.ask_outside(
        board=cast.board, name="Nora Outside", email="n@example.org", days=9, by=cast.unit
    )
    priority = referrals.add_priority(board=cast.board, title="Neglect", by=cast.unit)
    return {
        "reviews:received_referral": {"pk": sent.pk},
        "reviews:sent_referral": {"pk": sent.pk},
        "reviews:sent_referral_copy": {"pk": sent.pk, "kind": "pdf"},
        "reviews:guest_referral_copy": {"kind": "pdf"},
        "reviews:referral_link_more": {"link": link.pk},
        "reviews:referral_link_withdraw": {"link": link.pk},
        "reviews:priority_end": {"pk": priority.pk},
    }


def _returns(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """One that was answered and one that waits, both of the board member's agency."""
    BoardRole.objects.filter(user=cast.member).update(agency=cast.agency)
    to = [Addressee(cast.agency, user=cast.member)]
    asked = {"review": review, "to": to, "due_on": clock.today() + timedelta(days=7)}
    [answered] = agencies.ask_returns(by=cast.unit, **asked)
    answering.answer(
        asked=answered, said=Said("Member Invented", nothing_known=True), by=cast.member
    )
    [waits] = agencies.ask_returns(by=cast.unit, **asked)
    [notice] = agencies.send_notices(by=cast.unit, text="Keep it.", **asked)
    check = gathering.add_neighbour(review=review, by=cast.unit, board_name="Eastmere LSCB")
    question = questions_of(cast.board)[0]
    of_return = ("", "_due", "_send_again", "_withdraw", "_not_returned", "_write_down")
    of_notice = ("", "_due", "_send_again", "_withdraw", "_write_down", "_acknowledge")
    acts = ("edit", "move", "retire", "put_back")
    return {
        "reviews:return_copy": {"pk": answered.pk, "kind": "pdf"},
        "reviews:guest_return_copy": {"kind": "pdf"},
        "reviews:neighbour_edit": {"pk": check.pk},
        **{f"reviews:return_question_{act}": {"pk": question.pk} for act in acts},
        **{f"reviews:return{act}": {"pk": waits.pk} for act in (*of_return, "_answer", "_check")},
        **{f"reviews:preservation{act}": {"pk": notice.pk} for act in of_notice},
    }


def _special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    invited = accounts.invite(
        board=cast.board,
        email=f"invited@{cast.board.slug}.example.org",
        name="Invited Invented",
        by=cast.unit,
        role="member",
    )
    closure = accounts.add_closure(
        board=cast.board, on=clock.today() + timedelta(days=9), name="Move", by=cast.unit
    )
    export = exports.ask(
        assessment=Pass.objects.get(review=review), by=cast.unit, token="one-click"
    )
    of_exports = {"pk": export.pk}
    of_meeting = {"pk": _meeting(cast, review).pk}
    of_rooms = rooms.special(cast, review)
    of_input = {"pk": _asked_for_input(cast, review).pk}
    of_person = {"pk": invited.user_id}
    return (
        of_rooms
        | _referrals(cast)
        | _returns(cast, review)
        | {
            "reviews:signature": {"pk": review.signatures.get().pk},
            "accounts:agency": {"pk": cast.agency.pk},
            "accounts:remove_closure": {"pk": closure.pk},
            "accounts:end_role": {"pk": BoardRole.objects.get(user=cast.member).pk},
            **{
                f"accounts:{name}": of_person
                for name in ("person", "resend", "withdraw", "close_account", "reopen_account")
            },
            "accounts:renew_second_factor": {"pk": cast.member.pk},
            "accounts:end_session": {"handle": "of-nobody"},
            "quality_markers:catalogue_marker": {"number": 1},
            "reviews:decision_record": {"number": 1, "kind": "docx"},
            "reviews:decision_compare": {"old": 1, "new": 1},
            "reviews:input_answer": of_input,
            "reviews:input_give_up": of_input,
            "reviews:meeting": of_meeting,
            "reviews:meeting_edit": of_meeting,
            "reviews:national_one": {"pk": _told(cast, review).pk},
            "reviews:challenge_edit": {"pk": _challenge(cast, review).pk},
            "reviews:terms_asked": of_input,
            "quality_markers:export": of_exports,
            "quality_markers:export_status": of_exports,
            "quality_markers:export_download": of_exports,
        }
    )


def _asked_for_input(cast: Cast, review: Review) -> InputRequest:
    [asked] = inputs.ask(
        review=review,
        about="terms",
        people=[cast.member],
        question="What should the review ask?",
        told="",
        due_on=clock.today() + timedelta(days=7),
        by=cast.unit,
    )
    return asked


def _meeting(cast: Cast, review: Review) -> Meeting:
    return panel.record_meeting(
        review=review,
        by=cast.unit,
        held_on=clock.today(),
        present="Health, Police",
        absent="",
        considered="",
    )


def _challenge(cast: Cast, review: Review) -> PeerChallenge:
    return challenge.record_challenge(
        review=review, by=cast.unit, sought=False, not_sought_reason="The case is plain."
    )


def _told(cast: Cast, review: Review) -> NationalNotification:
    [told] = decisions.tell_bodies(
        review=review,
        by=cast.unit,
        token="one-click",
        bodies=[("", "Ofsted")],
        sent_on=clock.today(),
        route="Secure email",
    )
    return told
