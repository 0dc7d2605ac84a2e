"""What this room tells the rooms below it."""

from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.asking import Asked
from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.decisions.returns import queries, tables
from reviews.decisions.returns.beyond import BEYOND, beyond
from reviews.decisions.returns.models import AgencyReturn, Gathering, PreservationNotice
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.guests.models import GuestLink, Purpose

BEFORE_THE_DECISION = [Stage.REFERRED, Stage.CONSIDERING]


def chased() -> list[QuerySet[Asked]]:
    return [
        model.objects.select_related("review__board", "user", "link__board")
        for model in (AgencyReturn, PreservationNotice)
    ]


def guest_pages(link: GuestLink) -> list[str]:
    pages = {Purpose.RETURN: "reviews:guest_return", Purpose.PRESERVATION: "reviews:guest_notice"}
    return [
        reverse(page, args=[link.token])
        for purpose, page in pages.items()
        if link.purpose == purpose
    ]


def guest_wanted_on(link: GuestLink) -> list[date]:
    models = {Purpose.RETURN.value: AgencyReturn, Purpose.PRESERVATION.value: PreservationNotice}
    model: Any = models.get(link.purpose)
    return list(model.objects.filter(link=link).values_list("due_on", flat=True)) if model else []


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:information", args=[review.pk])
    return [
        {
            "part": Part.DECISION,
            "label": _("Information"),
            "name": "reviews:information",
            "url": url,
        }
    ]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_REGISTERS, board):
        return []
    url = reverse("reviews:return_questions", args=[board.slug])
    return [{"label": _("Form for agencies"), "url": url}]


def worklist(user: Any) -> list[Need]:
    return [*_to_answer(user), *_to_preserve(user), *_late(user)]


def _to_answer(user: Any) -> list[Need]:
    words: list[tuple[Any, Any]] = [
        (PreservationNotice, _("Confirm that your agency keeps its records")),
        (AgencyReturn, _("Answer what your agency is asked")),
    ]
    return [
        Need(
            text=text,
            url=row.get_absolute_url(),
            due=row.due_on,
            review=row.review,
            since=row.asked_at,
        )
        for model, text in words
        for row in model.objects.of(user).waiting().select_related("review")
    ]


def _to_preserve(user: Any) -> list[Need]:
    """On day 0, and until somebody has done it."""
    told = PreservationNotice.objects.filter(review=OuterRef("pk"), ended_at__isnull=True)
    reviews = Review.objects.visible_to(user, Permission.EDIT).filter(
        ~Exists(told), stage__in=BEFORE_THE_DECISION
    )
    return [
        Need(
            text=_("Ask agencies to keep their records"),
            url=reverse("reviews:preservation_send", args=[review.pk]),
            due=review.referred_on,
            review=review,
            since=review.created_at,
        )
        for review in reviews
    ]


def _late(user: Any) -> list[Need]:
    """One line for a review and what was asked, however many agencies are late."""
    words: list[tuple[Any, Any]] = [
        (PreservationNotice, _("Look after the notices that are not confirmed")),
        (AgencyReturn, _("Look after the agency returns that are late")),
    ]
    reviews = Review.objects.visible_to(user, Permission.EDIT)
    found = []
    for model, text in words:
        rows = model.objects.waiting().filter(review__in=reviews, due_on__lt=clock.today())
        oldest = dict(rows.order_by().values_list("review").annotate(Min("due_on")))
        found += [
            Need(
                text=text,
                url=reverse("reviews:information", args=[review.pk]),
                due=oldest[review.pk],
                review=review,
            )
            for review in Review.objects.filter(pk__in=oldest)
        ]
    return found


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:information", args=[review.pk])
    return [_step_of_notices(review, url), _step_of_returns(queries.summary(review), url)]


def _step_of_notices(review: Review, url: str) -> Step:
    notices = PreservationNotice.objects.filter(review=review, ended_at__isnull=True)
    last = queries.latest(notices.order_by("pk")).values()
    waiting = sum(row.is_waiting for row in last)
    words = ngettext(
        "%(waiting)s of %(n)s has not confirmed", "%(waiting)s of %(n)s have not confirmed", waiting
    )
    hint = words % {"waiting": waiting, "n": len(last)} if waiting else ""
    how = How.BEGUN if waiting else How.DONE
    return Step(_("Records are kept"), url, how if last else How.TO_DO, hint)


