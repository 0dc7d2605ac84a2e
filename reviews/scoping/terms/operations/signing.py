"""From the writers to the chair, and back or signed."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules, scope
from reviews.scoping.terms.models import Terms, TermsVersion
from reviews.scoping.terms.operations.rounds import keep
from reviews.signatures.operations import sign
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core.reasons import Reason, Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def missing(terms: Terms, user: Any) -> list[Reason]:
    """What stands against putting it to the chair; the check stands against nothing."""
    edit = reverse("reviews:terms_edit", args=[terms.review_id])
    found = []
    if rules.is_blank(queries.content_of(terms)):
        found.append(Reason(_("Nothing is written yet."), edit))
    changed = terms.sections.filter(key=scope.CHANGED).values_list("text", flat=True).first()
    if terms.number > 1 and not (changed or "").strip():
        found.append(Reason(_("Say what has changed since the last edition."), f"{edit}#changed"))
    if terms.state == Terms.State.CONSULTING:
        url = reverse("reviews:terms_round", args=[terms.review_id, terms.rounds.latest("pk").pk])
        found.append(
            Reason(_("A round of comments is open."), url, _("Close it, or wait for its day"))
        )
    return [*found, *_open_comments(terms, user)]


def _open_comments(terms: Terms, user: Any) -> list[Reason]:
    words = _("Nobody has said what became of the comment by %(who)s on “%(section)s”.")
    return [
        Reason(
            words % {"who": row.by, "section": scope.topics()[row.section].title},
            f"{reverse('reviews:terms_round', args=[terms.review_id, row.round_id])}#c{row.pk}",
            _("Go to the comment"),
        )
        for row in queries.open_comments(user, terms.review)
        if row.round.terms_id == terms.pk
    ]


def _locked(terms: Terms) -> tuple[Review, Terms]:
    review = Review.objects.locked(terms.review_id)
    return review, Terms.objects.select_related("review__board").get(pk=terms.pk)


def _record(event: audit.Event, terms: Terms, by: Any) -> None:
    audit.record(kind=event, by=by, target=terms, changes={"edition": terms.number})


def _link(review: Review) -> str:
    return reverse("reviews:terms", args=[review.pk])


@transaction.atomic
def put_to_chair(*, terms: Terms, by: Any) -> None:
    """Keep the text as it stands and ask the chair. Raises Refused with all that is missing."""
    review, terms = _locked(terms)
    require(by, Permission.WRITE_SCOPE, review)
    if terms.state in {Terms.State.READY, Terms.State.SIGNED}:
        raise Refused(_("This edition is no longer a draft."))
    if reasons := missing(terms, by):
        raise Refused(reasons)
    terms.state, terms.return_reasons = Terms.State.READY, ""
    terms.version += 1
    terms.save(update_fields=["state", "return_reasons", "version"])
    keep(terms, TermsVersion.Why.CHAIR, by)
    _record(audit.Event.TERMS_PUT, terms, by)
    notify(
        to=people_with(review, Permission.SIGN),
        kind=Kind.TERMS_TO_SIGN,
        key=f"terms:{terms.pk}:{terms.version}",
        link=_link(review),
        review=review,
    )


def _to_draft(terms: Terms, reasons: str) -> None:
    if terms.state != Terms.State.READY:
        raise Refused(_("This edition is not with the chair."))
    terms.state, terms.return_reasons = Terms.State.DRAFT, reasons
    terms.version += 1
    terms.save(update_fields=["state", "return_reasons", "version"])


@transaction.atomic
def take_back(*, terms: Terms, by: Any) -> None:
    review, terms = _locked(terms)
    require(by, Permission.WRITE_SCOPE, review)
    _to_draft(terms, "")
    _record(audit.Event.TERMS_TAKEN_BACK, terms, by)


@transaction.atomic
def give_back(*, terms: Terms, by: Any, reasons: str) -> None:
    """The chair returns it with reasons, and those who wrote in it and still may are told."""
    review, terms = _locked(terms)
    require(by, Permission.SIGN, review)
    if not reasons.strip():
        raise Refused(_("Say what should be changed."))
    _to_draft(terms, reasons)
    _record(audit.Event.TERMS_RETURNED, terms, by)
    writers = set(terms.writers.values_list("pk", flat=True))
    notify(
        to=[row for row in people_with(review, Permission.WRITE_SCOPE) if row.pk in writers],
        kind=Kind.TERMS_RETURNED,
        key=f"terms-returned:{terms.pk}:{terms.version}",
        link=_link(review),
        review=review,
    )


@transaction.atomic
def sign_terms(*, terms: Terms, version: int, by: Any, method: str) -> Terms:
    """``version`` is that of the page that the chair has read. Raises Refused for a writer."""
    review, terms = _locked(terms)
    require(by, Permission.SIGN, review)
    if terms.state != Terms.State.READY or terms.version != version:
        raise Refused(_("The text has changed since you opened this page. Read it again."))
    if terms.writers.filter(pk=by.pk).exists():
        raise Refused(_("You have written in this text, so somebody else must sign it."))
    terms.signature = sign(
        review=review,
        target=terms,
        title=str(terms),
        statement=rules.statement(terms),
        content=queries.content_of(terms),
        by=by,
        method=method,
        permission=Permission.READ_SCOPE,
    )
    terms.state = Terms.State.SIGNED
    terms.save(update_fields=["signature", "state"])
    _record(audit.Event.TERMS_SIGNED, terms, by)
    notify(
        to=people_with(review, Permission.READ_SCOPE),
        kind=Kind.TERMS_SIGNED,
        key=f"terms-signed:{terms.pk}",
        link=_link(review),
        review=review,
    )
    return terms
