from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from reviews.case.identifiers import identifiers
from reviews.case.models import Appointment, Review
from reviews.case.zones import visible_zone_q
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.returns.models import AgencyReturn
from reviews.permissions import Permission, Role
from reviews.scoping.terms import check, rules, scope
from reviews.scoping.terms.models import Comment, Round, Section, Terms, TermsVersion
from scr_portal.core.contributions import collect
from scr_portal.drafts.models import Draft

Names = Mapping[tuple[str, int], str]


def current(review: Review) -> Terms | None:
    """The edition in work, or else the latest that was signed."""
    rows = Terms.objects.filter(review=review).select_related("review__board", "signature")
    return rows.first()


def sees_work(user: Any, review: Review) -> bool:
    """Texts in work are for those who write or sign; others read what was sent out or signed."""
    return user.has_perm(Permission.WRITE_SCOPE, review) or user.has_perm(Permission.SIGN, review)


def texts(terms: Terms) -> dict[str, str]:
    return dict(terms.sections.values_list("key", "text"))


def content_of(terms: Terms, names: Names | None = None) -> dict[str, Any]:
    """``names`` are those of a signature: who was renamed since changes nothing."""
    names = names or {}
    agencies = terms.agencies.values_list("agency", "agency__name", "asked")
    writers = terms.writers.order_by("pk").values_list("pk", "name")
    return rules.content(
        terms,
        texts(terms),
        [(pk, names.get(("agency", pk), name), asked) for pk, name, asked in agencies],
        [(pk, names.get(("writer", pk), name)) for pk, name in writers],
    )


# --- what the check asks of the record ------------------------------------------------------------


def facts(review: Review, reader: Any) -> check.Facts:
    """Of what the reader may know: the check says nothing else to them."""
    returned = AgencyReturn.objects.filter(review=review, state=AgencyReturn.State.ANSWERED)
    authors = Appointment.objects.active().filter(review=review, role=Role.AGENCY)
    named = [
        *returned.values_list("agency__name", flat=True),
        *authors.filter(agency__isnull=False).values_list("agency__name", flat=True),
    ]
    ages = review.children.values_list("date_of_birth", "age_at_incident")
    return check.Facts(
        incident_on=review.incident_on,
        born=[day for birth, age in ages if (day := _born(birth, age, review.incident_on))],
        agencies=sorted(set(named)),
        processes=collect("parallel_processes", review, reader),
        identifiers=identifiers(review) if reader.has_perm(Permission.SEE_NAMES, review) else [],
    )


def _born(birth: str, age: str, incident_on: date) -> date | None:
    try:
        return date.fromisoformat(birth)
    except ValueError:
        return check.born_by(age, incident_on)


def findings(terms: Terms, reader: Any) -> list[check.Finding]:
    return check.check(content_of(terms), facts(terms.review, reader))


# --- versions and rounds --------------------------------------------------------------------------


def versions_of(review: Review) -> QuerySet[TermsVersion]:
    """Of all editions, the latest first."""
    rows = TermsVersion.objects.filter(review=review).select_related(
        "terms__review__board", "terms__signature", "by", "round"
    )
    return rows.order_by("-terms__number", "-number")


def versions_for(user: Any, review: Review) -> QuerySet[TermsVersion]:
    """What the chair has and what came back from there is in work until the edition is signed."""
    rows = versions_of(review)
    if sees_work(user, review):
        return rows
    return rows.filter(Q(why=TermsVersion.Why.ROUND) | Q(terms__state=Terms.State.SIGNED))


def signed_version(terms: Terms) -> TermsVersion | None:
    """What the chair signed is what was last put to the chair."""
    if terms.state != Terms.State.SIGNED:
        return None
    return terms.kept.filter(why=TermsVersion.Why.CHAIR).last()


def readable_content(user: Any, review: Review) -> tuple[Terms | None, dict[str, Any] | None]:
    """The present edition as this person may read it: as it is, or as it last went out."""
    terms = current(review)
    if terms and (sees_work(user, review) or terms.state == Terms.State.SIGNED):
        return terms, content_of(terms)
    version = versions_for(user, review).first()
    return (version.terms, version.content) if version else (None, None)


