"""What this room tells the rooms below it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.asking import Asked
from reviews.case.evidence import Evidence
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.decisions.briefings import queries
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen


def chased() -> list[QuerySet[Asked]]:
    return [Receipt.objects.select_related("review__board", "user")]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:briefing_room", args=[review.pk])
    label = _("Briefings")
    return [{"part": Part.DECISION, "label": label, "name": "reviews:briefing_room", "url": url}]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    decision, rows = queries.signed_decision(review), list(queries.issued_on(review))
    how, hint = How.LATER, _("After the decision is signed")
    if decision:
        how, hint = How.TO_DO, _("Members have not been told of the decision")
    if decision and any(row.decision_id == decision.pk for row in rows):
        said = {"read": rows[0].read, "told": rows[0].told}
        how, hint = How.DONE, _("Read by %(read)s of %(told)s members") % said
    elif decision and review.briefings.exclude(state=Briefing.State.ISSUED).exists():
        how, hint = How.BEGUN, _("Drafted, and not issued yet")
    url = reverse("reviews:briefing_room", args=[review.pk])
    return [Step(_("Brief the board's members"), url, how, hint)]


def worklist(user: Any) -> list[Need]:
    return [*_to_read(user), *_from_before(user), *_to_issue(user), *_to_draft(user)]


def _to_read(user: Any) -> list[Need]:
    return [
        Need(
            text=_("Read the briefing"),
            url=row.get_absolute_url(),
            due=row.due_on,
            review=row.review,
            since=row.asked_at,
        )
        for row in Receipt.objects.of(user).waiting().select_related("review")
    ]


def _from_before(user: Any) -> list[Need]:
    number = queries.issued_to(user).filter(is_told=False).count()
    if not number:
        return []
    text = ngettext(
        "Read the briefing that was issued before you joined",
        "Read the %(number)s briefings that were issued before you joined",
        number,
    )
    return [Need(text=text % {"number": number}, url=reverse("reviews:briefings"))]


def _to_issue(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.SIGN)
    rows = Briefing.objects.filter(review__in=reviews, state=Briefing.State.READY)
    return [
        Need(
            text=_("Issue the briefing to members"),
            url=reverse("reviews:briefing_room", args=[row.review_id]),
            review=row.review,
            since=row.written_at,
        )
        for row in rows.select_related("review")
    ]


def _to_draft(user: Any) -> list[Need]:
    """From the signature of a decision until a briefing on that version is with the chair."""
    signed = Decision.objects.filter(review=OuterRef("pk"), state=Decision.State.SIGNED)
    newest = signed.order_by("-number")
    told = Briefing.objects.filter(review=OuterRef("pk"), decision=OuterRef("newest"))
    reviews = (
        Review.objects.visible_to(user, Permission.EDIT)
        .annotate(
            newest=Subquery(newest.values("pk")[:1]),
            signed_at=Subquery(newest.values("signature__at")[:1]),
        )
        .filter(newest__isnull=False)
        .exclude(Exists(told.exclude(state=Briefing.State.DRAFT)))
        .annotate(begun=Exists(told))
    )
    return [
        Need(
            text=_("Finish the briefing to members")
            if review.begun
            else _("Draft a briefing to members on the decision"),
            url=reverse("reviews:briefing_room", args=[review.pk]),
            review=review,
            since=review.signed_at,
        )
        for review in reviews
    ]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker != 3 or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:briefing_room", args=[review.pk])
    rows = list(queries.issued_on(review))
    if not rows:
        nothing = _("No record that members have been told of the decision")
        return [Evidence(each, nothing, url, contradicts=True) for each in ("3.1", "3.2")]
    return [each for row in rows for each in _of(row, url, is_latest=row is rows[0])]


def _of(briefing: Any, url: str, *, is_latest: bool) -> list[Evidence]:
    on = localdate(briefing.issued_at)
    said = {"number": briefing.number, "told": briefing.told, "read": briefing.read}
    mechanism = ngettext(
        "Briefing %(number)s was issued on %(day)s to %(told)s member; read by %(read)s",
        "Briefing %(number)s was issued on %(day)s to %(told)s members; read by %(read)s",
        briefing.told,
    ) % (said | {"day": on_screen(on)})
    told = {
        True: _("Briefing %(number)s gives the chair's reasons word for word"),
        False: _("Briefing %(number)s does not give the chair's reasons word for word"),
    }
    reasons = told[briefing.tells_rationale] % said
    nobody = is_latest and not briefing.told
    silent = is_latest and not briefing.tells_rationale
    return [
        Evidence("3.1", mechanism, url, on, contradicts=nobody),
        Evidence("3.2", reasons, url, on, contradicts=silent),
    ]
