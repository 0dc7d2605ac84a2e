"""A person is asked how it was to take part, and says so by a link or on paper, once."""

import json
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.feedback import rules
from families.feedback.models import Evaluation
from families.involvement.models import Refusal, Safety
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import GuestLink, Letter, Purpose
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


class How(models.TextChoices):
    LINK = "link", gettext_lazy("A link that you hand over or print")
    EMAIL = "email", gettext_lazy("A link by email")
    PAPER = "paper", gettext_lazy("A form on paper")


@transaction.atomic
def ask(
    *,
    review: Review,
    person: Person,
    how: str,
    by: Any,
    token: str,
    email: str = "",
    is_safe: bool = False,
) -> Evaluation:
    """The same token again gives the same row. Nobody is written to but by ``How.EMAIL``.

    Raises Refused for somebody who said no or has a link that is open, and for an email that is
    not known to be safe.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    key = key_of(review, by, token)
    if asked := Evaluation.objects.filter(token=key).select_related("link", "person").first():
        return asked
    if reasons := _against(review, person, how, email, is_safe):
        raise Refused(reasons)
    link = None if how == How.PAPER else _link(review, email if how == How.EMAIL else "", by)
    asked = Evaluation.objects.create(
        review=review,
        person=person,
        link=link,
        asked_on=clock.today(),
        by=by,
        at=clock.now(),
        token=key,
    )
    if how == How.EMAIL and link:
        guests.write(link=link, letter=Letter.INVITE, key=f"evaluation:{asked.pk}")
    _record(audit.Event.FAMILY_EVALUATION_ASKED, asked, by)
    return asked


def _against(review: Review, person: Person, how: str, email: str, is_safe: bool) -> list[str]:
    if person.review_id != review.pk or not rules.can_be_told(person):
        return [_("%(person)s can't be asked anything.") % {"person": person}]
    no = Refusal.objects.filter(person=person, ended_on__isnull=True)
    if no.filter(not_asked_from__lte=clock.today()).exists():
        return [
            _("%(person)s has said no. Ask again when they have changed their mind.")
            % {"person": person}
        ]
    waiting = Evaluation.objects.filter(person=person, answered_at__isnull=True)
    if any(row.state == "waiting" for row in waiting.select_related("link")):
        return [_("%(person)s has a link that is open. Withdraw it first.") % {"person": person}]
    return _against_email(person, email, is_safe) if how == How.EMAIL else []


def _against_email(person: Person, email: str, is_safe: bool) -> list[str]:
    if not email.strip():
        return [_("Enter the email address.")]
    if Safety.objects.filter(person=person, no_letters=True).exists():
        return [_("Nobody writes to %(person)s. Hand the link over.") % {"person": person}]
    if not is_safe:
        return [_("Confirm that nobody else reads this email address.")]
    return []


def _link(review: Review, email: str, by: Any) -> GuestLink:
    """Without a name: what can be read of a link tells nobody whose it is."""
    return guests.make(
        purpose=Purpose.EVALUATION,
        board=review.board,
        email=email,
        name="",
        by=by,
        review=review,
        lasts=rules.LINK_LASTS,
    )


@transaction.atomic
def withdraw(*, evaluation: Evaluation, by: Any) -> None:
    """Nobody is written to: a message that comes late may be read by somebody else."""
    row = _locked(evaluation, by)
    if row.answered_at:
        raise Refused(_("They have answered already."))
    if row.link is None:
        raise Refused(_("There is no link: the form was given on paper."))
    if row.state == "withdrawn":
        return
    guests.withdraw(link=row.link, by=by)
    _record(audit.Event.FAMILY_EVALUATION_WITHDRAWN, row, by)


@transaction.atomic
def answer_by_link(*, link: GuestLink, answers: list[dict[str, str]]) -> Evaluation:
    """Raises LinkClosed where the link was used or withdrawn meanwhile."""
    found = Evaluation.objects.filter(link=link).first()
    if found is None:
        raise guests.LinkClosed
    Review.objects.locked(found.review_id)
    guests.use(link=link)
    row = _of(found.pk)
    _answered(row, answers)
    _record(audit.Event.FAMILY_EVALUATION_ANSWERED, row, None)
    _tell_the_asker(row)
    return row


@transaction.atomic
def write_down(*, evaluation: Evaluation, answers: list[dict[str, str]], by: Any) -> Evaluation:
    """From paper or a conversation. A link that is still open opens nothing from now on.

    Raises Refused where they have answered already, but not for the same click once more.
    """
    row = _locked(evaluation, by)
    if row.answered_at:
        if row.written_down_by_id == by.pk and row.answers == answers:
            return row
        raise Refused(_("They have answered already."))
    if row.link and row.state == "waiting":
        guests.withdraw(link=row.link, by=by)
    row.written_down_by = by
    _answered(row, answers)
    _record(audit.Event.FAMILY_EVALUATION_WRITTEN_DOWN, row, by)
    return row


def _locked(evaluation: Evaluation, by: Any) -> Evaluation:
    review = Review.objects.locked(evaluation.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    return _of(evaluation.pk)


def _of(pk: int) -> Evaluation:
    return Evaluation.objects.select_related("review", "person", "link", "by").get(pk=pk)


def _answered(row: Evaluation, answers: list[dict[str, str]]) -> None:
    if not answers:
        raise Refused(_("Answer one question at least."))
    row.answered_at, row.content = clock.now(), json.dumps(answers)
    row.save(update_fields=["answered_at", "content", "written_down_by"])


def _tell_the_asker(row: Evaluation) -> None:
    readers = people_with(row.review, Permission.SEE_FAMILY)
    notify(
        to=[person for person in readers if person.pk == row.by_id],
        kind=Kind.FAMILY_ANSWERED,
        key=f"evaluation:{row.pk}",
        link=f"{row.review.get_absolute_url()}family/afterwards",
        review=row.review,
    )


def _record(kind: audit.Event, row: Evaluation, by: Any) -> None:
    audit.record(kind=kind, by=by, target=row, label=str(row.person))
