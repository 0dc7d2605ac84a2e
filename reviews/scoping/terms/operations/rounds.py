"""The text goes out for comments until a day, as often as it takes (QM 6.1, 6.2)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.advice.operations import inputs
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules
from reviews.scoping.terms.models import Round, Terms, TermsVersion
from reviews.scoping.terms.operations.writing import in_work
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def keep(terms: Terms, why: str, by: Any) -> TermsVersion:
    """The text as it stands. The caller holds the review's lock."""
    last = terms.kept.aggregate(last=Max("number"))["last"] or 0
    return TermsVersion.objects.create(
        review=terms.review,
        terms=terms,
        number=last + 1,
        why=why,
        content=queries.content_of(terms),
        by=by,
        at=clock.now(),
    )


@transaction.atomic
def send_out(
    *, review: Review, people: Collection[Any], question: str, closes_on: date, by: Any
) -> Round:
    """Ask these people for comments on the text as it stands until the end of that day.

    Raises Refused where nothing is written, a round is open, or the day has passed.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    terms = in_work(review)
    if terms.state == Terms.State.CONSULTING:
        raise Refused(_("The text is out for comments already."))
    if closes_on < clock.today():
        raise Refused(_("The day by which comments are wanted has passed."))
    if rules.is_blank(queries.content_of(terms)):
        raise Refused(_("Nothing is written yet that anybody could comment on."))
    found = Round.objects.create(
        review=review,
        terms=terms,
        number=terms.rounds.count() + 1,
        version=keep(terms, TermsVersion.Why.ROUND, by),
        closes_on=closes_on,
        opened_by=by,
        opened_at=clock.now(),
    )
    Terms.objects.filter(pk=terms.pk).update(state=Terms.State.CONSULTING)
    audit.record(
        kind=audit.Event.TERMS_SENT_OUT,
        by=by,
        target=found,
        changes={"number": found.number, "until": str(closes_on)},
    )
    # Whoever still owes an answer to an earlier question is asked this one instead.
    inputs.end_all(
        review=review,
        about=InputRequest.About.TERMS,
        by=by,
        reason=_("A new round of comments has begun."),
    )
    inputs.ask(
        review=review,
        about=InputRequest.About.TERMS,
        people=people,
        question=question,
        told="",
        due_on=closes_on,
        by=by,
    )
    return found


@transaction.atomic
def close(*, found: Round, by: Any | None) -> None:
    """End a round early, or on its day (``by`` is None then). Raises Refused where it has ended."""
    review = Review.objects.locked(found.review_id)
    if by is not None:
        require(by, Permission.WRITE_SCOPE, review)
    found = Round.objects.select_related("terms__review", "opened_by").get(pk=found.pk)
    if found.closed_at:
        raise Refused(_("This round has been closed already."))
    found.closed_at, found.closed_by = clock.now(), by
    found.save(update_fields=["closed_at", "closed_by"])
    Terms.objects.filter(pk=found.terms_id).update(state=Terms.State.DRAFT)
    audit.record(
        kind=audit.Event.TERMS_ROUND_CLOSED,
        by=by or found.opened_by,
        target=found,
        changes={"number": found.number},
    )
    inputs.end_all(
        review=review,
        about=InputRequest.About.TERMS,
        by=by or found.opened_by,
        reason=_("The round of comments has closed."),
    )


def close_those_over() -> int:
    """How many rounds were closed because their day has passed."""
    over = Round.objects.filter(closed_at__isnull=True, closes_on__lt=clock.today())
    number = 0
    for found in over.select_related("review"):
        try:
            close(found=found, by=None)
        except Refused:
            continue
        number += 1
    return number