def rounds_of(review: Review) -> QuerySet[Round]:
    rows = Round.objects.filter(review=review)
    rows = rows.select_related("terms", "version__terms", "opened_by")
    return rows.order_by("-terms__number", "-number")


def round_of(asked: InputRequest) -> Round | None:
    """The round in which this person was asked."""
    rows = Round.objects.filter(review=asked.review_id, opened_at__lte=asked.asked_at)
    found = rows.select_related("version", "terms__review__board").order_by("-opened_at").first()
    return found if found and (not found.closed_at or found.closed_at >= asked.asked_at) else None


def asked_of(user: Any, review: Review, pk: int) -> InputRequest | None:
    """One's own, and after the round only while there is something of theirs to be told of."""
    about = InputRequest.objects.filter(about=InputRequest.About.TERMS, review=review, user=user)
    asked = about.select_related("review__board").filter(pk=pk).first()
    if asked is None or not asked.ended_at:
        return asked
    found = round_of(asked)
    return asked if found and found.comments.filter(by=user).exists() else None


def waiting_for(user: Any, found: Round) -> InputRequest | None:
    rows = InputRequest.objects.of(user).waiting().filter(review=found.review_id)
    return rows.filter(about=InputRequest.About.TERMS, asked_at__gte=found.opened_at).first()


def asked_in(found: Round) -> QuerySet[InputRequest]:
    rows = InputRequest.objects.filter(
        review=found.review_id,
        about=InputRequest.About.TERMS,
        asked_at__gte=found.opened_at,
    )
    if found.closed_at:
        rows = rows.filter(asked_at__lte=found.closed_at)
    return rows.select_related("user").order_by("user__name", "pk")


# --- comments -------------------------------------------------------------------------------------


def comments_for(user: Any, **of: Any) -> QuerySet[Comment]:
    """Those that this person may read; the caller has asked whether they may read any."""
    answers = Comment.objects.filter(visible_zone_q(user)).select_related("by")
    rows = Comment.objects.filter(visible_zone_q(user), parent__isnull=True, **of)
    return rows.select_related("by", "private_to", "disposed_by", "round__terms").prefetch_related(
        Prefetch("answers", answers)
    )


def open_comments(user: Any, review: Review) -> list[Comment]:
    """Those of which nobody has said yet what became of them."""
    return list(comments_for(user, review=review, disposition=Comment.Disposition.OPEN))


@dataclass
class Discussed:
    """A section as it is commented on: its parts, what was said, and what this person began."""

    topic: scope.Topic
    parts: list[rules.Part]
    comments: list[Comment] = field(default_factory=list)
    draft_key: str = ""
    typed: str = ""


def discussion(
    user: Any, found: Round, comments: Iterable[Comment], *, draft_keys: bool
) -> list[Discussed]:
    parts = rules.parts(found.version.content)
    sheets = {
        topic.key: Discussed(
            topic,
            [part for part in parts if part.topic.section == topic.key],
            draft_key=draft_key(found, topic.key),
        )
        for topic in scope.sections(edition=found.version.content["edition"])
    }
    for comment in comments:
        if comment.section in sheets:
            sheets[comment.section].comments.append(comment)
    if draft_keys:
        keys = {draft_key(found, key): key for key in sheets}
        for draft in Draft.objects.filter(user=user, key__in=keys):
            sheets[keys[draft.key]].typed = str(draft.fields.get("text", ""))
    return list(sheets.values())


def draft_key(found: Round, section: str) -> str:
    return f"terms-comment:{found.pk}.{section}"


# --- who wrote ------------------------------------------------------------------------------------


def sections_with_writers(terms: Terms) -> dict[str, Section]:
    return {row.key: row for row in terms.sections.select_related("changed_by")}


def counts_of(review: Review) -> dict[int, tuple[int, int]]:
    """By round: comments, and those that are dealt with; private ones are nobody's count."""
    shared = Q(comments__parent__isnull=True, comments__private_to__isnull=True)
    dealt = shared & ~Q(comments__disposition=Comment.Disposition.OPEN)
    rows = Round.objects.filter(review=review).annotate(
        said=Count("comments", filter=shared), dealt=Count("comments", filter=dealt)
    )
    return {row.pk: (row.said, row.dealt) for row in rows}