def _step_of_returns(summary: queries.Summary, url: str) -> Step:
    how, hint = (How.BEGUN if summary.waiting else How.DONE), summary.in_words
    return Step(_("What agencies know"), url, how if summary.asked else How.TO_DO, hint)


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in (2, *BEYOND) or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    url = reverse("reviews:information", args=[review.pk])
    if marker in BEYOND:
        return [each for each in beyond(review, url) if each.marker == marker]
    gathering = queries.gathering_of(review)
    return [
        *_of_sufficiency(gathering, url),
        *_of_returns(review, url),
        *_of_neighbours(review, gathering, url),
    ]


def _of_sufficiency(row: Gathering | None, url: str) -> list[Evidence]:
    if row is None or not row.sufficient:
        nothing = _("No record of whether the information is enough")
        return [Evidence("2.1", nothing, url, contradicts=True)]
    day = tables.day_of(row.changed_at)
    found = [Evidence("2.1", _("On record why the information is enough, or is not"), url, day)]
    if row.context:
        found.append(Evidence("2.1", _("The local context is on record"), url, day))
    return found


def _of_returns(review: Review, url: str) -> list[Evidence]:
    found = []
    summary = queries.summary(review)
    if summary.asked:
        said = {
            "asked": summary.asked,
            "of": summary.asked + len(summary.not_asked),
            "known": summary.answered,
            "nothing": summary.nothing_known,
            "not_returned": summary.not_returned,
        }
        text = _(
            "%(asked)s of %(of)s agencies asked what they know: %(known)s answered, %(nothing)s "
            "know nothing, %(not_returned)s did not answer, with the reason"
        )
        found.append(Evidence("2.2", text % said, url))
    else:
        nothing = _("No record that agencies were asked what they know")
        found.append(Evidence("2.2", nothing, url, contradicts=True))
    if summary.waiting:
        found.append(Evidence("2.2", summary.in_words, url, contradicts=summary.late > 0))
    return [*found, _of_notices(review, url)]


def _of_notices(review: Review, url: str) -> Evidence:
    rows = list(PreservationNotice.objects.filter(review=review, ended_at__isnull=True))
    if not rows:
        nothing = _("No record that agencies were asked to keep their records")
        return Evidence("2.2", nothing, url, contradicts=True)
    first = min(row.asked_at for row in rows)
    days = max((tables.day_of(first) - review.referred_on).days, 0)
    text = ngettext(
        "%(sent)s agencies asked to keep their records, the first %(n)s day after the referral; "
        "%(confirmed)s confirmed it",
        "%(sent)s agencies asked to keep their records, the first %(n)s days after the referral; "
        "%(confirmed)s confirmed it",
        days,
    )
    confirmed = sum(row.answered_at is not None for row in rows)
    said = {"sent": len(rows), "n": days, "confirmed": confirmed}
    return Evidence("2.2", text % said, url, tables.day_of(first))


def _of_neighbours(review: Review, row: Gathering | None, url: str) -> list[Evidence]:
    found = []
    for check in queries.neighbours_of(review):
        if check.asked_on:
            words = _("%(board)s was asked on %(day)s, and has answered")
            if not check.answered_on:
                words = _("%(board)s was asked on %(day)s, and has not answered yet")
            text = words % {"board": check.board_name, "day": on_screen(check.asked_on)}
        elif check.not_asked_reason:
            text = _("%(board)s was not asked, with the reason") % {"board": check.board_name}
        else:
            text = _("%(board)s is to be asked") % {"board": check.board_name}
        unasked = check.asked_on is None and not check.not_asked_reason
        found.append(Evidence("2.3", text, url, check.asked_on, contradicts=unasked))
    if row is not None:
        text = _("Whether the family has lived elsewhere: %(answer)s")
        said = {"answer": row.get_lived_elsewhere_display()}
        unknown = row.lived_elsewhere == Gathering.Elsewhere.UNKNOWN
        day = tables.day_of(row.changed_at)
        return [Evidence("2.3", text % said, url, day, contradicts=unknown), *found]
    if found:
        return found
    nothing = _("No record of whether the family has lived elsewhere")
    return [Evidence("2.3", nothing, url, contradicts=True)]
